"""Hostile HTML in a real Chromium: the sanitiser alone, the frame alone, and both in a real case page."""

import json
import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import APIResponse, Browser, Page, Request, Route
from playwright.sync_api import Error as PlaywrightError

from amends.mail.html_view import safe_html
from tests.desk.screens.conftest import ROOT, Served
from tests.desk.screens.hostile_html import OWN, SINGLE, of_others

pytestmark = pytest.mark.browser
STRINGS = (ROOT / os.environ.get("AMENDS_DATA", "../shared/data") / "mail" / "strings").resolve()
A_PAGE = 50
IN_FRAMES = OWN if os.environ.get("AMENDS_EVERY_FRAME") else [*SINGLE, *OWN[len(SINGLE) :: 12]]
"""A frame takes a tenth of a second: usually each attack of its own kind, and some of each kind in each place."""
COUNTING = (
    "window.pwned = 0; for (const n of ['alert', 'confirm', 'prompt', 'print']) window[n] = () => { window.pwned += 1 }"
)
PROVOKE = """() => { for (const one of document.querySelectorAll('*')) for (const kind of
  ['click', 'mouseover', 'focus', 'blur', 'toggle', 'load', 'error', 'drag', 'start'])
  if (one.tagName !== 'A' && one.tagName !== 'FORM') one.dispatchEvent(new Event(kind)); }"""
FILL = """
import json, sys
from amends.desk import clock
from amends.desk.models import Case, Conversation, Message
from amends.desk.operations.layouts import keep_layout
letters = json.load(open({path!r}))
talk = Conversation.objects.filter(case=4).first()
for page in range(0, len(letters), {a_page}):
    talk.pk, talk.token = None, f"hostile{{page}}"
    case = Case.objects.get(pk=4); case.pk = None; case.save(); talk.case = case; talk.save()
    print(case.pk)
    for number, html in enumerate(letters[page:page + {a_page}]):
        row = Message.objects.create(conversation=talk, direction="in", text=html[:500], new_text=html[:500], at=clock.now(),
            sender_name=html[:200], dedupe_key=f"hostile{{page}}-{{number}}")
        keep_layout(row, html)
"""


class Watch:
    """What a page did that it must not: dialogs it opened, requests that left for elsewhere."""

    def __init__(self, page: Page, home: str) -> None:
        self.dialogs, self.outside, self.home = 0, list[str](), home
        page.on("dialog", self._dialog)
        page.on("request", self._request)
        page.on("requestfailed", self._failed)

    def _dialog(self, dialog: object) -> None:
        self.dialogs += 1
        dialog.dismiss()  # type: ignore[attr-defined]

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "about:", "blob:")):
            self.outside.append(request.url)

    def _failed(self, request: Request) -> None:
        # Chromium reports what a policy stopped as a request that failed before it began.
        if request.failure in {"csp", "origin"} and request.url in self.outside:
            self.outside.remove(request.url)


@pytest.fixture
def naked(chromium: Browser) -> Iterator[Page]:
    """A page of our own origin without any policy, in which scripts run and count themselves."""
    context = chromium.new_context()
    context.add_init_script(COUNTING)
    page = context.new_page()
    page.set_default_timeout(5_000)
    page.route("**/*", _nothing)
    page.goto("http://naked.test/")
    yield page
    context.close()


def _nothing(route: Route) -> None:
    route.fulfill(status=200, content_type="text/html", body="<p>empty")


def ran(page: Page, html: str) -> bool:
    """Return whether anything ran, or took the page elsewhere, when that HTML became a page."""
    try:
        page.evaluate("html => { window.pwned = 0; document.documentElement.innerHTML = html }", html)
        page.evaluate(PROVOKE)
        return bool(page.evaluate("window.pwned"))
    except PlaywrightError:
        return True


def ran_in_new(page: Page, html: str) -> bool:
    """Return whether it ran in a page of its own: one that it took elsewhere is of no use to the next."""
    new = page.context.new_page()
    new.route("**/*", _nothing)
    new.goto("http://naked.test/")
    found = ran(new, html)
    new.close()
    return found


def cleaned(html: str) -> str:
    return safe_html(html, address_of=lambda picture: "").html


def test_the_attacks_are_sharp(naked: Page) -> None:
    # Otherwise the zeros below would say nothing. By innerHTML no script element runs, so only some of them can.
    assert sum(ran_in_new(naked, html) for html in OWN[::8]) >= 15


def test_nothing_runs_or_is_fetched_where_only_the_sanitiser_stands(naked: Page) -> None:
    watch = Watch(naked, "http://naked.test/")
    assert [html for html in OWN if ran(naked, cleaned(html))] == []
    assert (watch.dialogs, watch.outside) == (0, [])


@pytest.mark.data
@pytest.mark.skipif(not STRINGS.is_dir(), reason="the data of $AMENDS_DATA is not here")
def test_nothing_of_the_lists_of_others_runs_or_is_fetched(naked: Page) -> None:
    watch, letters = Watch(naked, "http://naked.test/"), of_others(STRINGS)
    assert len(letters) > 4_000
    assert [html for html in letters if ran(naked, cleaned(html))] == []
    assert (watch.dialogs, watch.outside) == (0, [])


OPEN = """() => { for (const one of document.querySelectorAll('.laid-out')) { const frame = one.querySelector('iframe');
  frame.addEventListener('load', () => { frame.dataset.came = '1' }); one.open = true; frame.loading = 'eager' } }"""
ALL_CAME = "() => [...document.querySelectorAll('.laid-out iframe')].every((frame) => frame.dataset.came)"


def open_all(page: Page) -> None:
    page.evaluate(OPEN)
    page.wait_for_function(ALL_CAME, timeout=300_000)


@pytest.fixture(scope="module")
def hostile_cases(served: Served, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Cases full of hostile letters, by their numbers."""
    path = tmp_path_factory.mktemp("letters") / "letters.json"
    path.write_text(json.dumps(IN_FRAMES), encoding="utf-8")
    return served.act(FILL.format(path=str(path), a_page=A_PAGE)).split()


def test_nothing_runs_or_is_fetched_in_a_case_page(
    window: Callable[..., Page], served: Served, hostile_cases: list[str]
) -> None:
    page = window("aino")
    watch, frames = Watch(page, served.address), 0
    for number in hostile_cases:
        page.goto(f"/cases/{number}/")
        open_all(page)
        frames += len(page.frames) - 1
        assert page.evaluate("window.pwned") is None
    assert frames == len(IN_FRAMES) >= 200
    assert (watch.dialogs, watch.outside) == (0, [])


def test_the_frame_alone_stops_what_a_sanitiser_would_let_through(
    window: Callable[..., Page], served: Served, hostile_cases: list[str]
) -> None:
    page, letters = window("aino"), iter(IN_FRAMES * 2)
    watch, given, ours = Watch(page, served.address), 0, list[APIResponse]()

    def unsafe(route: Route) -> None:
        nonlocal given
        given += 1
        ours[:] = ours or [route.fetch()]  # its headers are those of every letter
        route.fulfill(response=ours[0], body=f"<!doctype html><body>{next(letters)}")

    page.route("**/letters/**", unsafe)
    for number in hostile_cases:
        page.goto(f"/cases/{number}/")
        open_all(page)
        assert page.evaluate("window.pwned") is None
    assert given >= len(IN_FRAMES)
    assert (watch.dialogs, watch.outside) == (0, [])
