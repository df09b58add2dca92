"""Figures of promises: per team, opening to their rows; one's own for oneself alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amends.desk import clock
from amends.desk.models import Agent, Membership, Promise, Role
from amends.desk.operations import customer_page, keeping, promises

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def end(case: Any, owner: Agent, *, late: bool) -> Promise:
    """A promise that was kept an hour ago."""
    now = clock.now()
    due = now - 3 * HOUR if late else now
    made = Promise.objects.create(case=case, owner=owner, what="call", quote="x", made_at=now - 9 * HOUR, due_at=due)
    return promises.keep(made, by=owner, evidence="called", now=now - HOUR)


@pytest.fixture
def colleague(desk: dict[str, Any]) -> Agent:
    """A third person in the team, who keeps nothing in time."""
    ville = Agent.objects.create_user(username="ville", display_name="Ville")
    Membership.objects.create(agent=ville, team=desk["team"], role=Role.AGENT)
    for _ in range(3):
        end(desk["cases"][0], ville, late=True)
    end(desk["cases"][0], desk["people"]["agent"], late=False)
    return ville


def test_a_team_has_figures_with_their_interval(browser_of: Callable[[str], Client], colleague: Agent) -> None:
    page = browser_of("analyst").get(reverse("measures")).content.decode()
    assert page.count("1 of 4") == 3  # above, for the desk and for its one team
    assert "Satisfaction" in page
    assert "5–70%" in page
    assert "Ville" not in page


def test_every_figure_opens_to_its_promises(browser_of: Callable[[str], Client], desk, colleague: Agent) -> None:
    for figure, number in {"kept": 4, "late": 3, "told": 3}.items():
        address = reverse("measures-promises", args=[figure])
        for where in ({}, {"team": desk["team"].pk}):
            assert len(browser_of("analyst").get(address, where).context["rows"]) == number


def test_an_analyst_sees_no_case_behind_a_figure(browser_of: Callable[[str], Client], colleague: Agent) -> None:
    for role, links in {"analyst": False, "lead": True}.items():
        page = browser_of(role).get(reverse("measures-promises", args=["kept"])).content.decode()
        assert ("/cases/" in page) is links


def test_a_team_too_small_has_no_figures_of_its_own(
    browser_of: Callable[[str], Client], desk, colleague: Agent
) -> None:
    Membership.objects.filter(agent__in=[colleague, desk["people"]["lead"]]).delete()
    browser = browser_of("owner")
    assert [line.team for line in browser.get(reverse("measures")).context["lines"]] == [None]
    assert browser.get(reverse("measures-promises", args=["kept"]), {"team": desk["team"].pk}).status_code == 404


def test_what_is_no_figure_opens_nothing(browser_of: Callable[[str], Client]) -> None:
    assert browser_of("owner").get(reverse("measures-promises", args=["worst"])).status_code == 404


def test_an_agent_sees_their_own_and_nobody_elses(agents_browser: Client, colleague: Agent) -> None:
    page = agents_browser.get(reverse("measures-own"))
    assert [fate.state for fate in page.context["rows"]] == ["kept"]
    assert agents_browser.get(reverse("measures")).status_code == 403


def denied(desk: dict[str, Any]) -> Promise:
    """A promise of the agent that we counted as kept, and the customer denies."""
    promise = end(desk["cases"][0], desk["people"]["agent"], late=False)
    customer_page.says_not_kept(promise, now=clock.now())
    return promise


def test_what_the_customer_denies_stands_apart_and_opens_to_its_row(browser_of: Callable[[str], Client], desk) -> None:
    denied(desk)
    page = browser_of("analyst").get(reverse("measures")).content.decode()
    assert "1 more the customer denies" in page
    assert "0 of 1" in page
    rows = browser_of("analyst").get(reverse("measures-promises", args=["disputed"]))
    assert "Denied by the customer" in rows.content.decode()


def test_a_colleague_settles_it_with_what_shows_it(browser_of: Callable[[str], Client], desk) -> None:
    promise = denied(desk)
    assert "It did happen" in browser_of("lead").get(reverse("promises")).content.decode()
    browser_of("lead").post(reverse("promise-uphold", args=[promise.pk]), {"evidence": "the carrier has their name"})
    page = browser_of("analyst").get(reverse("measures")).content.decode()
    assert "1 of 1" in page
    assert "more the customer denies" not in page


def test_nobody_settles_their_own(agents_browser: Client, browser_of: Callable[[str], Client], desk) -> None:
    promise = denied(desk)
    agents_browser.post(reverse("promise-uphold", args=[promise.pk]), {"evidence": "I was there"})
    assert "more the customer denies" in browser_of("analyst").get(reverse("measures")).content.decode()


def test_a_customer_who_says_that_it_is_solved_denies_it_no_more(browser_of: Callable[[str], Client], desk) -> None:
    promise = denied(desk)
    customer_page.says_solved(promise.case, now=clock.now())
    assert "more the customer denies" not in browser_of("analyst").get(reverse("measures")).content.decode()


def test_what_the_customer_denies_stands_on_top_of_the_promises(browser_of: Callable[[str], Client], desk) -> None:
    promise = denied(desk)
    Promise.objects.filter(pk=promise.pk).update(ended_at=clock.now() - timedelta(days=40))
    first = browser_of("lead").get(reverse("promises")).context["groups"][0]
    assert (first.name, [row.promise for row in first.rows]) == ("denied", [promise])


def test_a_denied_promise_is_settled_from_its_case(browser_of: Callable[[str], Client], desk) -> None:
    promise = denied(desk)
    case = reverse("case", args=[promise.case_id])
    page = browser_of("lead").get(case)
    assert "Denied by the customer" in page.content.decode()
    assert "It did happen" in page.content.decode()
    settled = browser_of("lead").post(reverse("promise-uphold", args=[promise.pk]), {"evidence": "seen", "back": case})
    assert settled.headers["Location"] == case
    assert "Denied by the customer" not in browser_of("lead").get(case).content.decode()


def test_what_was_promised_anew_reads_as_not_kept(browser_of: Callable[[str], Client], desk) -> None:
    promise, due = denied(desk), clock.now() + HOUR
    keeping.correct(promise, by=desk["people"]["lead"], due_at=due, why="nobody called", now=clock.now())
    for where in (reverse("promises"), reverse("case", args=[promise.case_id])):
        page = browser_of("lead").get(where).content.decode()
        assert "Not kept after all" in page
        assert "Denied by the customer" not in page
