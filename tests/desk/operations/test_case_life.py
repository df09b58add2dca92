"""A case lives: it is somebody's, sleeps, rests for good reasons only, and comes back."""

from datetime import datetime, timedelta

import pytest

from amends.desk.models import Agent, Case, Event, Message, Promise, Reply
from amends.desk.operations import case_life
from amends.desk.operations.errors import CannotRest

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def answered(case: Case, aino: Agent, now: datetime) -> Case:
    """A case that we answered and that waits for them."""
    Reply.objects.create(
        conversation=case.conversations.get(), author=aino, recipient="somchai@example.org", text="…", state="sent",
        internet_message_id="<1@x>", queued_at=now, undo_until=now, due_at=now, sent_at=now,
    )  # fmt: skip
    case.status, case.last_reply_at = Case.Status.WAITING, now
    case.save()
    return case


def said(case: Case, at: datetime, key: str = "k") -> Message:
    return Message.objects.create(conversation=case.conversations.get(), direction="in", at=at, dedupe_key=key)


def test_a_case_can_be_given_to_somebody_and_back_to_everybody(case: Case, aino: Agent, now: datetime):
    assert case_life.assign(case, to=aino, by=aino, now=now).owner == aino
    assert case_life.assign(case, to=None, by=aino, now=now).owner is None
    assert [e.facts["to"] for e in Event.objects.filter(kind="case.assigned")] == [aino.pk, None]


def test_a_snoozed_case_wakes_at_its_time_once(case: Case, aino: Agent, now: datetime):
    case_life.snooze(case, until=now + DAY, by=aino, now=now)
    assert case_life.wake_due(now) == 0
    assert case_life.wake_due(now + DAY) == 1
    assert case_life.wake_due(now + DAY) == 0


def test_a_case_nobody_answered_is_never_given_up(case: Case, aino: Agent, now: datetime):
    said(case, now)
    with pytest.raises(CannotRest, match="attempt"):
        case_life.resolve(case, ending=Case.Ending.CUSTOMER_SAID, by=aino, now=now + DAY)


def test_it_may_rest_when_the_customer_said_so_after_our_reply(answered: Case, aino: Agent, now: datetime):
    with pytest.raises(CannotRest, match="not said"):
        case_life.resolve(answered, ending=Case.Ending.CUSTOMER_SAID, by=aino, now=now)
    said(answered, now + DAY)
    rested = case_life.resolve(answered, ending=Case.Ending.CUSTOMER_SAID, by=aino, now=now + DAY)
    assert rested.status == Case.Status.RESOLVED


def test_it_rests_by_itself_after_three_quiet_days_and_not_before(answered: Case, now: datetime):
    assert case_life.rest_quiet(now + 2 * DAY) == 0
    assert case_life.rest_quiet(now + 3 * DAY) == 1
    assert case_life.rest_quiet(now + 3 * DAY) == 0
    answered.refresh_from_db()
    assert answered.ending == Case.Ending.QUIET


def test_an_open_promise_keeps_a_case_awake(answered: Case, now: datetime):
    Promise.objects.create(case=answered, quote="by Friday", due_at=now + 9 * DAY, made_at=now)
    assert case_life.rest_quiet(now + 5 * DAY) == 0


def test_somebody_who_waits_for_us_never_rests(answered: Case, aino: Agent, now: datetime):
    Case.objects.update(waiting_since=now)
    with pytest.raises(CannotRest, match="waiting"):
        case_life.resolve(answered, ending=Case.Ending.QUIET, by=aino, now=now + 5 * DAY)


def test_a_resolved_case_can_be_taken_up_again(answered: Case, aino: Agent, now: datetime):
    case_life.rest_quiet(now + 3 * DAY)
    assert case_life.reopen(answered, by=aino, now=now + 4 * DAY).status == Case.Status.OPEN


def test_a_stage_keeps_the_time_at_which_it_was_first_walked(case: Case, aino: Agent, now: datetime):
    case_life.walk_stage(case, stage="listen", by=aino, now=now)
    case_life.walk_stage(case, stage="listen", by=aino, now=now + DAY)
    assert case.stages == {"listen": now.isoformat()}


@pytest.mark.parametrize("wrong", ["everybody", "", "OURS"])
def test_fault_is_one_of_four_words(case: Case, aino: Agent, now: datetime, wrong: str):
    with pytest.raises(ValueError, match="is not a valid"):
        case_life.set_fault(case, fault=wrong, by=aino, now=now)


def test_furious_words_are_not_the_word_that_it_is_solved(answered: Case, aino: Agent, now: datetime):
    answered.intensity = 4
    answered.save()
    said(answered, now + DAY)
    with pytest.raises(CannotRest, match="not those of somebody"):
        case_life.resolve(answered, ending=Case.Ending.CUSTOMER_SAID, by=aino, now=now + DAY)


def test_a_broken_promise_nobody_spoke_of_keeps_a_case_awake(answered: Case, now: datetime):
    due = now + DAY
    Promise.objects.create(
        case=answered, quote="by Friday", due_at=due, state="broken", made_at=now, ended_at=due + DAY
    )
    assert case_life.rest_quiet(now + 9 * DAY) == 0
