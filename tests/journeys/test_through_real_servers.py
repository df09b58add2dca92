"""The whole way through real programs: Dovecot, the desk with its worker, Chromium, and the customer's mail server."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.chromium import QUIET
from tests.journeys.day import DESK, Story, letter_of
from tests.journeys.test_late_parcel import STORIES as LATE_PARCEL
from tests.journeys.test_public_threat import STORIES as PUBLIC_THREAT
from tests.journeys.test_refund_dispute import STORIES as REFUND_DISPUTE
from tests.journeys.test_wrong_item_wants_the_manager import STORIES as WRONG_ITEM
from tests.servers import (
    PASSWORD,
    USER,
    Post,
    Sink,
    desk_environment,
    dovecot_server,
    free_port,
    listens,
    need,
    smtp_sink,
    soon,
)
from tools.system_parts import chromium

pytestmark = [pytest.mark.dovecot, pytest.mark.browser]
WITHIN_MS = 180_000
BRAND = f"from amends.desk.models import Brand; Brand.objects.create(name='Lumi & Co', address='{DESK}')"
STORIES = {
    f"{name} {story.tag}": story
    for name, stories in {
        "late parcel": LATE_PARCEL,
        "wrong item": WRONG_ITEM,
        "refund": REFUND_DISPUTE,
        "public threat": PUBLIC_THREAT,
    }.items()
    for story in stories
}


@dataclass(frozen=True, kw_only=True)
class Customer(Story):
    """A story told on a desk of sixteen: this customer has an address and Message-IDs of their own."""

    number: int

    @property
    def email(self) -> str:
        """Return where this one writes from."""
        return f"customer.{self.number}.{self.tag}@example.org"

    @property
    def first(self) -> int:
        """Return the number of their first letter; the second follows."""
        return 10 * self.number + 1


@dataclass(frozen=True, kw_only=True)
class World:
    """Everything that runs: the desk at `address`, the mail servers of both sides, a browser at the desk."""

    address: str
    post: Post
    sink: Sink
    page: Page

    def at(self, path: str) -> Page:
        """Open a page of the desk."""
        self.page.goto(self.address + path)
        return self.page

    def heat(self) -> list[int]:
        """Return the heat line of the case on the screen."""
        dots = self.page.locator(".heat-line .dot")
        return [int(dot.get_attribute("data-intensity") or -1) for dot in dots.all()]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    need("Chromium")
    expect.set_options(timeout=WITHIN_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def world(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A desk opened by its own command, with its first mailbox set up by hand on the page."""
    home = tmp_path_factory.mktemp("home")
    with dovecot_server() as post, smtp_sink() as sink, _Desk(home) as way_in:
        page = browser.new_context(locale="en-GB").new_page()
        page.set_default_timeout(WITHIN_MS)
        page.goto(way_in)
        page.locator("button.go").click()
        made = World(address=re.match(r"https?://[^/]+", way_in)[0], post=post, sink=sink, page=page)  # type: ignore[index]
        _set_up_mailbox(made)
        yield made


@pytest.mark.parametrize("name", STORIES)
def test_from_the_angry_mail_to_the_promise_kept(world: World, name: str) -> None:
    story = Customer(**asdict(STORIES[name]), number=list(STORIES).index(name))
    world.post.put(letter_of(story, story.first, story.angry).as_bytes())
    _open_case(world, story)
    _is_refused(world, story.careless)
    answer = _promises_and_sends(world, story)
    assert story.good in answer.get_body(("plain",)).get_content().replace("\r\n", "\n")
    world.post.put(
        letter_of(story, story.first + 1, story.calm, answering=answer["Message-ID"], quoting=story.good).as_bytes()
    )
    _answer_arrives(world, story)
    assert world.heat()[0] >= 2 > world.heat()[-1]
    _promise_is_kept(world, story)


def _set_up_mailbox(world: World) -> None:
    page = world.at("/mailboxes/add")
    imap = {"imap_host": "127.0.0.1", "imap_port": str(world.post.port), "imap_user": USER, "imap_password": PASSWORD}
    smtp = {"smtp_host": "127.0.0.1", "smtp_port": str(world.sink.port), "smtp_user": ""}
    for name, value in ({"address": DESK} | imap | smtp).items():
        page.fill(f"[name={name}]", value)
    for name in ("imap_encryption", "smtp_encryption"):
        page.select_option(f"[name={name}]", "none")
    page.select_option("[name=brand]", label="Lumi & Co")
    page.locator("form.form button.go").click()
    # It is tried as soon as it is saved.
    expect(page.locator("#trial .notice.good")).to_have_count(2)


