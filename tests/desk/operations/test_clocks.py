"""Clocks of regulators run only for brands that asked, once a complaint, and stop when the rule is met."""

from datetime import datetime, timedelta

import pytest

from amends.desk.models import Agent, Brand, Case, Message, MessageReading, Promise, Reply
from amends.desk.operations import case_life, outbox
from amends.desk.operations.clocks import start_clocks
from amends.desk.web.shown.their_page import their_page

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def complaint(case: Case, now: datetime) -> Case:
    """A case that began with a complaint, read."""
    said = Message.objects.create(conversation=case.conversations.get(), direction="in", at=now, dedupe_key="k")
    MessageReading.objects.create(
        message=said, engine="rules", language="th", anger=0.5, intensity=2, complaint=0.9, reading={}, read_at=now
    )
    return case


def answered(case: Case, author: Agent, now: datetime) -> None:
    reply = Reply.objects.create(
        conversation=case.conversations.get(), author=author, recipient="somchai@example.org", text="…",
        state="sending", internet_message_id="<1@x>", queued_at=now, undo_until=now, due_at=now,
    )  # fmt: skip
    outbox.sent(reply, now=now)
    Case.objects.update(status="waiting", waiting_since=None, last_reply_at=now)


def clocks() -> dict[str, str]:
    return dict(Promise.objects.filter(kind="clock").values_list("clock", "state"))


def test_no_clock_runs_unless_the_brand_asked(complaint: Case, now: datetime):
    assert (start_clocks(now), clocks()) == (0, {})


def test_a_complaint_starts_each_clock_once_from_the_day_it_came(complaint: Case, now: datetime):
    Brand.objects.update(clocks=["us-cfpb", "uk-fca", "no-longer-known"])
    assert (start_clocks(now + DAY), start_clocks(now + 2 * DAY)) == (3, 0)
    assert set(clocks()) == {"us-cfpb/response", "us-cfpb/final", "uk-fca/final"}
    assert {promise.made_at for promise in Promise.objects.all()} == {now}


def test_what_is_no_complaint_starts_none(complaint: Case, now: datetime):
    MessageReading.objects.update(complaint=0.2)
    Brand.objects.update(clocks=["uk-fca"])
    assert start_clocks(now) == 0


def test_an_answer_stops_the_clock_of_an_answer_and_rest_the_other(complaint: Case, aino: Agent, now: datetime):
    Brand.objects.update(clocks=["us-cfpb"])
    start_clocks(now)
    answered(complaint, aino, now + DAY)
    assert clocks() == {"us-cfpb/response": "kept", "us-cfpb/final": "made"}
    complaint.refresh_from_db()
    case_life.resolve(complaint, ending=Case.Ending.QUIET, by=aino, now=now + 5 * DAY)
    assert clocks() == {"us-cfpb/response": "kept", "us-cfpb/final": "kept"}


def test_the_customer_is_not_shown_what_they_were_never_told(complaint: Case, now: datetime):
    Brand.objects.update(clocks=["us-cfpb"])
    start_clocks(now)
    assert their_page(complaint, now=now).promises == []
