"""Bytes come in: kept first, once, whatever they are."""

from datetime import datetime

import pytest

from amends.desk import blobs
from amends.desk.models import Event, Job, RawMessage
from amends.desk.operations.errors import NotQuarantined
from amends.desk.operations.receive import LARGEST_IN_ROW, raw_bytes, receive, replay

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


def test_only_a_quarantined_mail_can_be_tried_again(aino, now: datetime):
    row = RawMessage.objects.get(pk=receive(b"hello", channel="smtp", now=now).raw_id)
    with pytest.raises(NotQuarantined):
        replay(row, by=aino, now=now)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "z" * 63])
def test_a_blob_is_named_by_its_digest_only(name: str):
    with pytest.raises(ValueError, match="sha256"):
        blobs.path(name)
