"""Merge, split and move: words, promises, drafts and clocks lie right afterwards, and come back as they were."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from amends.desk.models import (
    Agent,
    Case,
    CaseMove,
    Conversation,
    Draft,
    Job,
    Message,
    MessageReading,
    Note,
    Promise,
    Tag,
    Todo,
)
from amends.desk.operations import customer_page, moving
from amends.desk.operations.drafting import save_draft
from amends.desk.operations.errors import CannotMove, CannotTakeBack
from amends.desk.operations.receive import receive
from amends.desk.operations.send import send
from amends.desk.operations.triage import file_message
from amends.vocabulary import StaleReply
from tests.desk.decided import none_promised

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
Say = Callable[..., Message]


@pytest.fixture
def say(case: Case, now: datetime) -> Say:
    """Let Somchai say something on a case, with a reading of its heat."""

    def said(
        on: Case = case, *, hours: int = 0, heat: int = 1, words: str = "Where is it?", ours: bool = False
    ) -> Message:
        conversation = on.conversations.first() or Conversation.objects.create(
            case=on, token=f"t{on.pk}", participants=["somchai@example.org"], started_at=now
        )
        message = Message.objects.create(
            conversation=conversation, direction="out" if ours else "in", new_text=words, text=words, subject=words,
            sender="" if ours else "somchai@example.org", at=now + hours * HOUR, dedupe_key=f"{on.pk}.{hours}.{words}",
            internet_message_id=f"<{on.pk}.{hours}@x>",
        )  # fmt: skip
        if not ours:
            read(message, heat, now)
        moving.settle(on)
        return message

    return said


def read(message: Message, heat: int, now: datetime) -> None:
    MessageReading.objects.create(
        message=message, engine="t", language="en", anger=heat / 4, intensity=heat, complaint=1, reading={}, read_at=now
    )


@pytest.fixture
def other(case: Case, say: Say, now: datetime) -> Case:
    """A second, hotter case of Somchai, in which he waits since an hour later."""
    made = Case.objects.create(customer=case.customer, brand=case.brand, subject="Lamp", cause="late", opened_at=now)
    say(case, words="First")
    say(made, hours=1, heat=4, words="Second")
    return made


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def everything() -> list[object]:
    """Return where everything lies, to be compared before and after."""
    names = ("status", "waiting_since", "intensity", "anger", "cause", "order_id", "owner_id", "merged_into_id",
             "last_customer_at", "last_reply_at", "fault", "language", "snoozed_until", "resolved_at")  # fmt: skip
    lies = [
        list(Case.objects.order_by("pk").values_list("pk", *names)),
        list(Message.objects.order_by("pk").values_list("pk", "conversation")),
        list(Conversation.objects.order_by("pk").values_list("pk", "case")),
    ]
    rows = [list(m.objects.order_by("pk").values_list("pk", "case")) for m in (Promise, Note, Todo)]
    return [*lies, *rows, sorted(Draft.objects.values_list("case", "author", "text", "conversation"))]


@pytest.fixture
def full(other: Case, case: Case, aino: Agent, now: datetime) -> Case:
    """The second case with a promise, a note, a draft, a task and a tag."""
    message = Message.objects.get(new_text="Second")
    Promise.objects.create(case=other, message=message, quote="today", due_at=now + HOUR, made_at=now)
    Note.objects.create(case=other, author=aino, text="Look", at=now)
    Todo.objects.create(case=other, kind="follow_up", made_at=now, due_at=now)
    other.taggings.create(tag=Tag.objects.create(name="lamp", made_at=now), at=now)
    save_draft(other, author=aino, text="Dear", seen_version=0, now=now)
    return fresh(other)


def test_a_merge_brings_everything_into_one_case(case: Case, full: Case, aino: Agent, now: datetime):
    moving.merge(full, into=case, by=aino, now=now)
    into = fresh(case)
    assert [m.new_text for m in Message.objects.filter(conversation__case=into)] == ["First", "Second"]
    assert [into.promises.count(), into.notes.count(), into.todos.count(), into.drafts.count()] == [1, 1, 1, 1]
    assert (into.taggings.get().tag.name, into.intensity, into.waiting_since, into.cause) == ("lamp", 4, now, "late")


def test_the_empty_case_leads_to_the_other(case: Case, full: Case, aino: Agent, now: datetime):
    moving.merge(full, into=case, by=aino, now=now)
    empty = fresh(full)
    assert (empty.status, empty.merged_into, empty.waiting_since) == ("merged", case, None)


def test_a_merge_taken_back_leaves_everything_as_it_was(case: Case, full: Case, aino: Agent, now: datetime):
    before = everything()
    moving.take_back(moving.merge(full, into=case, by=aino, now=now), by=aino, now=now + HOUR)
    assert everything() == before
    assert not fresh(case).taggings.exists()


def test_an_answer_finds_the_merged_case_and_the_undo_takes_it_home(case: Case, full: Case, aino: Agent, now: datetime):
    done = moving.merge(full, into=case, by=aino, now=now)
    raw = b"From: somchai@example.org\r\nMessage-ID: <n@x>\r\nIn-Reply-To: <%d.1@x>\r\n\r\nWell?\r\n" % full.pk
    came = file_message(receive(raw, channel="smtp", now=now).raw_id, now=now + 2 * HOUR)
    assert came is not None
    assert came.conversation.case == case
    moving.take_back(done, by=aino, now=now + 3 * HOUR)
    assert Message.objects.get(pk=came.pk).conversation.case == full


def test_words_from_the_old_page_go_where_its_words_went(case: Case, full: Case, aino: Agent, now: datetime):
    link = customer_page.token(full, now=now)
    moving.merge(full, into=case, by=aino, now=now)
    opened = customer_page.case_of(link, now=now)
    assert opened == case
    message = customer_page.add_words(fresh(full), text="From the page", now=now)
    assert message is not None
    assert message.conversation.case == case


def test_a_strangers_page_never_opens_the_case_of_another_customer(case: Case, full: Case, aino: Agent, now: datetime):
    full.customer = type(full.customer).objects.create(name="Eve", since=now)
    full.save()
    link = customer_page.token(full, now=now)
    moving.merge(full, into=case, by=aino, now=now)
    opened = customer_page.case_of(link, now=now)
    assert opened == full
    assert customer_page.add_words(opened, text="Mine", now=now).conversation.case == case  # type: ignore[union-attr]


def test_whoever_writes_on_both_keeps_both_texts(case: Case, full: Case, aino: Agent, now: datetime):
    save_draft(case, author=aino, text="Hello", seen_version=0, now=now)
    done = moving.merge(full, into=case, by=aino, now=now)
    assert Draft.objects.get().text == "Hello\n\nDear"
    moving.take_back(done, by=aino, now=now)
    assert sorted(Draft.objects.values_list("text", flat=True)) == ["Dear", "Hello\n\nDear"]


def test_a_writer_must_look_at_what_was_merged_before_sending(case: Case, full: Case, aino: Agent, now: datetime):
    draft = save_draft(case, author=aino, text="Hello Somchai.", seen_version=case.version, now=now)
    moving.merge(full, into=case, by=aino, now=now)
    with pytest.raises(StaleReply):
        send(none_promised(Draft.objects.get(pk=draft.pk), now=now), reason="so", now=now)


def test_the_same_task_on_both_stays_one(case: Case, full: Case, aino: Agent, now: datetime):
    Todo.objects.create(case=case, kind="follow_up", made_at=now, due_at=now)
    done = moving.merge(full, into=case, by=aino, now=now)
    assert Todo.objects.filter(done_at=None).count() == 1
    moving.take_back(done, by=aino, now=now)
    assert Todo.objects.filter(done_at=None).count() == 2


def test_a_split_gives_another_trouble_its_own_case(case: Case, say: Say, aino: Agent, now: datetime):
    say(words="Parcel")
    lamp = say(hours=1, heat=4, words="Re: The lamp")
    Promise.objects.create(case=case, message=lamp, quote="x", due_at=now, made_at=now)
    done = moving.split([lamp], by=aino, now=now)
    new = done.target
    assert (new.subject, new.intensity, new.waiting_since, new.linked_to) == ("The lamp", 4, lamp.at, case)
    assert (fresh(case).intensity, fresh(case).waiting_since, new.promises.count()) == (1, now, 1)
    assert Job.objects.filter(task="read_message", arguments__message_id=lamp.pk).exists()


def test_a_split_taken_back_leaves_everything_as_it_was(case: Case, say: Say, aino: Agent, now: datetime):
    say(words="Parcel")
    say(hours=1, words="Ours", ours=True)
    lamp = say(hours=2, heat=4, words="Lamp")
    before = everything()
    done = moving.split([lamp], by=aino, now=now)
    moving.take_back(done, by=aino, now=now)
    rest = [rows if n else rows[:1] for n, rows in enumerate(everything())]
    assert rest == before
    assert fresh(done.target).merged_into == case


def test_an_answer_to_a_message_that_was_split_off_follows_it(case: Case, say: Say, aino: Agent, now: datetime):
    say(words="Parcel")
    lamp = say(hours=1, words="Lamp")
    new = moving.split([lamp], by=aino, now=now).target
    raw = b"From: somchai@example.org\r\nMessage-ID: <n@x>\r\nIn-Reply-To: <%d.1@x>\r\n\r\nWell?\r\n" % case.pk
    came = file_message(receive(raw, channel="smtp", now=now).raw_id, now=now)
    assert came is not None
    assert came.conversation.case == new


def test_a_move_to_another_case_and_back(case: Case, other: Case, say: Say, aino: Agent, now: datetime):
    late = say(case, hours=2, heat=3, words="About the lamp")
    before = everything()
    done = moving.move([late], to=other, by=aino, now=now)
    assert (Message.objects.get(pk=late.pk).conversation.case, fresh(other).intensity) == (other, 3)
    moving.take_back(done, by=aino, now=now)
    assert everything() == before


def test_a_whole_conversation_moves_as_one_and_keeps_its_seal(
    case: Case, other: Case, say: Say, aino: Agent, now: datetime
):
    second = Conversation.objects.create(case=case, token="zz", participants=["x@y"], started_at=now)
    one = Message.objects.create(conversation=second, direction="in", new_text="Hi", at=now, dedupe_key="hi")
    moving.move([one], to=other, by=aino, now=now)
    assert Conversation.objects.get(token="zz").case == other


@pytest.mark.parametrize("attempt", ["itself", "all", "none", "merged"])
def test_what_makes_no_sense_is_refused(case: Case, other: Case, aino: Agent, now: datetime, attempt: str):
    mine = list(Message.objects.filter(conversation__case=case))
    if attempt == "merged":
        moving.merge(other, into=case, by=aino, now=now)
    acts = {
        "itself": lambda: moving.merge(case, into=fresh(case), by=aino, now=now),
        "all": lambda: moving.split(mine, by=aino, now=now),
        "none": lambda: moving.move([], to=other, by=aino, now=now),
        "merged": lambda: moving.merge(case, into=fresh(other), by=aino, now=now),
    }
    with pytest.raises(CannotMove):
        acts[attempt]()
    assert CaseMove.objects.count() == (attempt == "merged")


def test_what_was_answered_since_is_not_taken_back(case: Case, other: Case, aino: Agent, now: datetime):
    done = moving.merge(other, into=case, by=aino, now=now)
    draft = save_draft(fresh(case), author=aino, text="Dear Somchai.", seen_version=fresh(case).version, now=now)
    send(none_promised(draft, now=now), reason="so", now=now + HOUR)
    with pytest.raises(CannotTakeBack):
        moving.take_back(done, by=aino, now=now + HOUR)


def test_moves_are_taken_back_newest_first_and_once(case: Case, other: Case, say: Say, aino: Agent, now: datetime):
    first = moving.merge(other, into=case, by=aino, now=now)
    second = moving.split([Message.objects.get(new_text="Second")], by=aino, now=now)
    with pytest.raises(CannotTakeBack):
        moving.take_back(first, by=aino, now=now)
    moving.take_back(second, by=aino, now=now)
    moving.take_back(first, by=aino, now=now)
    with pytest.raises(CannotTakeBack):
        moving.take_back(first, by=aino, now=now)


def test_it_is_written_down_on_both_cases(case: Case, other: Case, aino: Agent, now: datetime):
    moving.take_back(moving.merge(other, into=case, by=aino, now=now), by=aino, now=now)
    for one in (case, other):
        kinds = [event.kind for event in one.events.filter(actor=aino)]
        assert kinds == ["case.merged", "case.move_undone"]


def test_it_is_decided_for_every_noun_of_a_case_whether_it_goes_along():
    goes = {"conversations", "notes", "promises", "drafts", "todos", "taggings"}
    stays = {"events", "links", "merged_from", "moves_away", "moves_here", "indexed", "+"}
    names = {relation.related_name or relation.name for relation in Case._meta.related_objects}
    assert {name for name in names if not name.endswith("+")} <= goes | stays
