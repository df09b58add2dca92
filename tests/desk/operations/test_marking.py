"""An agent marks what is new: kept with author and time, read again, undone, and remembered for the sender."""

from datetime import datetime

import pytest

from amends.desk.models import Agent, Case, Job, Message, MessageReading
from amends.desk.operations.errors import CannotMark, CannotTakeBack
from amends.desk.operations.marking import mark_new, take_back_marking
from amends.desk.operations.read import read_message
from amends.desk.operations.receive import receive
from amends.desk.operations.triage import file_message

pytestmark = pytest.mark.django_db
ATTRIBUTION = "{day} {month} 2025 klo 10:11 palvelu Lumi <care@lumi.example> totesi näin:"


def came(day: int, month: str, now: datetime, sender: str = "mali@example.org") -> Message:
    body = f"The lamp is broken.\r\n\r\n{ATTRIBUTION.format(day=day, month=month)}\r\nYou are furious idiots.\r\n"
    raw = f"From: {sender}\r\nMessage-ID: <{day}@x>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}".encode()
    message = file_message(receive(raw, channel="smtp", now=now).raw_id, now=now)
    assert message is not None
    return message


@pytest.fixture
def first(brand, now: datetime) -> Message:
    """A letter in which we took history for new words."""
    message = came(3, "marraskuuta", now)
    assert "idiots" in message.new_text
    return message


def test_what_is_marked_is_kept_with_author_and_time_and_read_again(first: Message, aino: Agent, now: datetime):
    read_message(first.pk, now=now)
    marking = mark_new(first, new_lines=[0], by=aino, now=now)
    assert (marking.author, marking.at, first.new_text) == (aino, now, "The lamp is broken.")
    assert not MessageReading.objects.exists()
    assert Job.objects.filter(task="read_message", arguments__message_id=first.pk).count() == 2


def test_heat_follows_the_words_that_count(first: Message, aino: Agent, now: datetime):
    before = read_message(first.pk, now=now)
    mark_new(first, new_lines=[0], by=aino, now=now)
    after = read_message(first.pk, now=now)
    assert before is not None
    assert after is not None
    assert after.anger < before.anger
    assert Case.objects.get().anger == after.anger


def test_the_senders_next_letter_is_parted_as_taught(first: Message, aino: Agent, now: datetime):
    mark_new(first, new_lines=[0], by=aino, now=now)
    assert came(14, "joulukuuta", now).new_text == "The lamp is broken."
    assert "idiots" in came(15, "joulukuuta", now, sender="other@example.org").new_text


def test_taking_it_back_forgets_it(first: Message, aino: Agent, now: datetime):
    words = first.new_text
    take_back_marking(mark_new(first, new_lines=[0], by=aino, now=now), by=aino, now=now)
    first.refresh_from_db()
    assert (first.new_text.strip(), first.folded) == (words.strip(), [])
    assert "idiots" in came(14, "joulukuuta", now).new_text


def test_only_the_newest_marking_is_taken_back(first: Message, aino: Agent, now: datetime):
    one = mark_new(first, new_lines=[0], by=aino, now=now)
    mark_new(first, new_lines=[0, 3], by=aino, now=now)
    with pytest.raises(CannotTakeBack):
        take_back_marking(one, by=aino, now=now)


def test_a_message_keeps_a_word(first: Message, aino: Agent, now: datetime):
    with pytest.raises(CannotMark):
        mark_new(first, new_lines=[], by=aino, now=now)
