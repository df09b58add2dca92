"""Every screen at three widths in both themes: nothing sticks out, nothing is blocked, axe finds nothing."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.desk.screens.conftest import ROOT, Served

pytestmark = pytest.mark.browser
SCREENS = {
    "now": "/", "hot": "/?section=hot", "nobody-asleep": "/?section=asleep", "search": "/search/?q=lamp", "case": "/cases/1/",
    "case-in-english": "/cases/4/", "sort": "/cases/4/sort?message=1", "new-words": "/messages/1/words", "promises": "/promises/", "outbox": "/outbox/", "letter": "/outbox/1/",
    "quarantine": "/quarantine/", "given-up": "/work/given-up/", "people": "/people/", "learnt": "/learnt/", "mailbox": "/mailboxes/1/", "brand": "/brands/1/",
    "measures": "/measures/", "playbook": "/playbook/", "preferences": "/preferences/", "sorting": "/sorting/",
    "batch": "/batches/1/", "hand-over": "/promises/hand-over/", "my-promises": "/promises/mine", "my-coach": "/coach/mine",
    "promises-kept": "/measures/promises/kept", "promises-told": "/measures/promises/told",
    "promises-late": "/measures/promises/late",
    "packs": "/playbook/packs/", "pack": "/playbook/packs/add", "pack-tried": "/playbook/packs/1/", "snippets": "/snippets/", "snippet": "/snippets/1/", "offers": "/cases/4/draft/snippets",
}  # fmt: skip
SORTED = """
from datetime import timedelta
from django.db import transaction
from amends.desk import clock
from amends.desk.events import record
from amends.desk.models import Agent, Batch, BatchLine, Case, Promise, Refit, Todo
from amends.reading.read import READER
from amends.desk.jobs.engine import run_due
from amends.desk.jobs.tasks import TASKS
from amends.desk.operations import blocking, pack_trial, packs, refit, snippets, tags, todos, views
now, maya, cases = clock.now(), Agent.objects.get(username="maya"), list(Case.objects.order_by("pk"))
for case in cases[:3]:
    tags.tag_case(case, name="lamps of the last lot", by=maya, now=now)
snippets.take_in_starter(by=maya, now=now)
views.keep_view(name="Lamps", words="tag:\\"lamps of the last lot\\"", audience="everyone", team=None, by=maya, now=now)
blocking.block("@spam.example", why="Lottery", by=maya, now=now)
with transaction.atomic():
    todos.ask_for(cases[3], Todo.Kind.ACKNOWLEDGE, now=now)
grace, both = Agent.objects.get(username="grace"), [case.pk for case in cases[:2]]
batch = Batch.objects.create(act="tag", wanted={"cases": both, "tag": "lamps"}, by=grace, at=now)
BatchLine.objects.create(batch=batch, case=cases[0], before={})
BatchLine.objects.create(batch=batch, case=cases[1], why_not="gone")
made = Promise.objects.filter(state="broken").first()
for days, state in enumerate(("kept", "kept_late", "broken", "made")):
    at = now - timedelta(days=days)
    made.pk, made.state, made.ended_at, made.told_at = None, state, None if state == "made" else at, at
    made.owner, made.due_at = grace, at - timedelta(hours=state == "kept_late")
    made.save()
for case, outcome in zip(cases[:3], ("changed", "set_aside", "sent")):
    one = {"rule": "apology.inconvenience", "severity": "error", "quote": "sorry for the inconvenience", "outcome": outcome, "reason": "Theirs."}
    record("coach.said", at=now - timedelta(days=case.pk * 4), case=case, actor=grace, reply=case.pk, said=[one], reason="Asked for.")
rule = "rules: [{rule: own.x, kind: phrase, level: hint, why: {en: x}, phrases: [call, pahoillani, mixer], examples: {bad: [A call.], good: [Hi.]}}]"
pack = packs.keep_pack("Lamps", language="fi", text=rule, by=grace, now=now)
pack_trial.ask_for_trial(pack, name="Lamps", language="fi", text=rule, by=grace, now=now)
run_due(now, tasks={"try_pack": TASKS["try_pack"]})
before = {"loss": 0.6, "exact": 0.5, "within_one": 0.9, "said_angry": 0.62, "were_angry": 0.31}
after = {"loss": 0.5, "exact": 0.7, "within_one": 0.95, "said_angry": 0.33, "were_angry": 0.31}
for language, outcome in (("fi", "not_enough"), ("id", "no_better"), ("th", "better"), ("en", "better")):
    tried = {} if outcome == "not_enough" else {"before": before, "after": after, "adjustment": {"slope": 1, "shifts": [0, 0, 0, 0]}}
    card = Refit.objects.create(
        language=language, reader=READER, outcome=outcome, corrected=80, standing=40, learnt=80, held=40, upto=1, at=now, **tried
    )
