"""A calendar of promises at a secret address: right in every program, silent about customers, gone when taken back."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from amends.desk import clock
from amends.desk.models import Agent, Case, Feed, Promise, Role, Team
from amends.desk.operations.feeds import open_feed, take_back, token

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def promise(case: Case, aino: Agent, now: datetime) -> Promise:
    """Aino's promise to refund Somchai, due in Bangkok at five."""
    due_at = clock.now() + 8 * HOUR
    return Promise.objects.create(case=case, owner=aino, what="refund", quote="คืนเงิน", made_at=now, due_at=due_at)


def read(feed: Feed) -> Calendar:
    answer = Client().get(reverse("feed", args=[token(feed)]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert b"\r\n" in answer.content
    return Calendar.from_ical(answer.content)


def test_a_due_promise_stands_in_it_to_the_minute_in_utc(promise: Promise, aino: Agent, now: datetime):
    [event] = read(open_feed(aino, team=None, now=now)).walk("VEVENT")
    assert event.decoded("dtend") == promise.due_at.replace(microsecond=0)
    assert event["dtend"].to_ical().endswith(b"Z")
    assert event["uid"].startswith(f"promise-{promise.pk}@")
    assert event["url"].endswith(f"/cases/{promise.case_id}/")


def test_it_names_no_customer_and_quotes_nothing(promise: Promise, aino: Agent, now: datetime):
    whole = read(open_feed(aino, team=None, now=now)).to_ical().decode()
    assert "Somchai" not in whole
    assert "คืนเงิน" not in whole


def test_an_ended_promise_keeps_its_place_and_is_marked(promise: Promise, aino: Agent, now: datetime):
    Promise.objects.update(state="kept", ended_at=clock.now())
    [event] = read(open_feed(aino, team=None, now=now)).walk("VEVENT")
    assert event["summary"].startswith("✓")


def test_colleagues_promises_stand_only_in_a_leads_calendar_of_the_team(
    promise: Promise, person, team: Team, now: datetime
):
    lead, other = person(Role.LEAD, "liisa"), person(Role.AGENT, "budi")
    assert len(read(open_feed(lead, team=team, now=now)).walk("VEVENT")) == 1
    for feed in (open_feed(other, team=None, now=now), open_feed(other, team=team, now=now)):
        assert read(feed).walk("VEVENT") == []


@pytest.mark.parametrize("how", ["taken back", "altered", "left", "nonsense", "another"])
def test_an_address_that_does_not_hold_shows_nothing(promise: Promise, aino: Agent, now: datetime, how: str):
    feed = open_feed(aino, team=None, now=now)
    signed = {"altered": token(feed)[:-1] + "!", "nonsense": "x.y", "another": f"{feed.pk + 1}.{token(feed)}"}
    if how == "taken back":
        take_back(feed, by=aino, now=now)
    if how == "left":
        Agent.objects.update(is_active=False)
    assert Client().get(reverse("feed", args=[signed.get(how, token(feed))])).status_code == 404


def test_one_makes_and_takes_back_ones_own_address_only(aino: Agent, person, client_of, now: datetime):
    client_of(aino).post(reverse("feed-add"), {"team": 0})
    feed = Feed.objects.get()
    assert token(feed) in client_of(aino).get(reverse("preferences")).content.decode()
    assert client_of(person(Role.AGENT, "budi")).post(reverse("feed-take-back", args=[feed.pk])).status_code == 404
    client_of(aino).post(reverse("feed-take-back", args=[feed.pk]))
    assert Feed.objects.get().taken_back_at is not None


def test_nobody_makes_an_address_of_a_team_they_do_not_lead(aino: Agent, team: Team, client_of):
    assert client_of(aino).post(reverse("feed-add"), {"team": team.pk}).status_code == 404
