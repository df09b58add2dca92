"""Two people at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from amends.desk.models import Agent, Case, Event, Message, RawMessage, Reply
from amends.desk.operations import drafting, outbox
from amends.desk.operations.receive import receive
from amends.desk.operations.send import send
from amends.desk.operations.triage import file_message
from amends.vocabulary import StaleReply

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="the tests' SQLite lies in memory, where threads cannot meet"
    ),
]


def both(first: Callable[[], object], second: Callable[[], object]) -> list[object]:
    """Do both at the same moment; an error is an answer too."""
    start = Barrier(2)

    def begun(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        except Exception as refused:  # noqa: BLE001 - the refusal is what we look at
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        return list(people.map(begun, (first, second)))


def test_two_colleagues_who_send_at_once_write_to_the_customer_once(case: Case, aino: Agent, person, now: datetime):
    drafts = [
        drafting.save_draft(case, author=who, text="Sorry, Somchai: we lost it.", seen_version=0, now=now)
        for who in (aino, person("agent", "ville"))
    ]
    answers = both(*(lambda d=d: send(d, reason="so", now=now) for d in drafts))
    assert Reply.objects.count() == 1
    assert [type(answer) for answer in answers if isinstance(answer, Exception)] == [StaleReply]


def test_two_workers_who_claim_at_once_send_once(case: Case, aino: Agent, now: datetime):
    drafted = drafting.save_draft(case, author=aino, text="We lost it, Somchai.", seen_version=0, now=now)
    reply, later = send(drafted, reason="so", now=now), now + timedelta(hours=1)
    claimed = both(*(lambda: outbox.claim(reply.pk, now=later),) * 2)
    assert sorted(answer is None for answer in claimed) == [False, True]


def test_two_workers_who_file_the_same_mail_at_once_make_one_message(brand: object, now: datetime):
    raw = b"From: mali@example.org\r\nMessage-ID: <1@x>\r\n\r\nWhere is it?"
    rows = [receive(raw, channel="imap", external_id=name, now=now).raw_id for name in ("1", "2")]
    both(*(lambda row=row: file_message(row, now=now) for row in rows))
    for row in rows:
        file_message(row, now=now)
    assert Message.objects.count() == 1


def test_an_import_beside_a_worker_files_one_delivery_once(brand: object, now: datetime):
    for number in range(9):
        letter = f"From: mali@example.org\r\nMessage-ID: <{number}@x>\r\n\r\nWhere is it?".encode()
        row = receive(letter, channel="file", now=now).raw_id
        assert len(set(both(*(lambda row=row: file_message(row, now=now),) * 2))) == 1
    assert set(RawMessage.objects.values_list("state", flat=True)) == {RawMessage.State.FILED}
    assert not Event.objects.filter(kind="message.duplicate").exists()
