"""My coach: what it said of one's own replies and what became of it, for the writer and their lead alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amends.desk import clock
from amends.desk.events import record
from amends.desk.models import Agent, Case, Membership, Reply, Role, Team
from amends.desk.web.shown.my_coach import said_of

pytestmark = pytest.mark.django_db
SAID = [
    {"rule": "apology.inconvenience", "severity": "error", "quote": "sorry for the inconvenience", "outcome": "sent"},
    {"rule": "name.missing", "severity": "hint", "quote": "", "outcome": "changed"},
    {"rule": "own.gone", "severity": "warning", "quote": "your <b>ticket", "outcome": "set_aside", "reason": "Theirs."},
]


def tell(case: Case, writer: Agent, *, days_ago: int = 0, reply: int = 900) -> None:
    at = clock.now() - timedelta(days=days_ago)
    record(
        "coach.said", at=at, case=case, actor=writer, reply=reply, said=SAID, reason="She asked for it.", score=41_977
    )


@pytest.fixture
def aino(desk: dict[str, Any]) -> Agent:
    """An agent of whose reply to Priya the coach said three things today, and three six weeks ago."""
    writer: Agent = desk["people"]["agent"]
    tell(desk["cases"][3], writer, days_ago=42, reply=901)
    tell(desk["cases"][3], writer)
    return writer


def test_who_wrote_sees_what_it_said_and_what_they_did(aino: Agent, agents_browser: Client) -> None:
    page = agents_browser.get(reverse("my-coach")).content.decode()
    for words in ("sorry for the inconvenience", "Changed", "Set aside", "Theirs.", "She asked for it.", "Priya"):
        assert words in page
    assert "your &lt;b&gt;ticket" in page


def test_it_opens_by_week_and_by_rule_and_each_line_to_its_case(aino: Agent, agents_browser: Client) -> None:
    page = agents_browser.get(reverse("my-coach"))
    assert [len(page.context[name]) for name in ("weeks", "rules", "rows")] == [2, 3, 2]
    a_rule = agents_browser.get(reverse("my-coach"), {"rule": "name.missing"})
    a_week = agents_browser.get(reverse("my-coach"), {"week": page.context["weeks"][1].key})
    assert [[one.said.rule for one in row.told] for row in a_rule.context["rows"]] == [["name.missing"]] * 2
    assert [{one.said.reply for one in row.told} for row in a_week.context["rows"]] == [{901}]
    assert reverse("case", args=[a_rule.context["rows"][0].case.pk]) in a_rule.content.decode()


def test_a_rule_is_called_by_its_title_its_id_small_beside_it(aino: Agent, agents_browser: Client) -> None:
    page = agents_browser.get(reverse("my-coach"), {"rule": "name.missing"}).content.decode()
    assert '>Their name is not used</a> <code class="small muted">name.missing</code></td>' in page
    assert '<h2 id="said">Their name is not used <code class="small muted">name.missing</code>' in page
    assert '#said">own.gone</a></td>' in page


def test_all_that_was_said_of_one_reply_is_one_row(aino: Agent, agents_browser: Client) -> None:
    page = agents_browser.get(reverse("my-coach"))
    assert [[one.said.rule for one in row.told] for row in page.context["rows"]] == [[one["rule"] for one in SAID]] * 2
    assert page.content.decode().count('class="row coached"') == 2


def test_it_gives_no_score_and_puts_nobody_beside_them(aino: Agent, agents_browser: Client, desk: Any) -> None:
    tell(desk["cases"][0], desk["people"]["lead"], reply=902)
    page = agents_browser.get(reverse("my-coach")).content.decode()
    assert "41977" not in page.partition("<main")[2]
    assert "Maya" not in page


def test_their_lead_opens_it_from_their_own_page(aino: Agent, browser_of: Callable[[str], Client]) -> None:
    address = reverse("coach-of", args=[aino.pk])
    assert address in browser_of("lead").get(reverse("my-coach")).content.decode()
    assert "She asked for it." in browser_of("lead").get(address).content.decode()


def test_a_lead_who_keeps_the_people_finds_it_there(
    aino: Agent, browser_of: Callable[[str], Client], desk: Any
) -> None:
    address = reverse("coach-of", args=[aino.pk])
    assert address not in browser_of("admin").get(reverse("people")).content.decode()
    Membership.objects.create(agent=desk["people"]["admin"], team=desk["team"], role=Role.LEAD)
    assert address in browser_of("admin").get(reverse("people")).content.decode()


def test_nobody_else_may_open_it(aino: Agent, browser_of: Callable[[str], Client], client_of: Any) -> None:
    address = reverse("coach-of", args=[aino.pk])
    elsewhere = Agent.objects.create_user(username="grit", display_name="Grit")
    Membership.objects.create(agent=elsewhere, team=Team.objects.create(name="Elsewhere"), role=Role.LEAD)
    assert client_of(elsewhere).get(address).status_code == 404
    assert [browser_of(role).get(address).status_code for role in ("agent", "admin", "analyst")] == [403] * 3
    assert said_of(aino, reader=elsewhere, now=clock.now()) == []


def test_a_reply_that_was_taken_back_is_left_out(aino: Agent, desk: Any, now: Any) -> None:
    taken_back = Reply.objects.filter(author=aino).first()
    assert taken_back is not None
    Reply.objects.filter(pk=taken_back.pk).update(state=Reply.State.CANCELLED)
    tell(desk["cases"][0], aino, reply=taken_back.pk)
    assert {one.reply for one in said_of(aino, reader=aino, now=clock.now())} == {900, 901}


@pytest.mark.parametrize("asked", ["?week=never", "?rule=no.such", "?week=2026-99-99&rule=%00"])
def test_an_address_that_says_nonsense_still_opens(asked: str, aino: Agent, agents_browser: Client) -> None:
    assert agents_browser.get(reverse("my-coach") + asked).status_code == 200


def test_the_empty_page_says_what_will_stand_there(agents_browser: Client, language: str) -> None:
    page = agents_browser.get(reverse("my-coach"), {"lang": language})
    assert page.status_code == 200
    assert 'class="empty"' in page.content.decode()


def test_preferences_lead_to_it(agents_browser: Client, browser_of: Callable[[str], Client]) -> None:
    assert reverse("my-coach") in agents_browser.get(reverse("preferences")).content.decode()
    assert reverse("my-coach") not in browser_of("analyst").get(reverse("preferences")).content.decode()