def _open_case(world: World, story: Customer) -> None:
    """See the new mail come up on the first page by itself, and open it."""
    row = world.at("/").get_by_role("link").filter(has_text=story.name).first
    expect(row).to_be_visible()
    row.click()
    expect(world.page.locator("h1")).to_contain_text(story.name)
    expect(world.page.locator(f"[lang={story.tag}]:visible").filter(has_text=story.angry[:20]).first).to_be_visible()


def _is_refused(world: World, words: str) -> None:
    """Write what would anger them again; the coach says why, and Send does not send it."""
    world.page.fill("#text", words)
    expect(world.page.locator("#coach .finding[data-severity=error]").first).to_be_visible()
    before = world.sink.texts
    world.page.locator("[data-send]").click()
    expect(world.page.get_by_role("alert")).to_be_visible()
    assert world.sink.texts == before


def _promises_and_sends(world: World, story: Customer) -> EmailMessage:
    """Write a good reply, confirm its promise, send it, and return what the customer's server got."""
    page, before = world.page, world.sink.texts
    page.fill("#text", story.good)
    page.locator(f"#coach button[name=confirm][value={story.promise!r}]").first.click()
    expect(page.locator("#coach .promise-chip[data-decision=confirmed]")).to_be_visible()
    _set_the_others_aside(page)
    expect(page.locator("#coach .finding[data-severity=error]")).to_have_count(0)
    page.locator("[data-send]").click()
    assert soon(lambda: world.sink.texts == before + 1, at_most_s=60)
    assert world.sink.recipients[-1] == story.email
    got = message_from_bytes(world.sink.taken[-1], policy=policy.default)
    assert got["In-Reply-To"] == f"<{story.tag}.{story.first}@example.org>"
    return got  # type: ignore[return-value]


def _set_the_others_aside(page: Page) -> None:
    """Say of every other time in the reply that it is no promise."""
    confirmed = page.locator("#coach .promise-chip[data-decision=confirmed]").count()
    chips = page.locator("#coach .promise-chip").count()
    for aside in range(1, chips - confirmed + 1):
        undecided = page.locator("#coach .promise-chip:not([data-decision=confirmed]):not([data-decision=dismissed])")
        undecided.locator("button[name=dismiss]").first.click()
        expect(page.locator("#coach .promise-chip[data-decision=dismissed]")).to_have_count(aside)


def _answer_arrives(world: World, story: Customer) -> None:
    """See the customer's calmer words come into the open case, and the heat line go on."""
    expect(world.page.get_by_text(story.calm[:30]).first).to_be_visible()
    expect(world.page.locator(".heat-line .dot")).to_have_count(2)


def _promise_is_kept(world: World, story: Customer) -> None:
    row = world.at("/promises/").locator("li.row").filter(has_text=story.name)
    row.locator("details", has=world.page.locator("input[name=evidence]")).locator("summary").click()
    row.locator("input[name=evidence]").fill(story.evidence)
    row.locator("button", has_text="It was kept").click()
    kept = world.page.locator("li.row").filter(has_text=story.name).locator(".chip.good")
    expect(kept).to_be_visible()


class _Desk:
    """`amends up`, as people start it; entered it gives the one-time way in, left it is stopped by SIGTERM."""

    def __init__(self, home: Path) -> None:
        self.environment = desk_environment(home) | {"AMENDS_SENDING": "smtp", "AMENDS_UNDO_SECONDS": "1"}

    def __enter__(self) -> str:
        for words in (["django", "migrate", "-v0"], ["django", "shell", "-v0", "-c", BRAND]):
            subprocess.run([sys.executable, "-m", *words], env=self.environment, check=True, timeout=60)
        up = [sys.executable, "-m", "amends", "up", "--port", str(free_port())]
        self.program = subprocess.Popen(up, env=self.environment, stdout=subprocess.PIPE, text=True)
        lines = iter(self.program.stdout or ())
        way_in = next(line.strip() for line in lines if line.startswith("http"))
        address = re.match(r"https?://([^:/]+):(\d+)", way_in)
        assert address
        assert soon(lambda: listens(int(address[2])), at_most_s=60)
        return way_in

    def __exit__(self, *_: object) -> None:
        self.program.send_signal(signal.SIGTERM)
        assert self.program.wait(timeout=30) == 0
