"""Bytes come in: kept first, once, whatever they are."""

from datetime import datetime
from pathlib import Path

import pytest

from amends.desk import blobs
from amends.desk.models import Event, Job, RawMessage
from amends.desk.operations.errors import NotQuarantined
from amends.desk.operations.receive import LARGEST_IN_ROW, Delivery, Receipt, raw_bytes, receive, receive_all, replay

pytestmark = pytest.mark.django_db


def test_what_comes_in_is_kept_byte_for_byte_and_will_be_filed(now: datetime):
    receipt = receive(b"\x00\xffnot a mail", channel="smtp", now=now)
    assert receipt.is_new
    assert raw_bytes(RawMessage.objects.get(pk=receipt.raw_id)) == b"\x00\xffnot a mail"
    assert Job.objects.get().arguments == {"raw_id": receipt.raw_id}
    assert Event.objects.get().kind == "message.received"


def test_the_same_delivery_twice_is_one_row(now: datetime):
    first = receive(b"hello", channel="imap", external_id="1:7:42", now=now)
    second = receive(b"hello", channel="imap", external_id="1:7:42", now=now)
    assert (second.raw_id, second.is_new) == (first.raw_id, False)
    assert Job.objects.count() == 1


def test_a_server_that_counts_badly_loses_nothing(now: datetime):
    first = receive(b"hello", channel="imap", external_id="1:7:42", now=now)
    other = receive(b"another letter", channel="imap", external_id="1:7:42", now=now)
    again = receive(b"another letter", channel="imap", external_id="1:7:42", now=now)
    assert other.is_new
    assert other.raw_id != first.raw_id
    assert (again.raw_id, again.is_new) == (other.raw_id, False)


def test_a_large_mail_is_a_file_and_a_small_one_a_row(now: datetime):
    large = b"x" * (LARGEST_IN_ROW + 1)
    row = RawMessage.objects.get(pk=receive(large, channel="smtp", now=now).raw_id)
    assert row.body is None
    assert raw_bytes(row) == large == blobs.read(row.sha256)


def test_one_commit_keeps_many(now: datetime, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        endings = receive_all([Delivery(raw=b"%d" % number, channel="smtp") for number in range(50)], now=now)
    assert all(isinstance(ending, Receipt) and ending.is_new for ending in endings)
    assert {job.arguments["raw_id"] for job in Job.objects.all()} == {row.pk for row in RawMessage.objects.all()}
    assert Event.objects.filter(kind="message.received").count() == 50


def test_the_same_delivery_twice_in_one_group_is_one_row(now: datetime):
    twice = [Delivery(raw=b"hello", channel="imap", external_id="1:7:42")] * 2
    other = Delivery(raw=b"another letter", channel="imap", external_id="1:7:42")
    first, again, third = receive_all([*twice, other], now=now)
    assert isinstance(first, Receipt)
    assert again == Receipt(raw_id=first.raw_id, is_new=False)
    assert isinstance(third, Receipt)
    assert (third.is_new, RawMessage.objects.count()) == (True, 2)


def test_a_bad_delivery_fails_alone(now: datetime):
    bad = Delivery(raw=b"two", channel="smtp", envelope={"rcpt": object()})
    endings = receive_all([Delivery(raw=b"one", channel="smtp"), bad, Delivery(raw=b"three", channel="smtp")], now=now)
    assert [type(ending) for ending in endings] == [Receipt, TypeError, Receipt]
    assert {bytes(row.body or b"") for row in RawMessage.objects.all()} == {b"one", b"three"}
    assert Job.objects.count() == 2


def test_a_large_mail_whose_file_cannot_be_written_fails_alone(now: datetime, own_home: Path):
    (own_home / "blobs").parent.mkdir(parents=True, exist_ok=True)
    (own_home / "blobs").write_text("a file where the folder should be")
    large = Delivery(raw=b"x" * (LARGEST_IN_ROW + 1), channel="smtp")
    endings = receive_all([large, Delivery(raw=b"small", channel="smtp")], now=now)
    assert isinstance(endings[0], OSError)
    assert isinstance(endings[1], Receipt)


def test_only_a_quarantined_mail_can_be_tried_again(aino, now: datetime):
    row = RawMessage.objects.get(pk=receive(b"hello", channel="smtp", now=now).raw_id)
    with pytest.raises(NotQuarantined):
        replay(row, by=aino, now=now)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "z" * 63])
def test_a_blob_is_named_by_its_digest_only(name: str):
    with pytest.raises(ValueError, match="sha256"):
        blobs.path(name)
