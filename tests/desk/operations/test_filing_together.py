"""Many mails filed with one commit: each on its own case, and one that is bad fails alone."""

import threading
from collections.abc import Sequence
from datetime import datetime

import pytest
from django.db import DatabaseError

from amends.desk.models import Case, Customer, Event, Job, Message, RawMessage
from amends.desk.operations import filing, triage
from amends.desk.operations.receive import Delivery, receive_all
from amends.desk.operations.understanding import Understood, understand

pytestmark = pytest.mark.django_db


def mail(number: int, *more: str, sender: str = "") -> bytes:
    head = (f"From: {sender or f'm{number}@x.example'}", f"Message-ID: <{number}@x>", f"Subject: {number}", *more)
    return ("\r\n".join(head) + f"\r\n\r\nWhere is parcel {number}?").encode()


def kept(*mails: bytes, now: datetime) -> list[int]:
    return [one.raw_id for one in receive_all([Delivery(raw=raw, channel="smtp") for raw in mails], now=now)]


def states(keys: Sequence[int]) -> list[str]:
    found = dict(RawMessage.objects.filter(pk__in=keys).values_list("pk", "state"))
    return [found[key] for key in keys]


def test_each_gets_its_own_case_and_is_read(brand, now: datetime):
    triage.file_all(kept(*map(mail, range(30)), now=now), now=now)
    assert (Case.objects.filter(status="open", waiting_since=now, version=1).count(), Message.objects.count()) == (
        30,
        30,
    )
    assert Job.objects.filter(task="read_message").count() == Event.objects.filter(kind="message.filed").count() == 30


def test_an_answer_joins_what_came_with_it_in_one_group(brand, now: datetime):
    answer = mail(2, "In-Reply-To: <1@x>", sender="m1@x.example")
    triage.file_all(kept(mail(1), answer, now=now), now=now)
    case = Case.objects.get()
    assert (case.version, case.conversations.get().messages.count()) == (2, 2)


def test_a_stranger_in_the_same_group_gets_a_linked_case(brand, now: datetime):
    triage.file_all(kept(mail(1), mail(2, "In-Reply-To: <1@x>"), now=now), now=now)
    first, second = Case.objects.order_by("pk")
    assert second.linked_to == first


def test_one_person_who_writes_twice_is_one_customer(brand, now: datetime):
    triage.file_all(kept(mail(1, sender="a@x.example"), mail(2, sender="A@x.example"), now=now), now=now)
    assert (Customer.objects.count(), Case.objects.count()) == (1, 2)


def test_the_same_letter_twice_in_a_group_is_one_message(brand, now: datetime):
    keys = kept(mail(1), b"Received: from b\r\n" + mail(1), now=now)
    triage.file_all(keys, now=now)
    assert (states(keys), Message.objects.count()) == (["filed", "duplicate"], 1)


def test_one_that_cannot_be_written_fails_alone(brand, now: datetime, monkeypatch: pytest.MonkeyPatch):
    keys, plain = kept(*map(mail, range(5)), now=now), filing.message_of

    def but_not_the_third(what: Understood, **how: object) -> Message:
        if what.raw.pk == keys[2]:
            raise DatabaseError("this one")
        return plain(what, **how)

    monkeypatch.setattr(filing, "message_of", but_not_the_third)
    endings = {key: wrong for wave in triage.file_messages(keys, now=now) for key, wrong in wave.items()}
    assert [type(endings[key]) for key in keys].count(triage.Unfiled) == 1
    assert states(keys) == ["filed", "filed", "received", "filed", "filed"]


def test_one_that_takes_long_does_not_hold_up_the_others(brand, now: datetime, monkeypatch: pytest.MonkeyPatch):
    keys = kept(*map(mail, range(4)), now=now)
    waves = triage.file_messages(keys, now=now)
    monkeypatch.setattr(triage, "PATIENCE_S", 0.01)
    monkeypatch.setattr(triage, "understand", lambda raw, ours: _after_the_others(raw, ours, keys[0], now))
    seen = [sorted(wave) for wave in waves if wave]
    assert seen[-1] == [keys[0]]
    assert states(keys) == ["filed"] * 4


def _after_the_others(raw: RawMessage, ours: object, slow: int, now: datetime) -> Understood:
    if raw.pk == slow:
        threading.Event().wait(0.6)
    return understand(raw, ours)


def test_what_was_tried_before_is_tried_by_itself_and_last(brand, now: datetime):
    keys = kept(*map(mail, range(4)), now=now)
    RawMessage.objects.filter(pk=keys[0]).update(attempts=2)
    waves = [sorted(wave) for wave in triage.file_messages(keys, now=now) if wave]
    assert (waves[-1], states(keys)) == ([keys[0]], ["filed"] * 4)


def test_jobs_of_one_mail_asked_for_twice_both_end(brand, now: datetime):
    [key] = kept(mail(1), now=now)
    endings: dict[int, Exception | None] = {}
    for wave in triage.file_as_jobs([{"raw_id": key}, {"raw_id": key}], now):
        endings |= wave
    assert endings == {0: None, 1: None}
