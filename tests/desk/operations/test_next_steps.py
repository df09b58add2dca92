"""No open case is without a next step, and none rests without a plan to ask after it."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.desk.models import Agent, Brand, Case, Promise, Reply, Todo
from amends.desk.operations import case_life, customer_page
from amends.desk.operations.next_step import see_next_steps, without_next_step
from amends.desk.operations.office import answer_due

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def answered(case: Case, author: Agent, now: datetime) -> Case:
    Reply.objects.create(
        conversation=case.conversations.get(), author=author, recipient="somchai@example.org", text="…", state="sent",
        internet_message_id="<1@x>", queued_at=now, undo_until=now, due_at=now, sent_at=now,
    )  # fmt: skip
    case.status, case.last_reply_at = Case.Status.WAITING, now
    case.save()
    return case


def test_an_open_case_that_nothing_is_promised_on_becomes_a_task_once(case: Case, now: datetime):
    assert (see_next_steps(now), see_next_steps(now), without_next_step().count()) == (1, 0, 0)
    assert Todo.objects.get().kind == "answer"


def test_a_promise_is_a_next_step_too(case: Case, aino: Agent, now: datetime):
    Promise.objects.create(case=case, owner=aino, what="call", quote="today", made_at=now, due_at=now + DAY)
    assert (see_next_steps(now), Todo.objects.count()) == (0, 0)


def test_no_answer_is_asked_for_where_nobody_waits_any_more(case: Case, now: datetime):
    see_next_steps(now)
    Case.objects.update(status="spam")
    assert (see_next_steps(now), Todo.objects.filter(done_at=None).count()) == (1, 0)


@pytest.mark.parametrize("planned", [None, timedelta(days=2)])
def test_a_case_rests_with_a_follow_up(case: Case, aino: Agent, now: datetime, planned: timedelta | None):
    at = now + 4 * DAY
    case_life.resolve(
        answered(case, aino, now), ending=Case.Ending.QUIET, by=aino, now=at, follow_up_at=planned and at + planned
    )
    [todo] = Todo.objects.filter(kind="follow_up", done_at=None)
    assert (todo.owner, todo.due_at) == (aino, at + (planned or timedelta(days=7)))


def test_a_customer_who_says_it_is_solved_is_asked_after_as_well(case: Case, aino: Agent, now: datetime):
    assert customer_page.says_solved(answered(case, aino, now), now=now + DAY)
    assert Todo.objects.filter(kind="follow_up", done_at=None).count() == 1


@pytest.mark.parametrize(
    ("wrote", "due"),
    [
        (datetime(2026, 11, 18, 9, tzinfo=UTC), datetime(2026, 11, 18, 13, tzinfo=UTC)),
        (datetime(2026, 11, 18, 15, tzinfo=UTC), datetime(2026, 11, 19, 11, tzinfo=UTC)),
        (datetime(2026, 11, 20, 22, tzinfo=UTC), datetime(2026, 11, 23, 11, tzinfo=UTC)),
    ],
)
def test_an_answer_is_due_while_somebody_works(case: Case, wrote: datetime, due: datetime):
    assert answer_due(case, since=wrote) == due


def test_the_brands_own_hours_and_days_off_count(case: Case):
    Brand.objects.update(opens="08:00", closes="12:00", days_off=["2026-11-19"], timezone="Asia/Bangkok")
    wrote = datetime(2026, 11, 18, 4, tzinfo=UTC)  # 11:00 in Bangkok
    assert answer_due(Case.objects.get(), since=wrote) == datetime(2026, 11, 20, 3, tzinfo=UTC)


@pytest.mark.parametrize("how", ["they write", "they call it not kept", "we take it up"])
def test_nobody_asks_whether_all_is_well_once_it_is_open_again(case: Case, aino: Agent, now: datetime, how: str):
    promise = Promise.objects.create(
        case=case, owner=aino, quote="today", made_at=now, due_at=now, state="kept", ended_at=now
    )
    customer_page.says_solved(answered(case, aino, now), now=now + DAY)
    again = {
        "they write": lambda: customer_page.add_words(case, text="It broke again.", now=now + 2 * DAY),
        "they call it not kept": lambda: customer_page.says_not_kept(promise, now=now + 2 * DAY),
        "we take it up": lambda: case_life.reopen(case, by=aino, now=now + 2 * DAY),
    }
    again[how]()
    case.refresh_from_db()
    assert case.status == Case.Status.OPEN
    assert case.events.filter(kind="case.reopened").count() == 1
    assert not Todo.objects.filter(kind="follow_up", done_at=None).exists()
    see_next_steps(now + 2 * DAY)
    assert Todo.objects.filter(done_at=None).exists(), "but something else is to be done"