refit.use_refit(card, by=maya, now=now)
"""
FALSE_NAME = """
from amends.desk.models import Message
odd = [{"why": "policy_broken", "about": "example.org"}, {"why": "name_hides_address", "about": "eve@evil.example"}]
said = Message.objects.filter(conversation__case=4, direction="in")
said.update(trust="fail", trust_reasons=odd, sender="niran@example.net", why_here="sealed_message")
"""
TALLEST = """row => {
  const [to, fault] = row.querySelectorAll("select"), tall = [];
  for (const who of to.options) for (const whose of fault.options) {
    to.value = who.value; fault.value = whose.value; tall.push(row.offsetHeight);
  }
  return Math.max(...tall);
}"""
PUBLIC = {"log-in": "/log-in/", "one-time": "/log-in/once/x/", "web-form": "/write/", "over": "/page/1.2.3/"}
ONLY_VIOLATIONS: dict[str, Any] = {"resultTypes": ["violations"]}
THEMES: dict[Literal["light", "dark"], dict[str, Any]] = {
    "light": ONLY_VIOLATIONS,
    "dark": ONLY_VIOLATIONS | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}},
}
"""What axe is asked in each theme: a theme changes colours and nothing else (css/tokens.css), so the rest once."""
SHOTS = os.environ.get("AMENDS_SHOTS")
"""A folder to keep the pictures in, for people who want to look at them."""


@pytest.fixture(scope="module", autouse=True)
def _sorted(served: Served) -> None:
    """Let the desk hold tags, a kept search, a block, a batch, a task, and promises that ended in every way."""
    served.act(SORTED)


def look(page: Page, name: str, *, width: int) -> list[str]:
    """Return what is wrong with the page that is open, in both themes."""
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    wrong = [f"{over} px stick out at {width}"] if over > 0 else []
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        # Colours and names are the same at 1024 px, so axe, which takes a second a page, looks at the other two widths.
        found = _axe(page, THEMES[theme]) if width != 1024 else []
        wrong += [json.dumps({"axe": v["id"], theme: [n["target"] for n in v["nodes"]][:4]}) for v in found]
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(ROOT / SHOTS / f"{name}-{width}-{theme}.png"), full_page=width < 500)
    return wrong


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_the_desk_is_sound(width: int, window: Callable[..., Page]) -> None:
    page = window("grace", width=width)
    complaints = _listen(page)
    wrong = {}
    for name, address in SCREENS.items():
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, address
        wrong[name] = look(page, name, width=width)
    assert {name: found for name, found in wrong.items() if found} == {}
    assert complaints == []


@pytest.mark.parametrize("width", [1440, 390])
def test_a_draft_with_faults_is_sound(width: int, window: Callable[..., Page]) -> None:
    page = window("aino", width=width)
    page.goto("/cases/4/")
    page.locator("#coach .finding").first.wait_for()
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = !one.matches('.menu') })")
    assert look(page, "draft-with-faults", width=width) == []


@pytest.mark.parametrize("width", [1440, 390])
def test_a_letter_under_a_false_name_is_sound(width: int, window: Callable[..., Page], served: Served) -> None:
    served.act(FALSE_NAME)
    page = window("aino", width=width)
    page.goto("/cases/4/")
    page.get_by_text("We could not confirm who sent this.").first.wait_for()
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = !one.matches('.menu') })")
    assert look(page, "false-name", width=width) == []


@pytest.mark.parametrize("width", [1024, 390])
def test_what_customers_see_is_sound(width: int, window: Callable[..., Page], served: Served) -> None:
    page = window(width=width)
    wrong = {}
    for name, address in {**PUBLIC, "page": f"/page/{served.token}/"}.items():
        page.goto(address)
        wrong[name] = look(page, name, width=width)
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("language", ["id", "th", "fi"])
def test_longer_words_break_no_screen(language: str, window: Callable[..., Page]) -> None:
    page = window("grace", width=390)
    wrong = {}
    for name in ("now", "case-in-english", "promises", "people", "measures", "sorting", "hand-over"):
        mark = "&" if "?" in SCREENS[name] else "?"
        page.goto(f"{SCREENS[name]}{mark}lang={language}")
        wrong[name] = look(page, f"{name}-{language}", width=390)
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("language", ["en", "id", "th", "fi"])
@pytest.mark.parametrize("width", [1440, 1024])
def test_no_part_of_the_queue_is_cut_off(language: str, width: int, window: Callable[..., Page]) -> None:
    page = window("grace", width=width)
    page.goto(f"/?lang={language}")
    assert page.locator(".tabs").evaluate("tabs => tabs.scrollWidth - tabs.clientWidth") == 0
    cut = "all => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)"
    assert page.locator(".row .owner").evaluate_all(cut) == []


@pytest.mark.parametrize("language", ["en", "id", "th", "fi"])
def test_the_acts_of_a_case_stand_on_one_line_with_their_longest_choices(
    language: str, window: Callable[..., Page]
) -> None:
    page = window("grace", width=1440)
    page.goto(f"/cases/4/?lang={language}")
    assert page.locator(".case-acts").evaluate(TALLEST) < 60


def _axe(page: Page, options: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
    return found


def _listen(page: Page) -> list[str]:
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said
