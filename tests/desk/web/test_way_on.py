"""Whoever is done with a case goes where they set it: nowhere, to the next of their list, or back to it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from amends.desk import clock
from amends.desk.models import Agent, Case, Draft, Event, Reply, Todo

pytestmark = pytest.mark.django_db


@pytest.fixture
def set_to(desk: dict[str, Any]) -> Callable[[str], None]:
    """Set where Aino goes once she is done."""

    def chosen(afterwards: str) -> None:
        Agent.objects.filter(username="aino").update(afterwards=afterwards)

    return chosen


def order_of(client: Client, section: str) -> list[int]:
    """Open a part of the queue and return its cases in order."""
    return [row.case.pk for row in client.get(f"/?section={section}").context["queue"]]


def test_she_stays_unless_she_set_it_otherwise(agents_browser: Client, english_case: Case) -> None:
    answer = agents_browser.post(f"/cases/{english_case.pk}/snooze", {"for": "1d"})
    assert answer["Location"] == f"/cases/{english_case.pk}/"


def test_the_next_one_of_her_list_opens(agents_browser: Client, set_to: Callable[[str], None]) -> None:
    set_to("next")
    first, second, *_ = order_of(agents_browser, "mine")
    assert agents_browser.post(f"/cases/{first}/snooze", {"for": "1d"})["Location"] == f"/cases/{second}/"


def test_behind_the_last_one_come_those_that_were_passed_over(
    agents_browser: Client, set_to: Callable[[str], None]
) -> None:
    set_to("next")
    first, *_, last = order_of(agents_browser, "mine")
    assert agents_browser.post(f"/cases/{last}/snooze", {"for": "1d"})["Location"] == f"/cases/{first}/"


def test_a_case_that_a_colleague_has_is_passed_over(
    agents_browser: Client, desk: dict[str, Any], set_to: Callable[[str], None]
) -> None:
    set_to("next")
    first, second, third, *_ = order_of(agents_browser, "who")
    Case.objects.filter(pk=second).update(owner=desk["people"]["lead"])
    assert agents_browser.post(f"/cases/{first}/snooze", {"for": "1d"})["Location"] == f"/cases/{third}/"


def test_a_search_is_a_list_too(agents_browser: Client, set_to: Callable[[str], None]) -> None:
    set_to("next")
    found = agents_browser.get("/search/", {"q": "is:open"})
    first, second, *_ = [result["row"].case.pk for result in found.context["results"]]
    assert agents_browser.post(f"/cases/{first}/snooze", {"for": "1d"})["Location"] == f"/cases/{second}/"


def test_back_to_the_list_she_came_from(agents_browser: Client, set_to: Callable[[str], None]) -> None:
    set_to("queue")
    first, *_ = order_of(agents_browser, "hot")
    assert agents_browser.post(f"/cases/{first}/snooze", {"for": "1d"})["Location"] == "/?section=hot"


def test_where_nothing_is_left_the_list_opens(agents_browser: Client, set_to: Callable[[str], None]) -> None:
    set_to("next")
    only, *_ = order_of(agents_browser, "mine")
    Case.objects.exclude(pk=only).update(owner=None)
    assert order_of(agents_browser, "mine") == [only]
    assert agents_browser.post(f"/cases/{only}/snooze", {"for": "1d"})["Location"] == "/?section=mine"


def test_a_reply_that_leaves_can_be_taken_back_from_the_next_case(
    agents_browser: Client, english_case: Case, set_to: Callable[[str], None]
) -> None:
    set_to("next")
    order_of(agents_browser, "who")
    landed = _send(agents_browser, english_case)
    assert landed.context["case"] != english_case
    reply = Reply.objects.get(state="queued")
    assert "Your reply to" in landed.content.decode()
    assert f'action="/replies/{reply.pk}/undo"' in landed.content.decode()
    assert "Your reply to" in agents_browser.get("/promises/").content.decode(), "on every page while it lasts"
    Reply.objects.update(undo_until=clock.now() - timedelta(seconds=1))
    agents_browser.post(f"/replies/{reply.pk}/undo")
    assert "Your reply to" not in agents_browser.get("/").content.decode()


def test_one_reply_may_go_on_for_who_usually_stays(agents_browser: Client, english_case: Case) -> None:
    order_of(agents_browser, "who")
    assert _send(agents_browser, english_case, then="next").context["case"] != english_case
    assert Agent.objects.get(username="aino").afterwards == "stay"


def test_what_was_chosen_beside_send_stays_chosen(agents_browser: Client, english_case: Case) -> None:
    landed = _send(agents_browser, english_case, then_always="queue")
    assert landed.request["PATH_INFO"] == "/"
    assert Agent.objects.get(username="aino").afterwards == "queue"


def test_it_is_set_in_the_preferences_too(agents_browser: Client) -> None:
    told = {"interface_language": "en", "timezone": "UTC", "languages_0": "en", "afterwards": "next"}
    assert agents_browser.post("/preferences/", told).status_code == 302
    assert Agent.objects.get(username="aino").afterwards == "next"


def test_laying_aside_goes_on_and_its_undo_keeps_the_words(
    agents_browser: Client, english_case: Case, set_to: Callable[[str], None]
) -> None:
    set_to("next")
    order_of(agents_browser, "who")
    landed = agents_browser.post(f"/cases/{english_case.pk}/draft/park", {"text": "Half a reply"}, follow=True)
    assert landed.context["case"] != english_case
    assert "laid aside until" in landed.content.decode()
    back = agents_browser.post(f"/cases/{english_case.pk}/draft/park", {"undo": "1"}, follow=True)
    assert back.context["case"] == english_case
    assert (Draft.objects.get(case=english_case).text, back.context["draft"].parked_until) == ("Half a reply", None)


def test_an_undo_is_offered_once(agents_browser: Client, english_case: Case) -> None:
    landed = agents_browser.post(f"/cases/{english_case.pk}/snooze", {"for": "1d"}, follow=True)
    assert 'name="undo"' in landed.content.decode()
    assert 'name="undo"' not in agents_browser.get("/").content.decode()


def test_what_was_resolved_by_a_slip_stands_as_it_stood(agents_browser: Client, desk: dict[str, Any]) -> None:
    thanked = desk["cases"][5]  # she thanks us: her last words, after our answer
    Case.objects.filter(pk=thanked.pk).update(waiting_since=clock.now(), status="open")
    before = Case.objects.filter(pk=thanked.pk).values("status", "waiting_since", "snoozed_until").get()
    landed = agents_browser.post(f"/cases/{thanked.pk}/resolve", {"ending": "customer_said"}, follow=True)
    assert landed.context["case"].status == "resolved"
    agents_browser.post(f"/cases/{thanked.pk}/reopen", {"undo": "1"})
    assert Case.objects.filter(pk=thanked.pk).values("status", "waiting_since", "snoozed_until").get() == before
    assert not Todo.objects.filter(case=thanked, kind="follow_up", done_at=None).exists()
    assert Event.objects.filter(case=thanked, kind="case.reopened").latest("pk").facts["undone"]


def test_who_refused_to_rest_stays_open_before_her(
    agents_browser: Client, english_case: Case, set_to: Callable[[str], None]
) -> None:
    set_to("next")
    answer = agents_browser.post(f"/cases/{english_case.pk}/resolve", {"ending": "quiet"})
    assert answer["Location"] == f"/cases/{english_case.pk}/"


def _send(client: Client, case: Case, **more: str) -> Any:
    told = {
        "text": "Hello Priya, it is our fault. Aino",
        "reason": "She asked for a line.",
        "seen_version": "9",
        **more,
    }
    return client.post(f"/cases/{case.pk}/send", told, follow=True)
