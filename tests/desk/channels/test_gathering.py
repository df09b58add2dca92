"""Mails of many senders, kept together; each is told about its own."""

from concurrent.futures import Future
from datetime import timedelta

import pytest
from django.db import connections

from amends.desk.channels.gathering import MOST_AT_ONCE, Gatherer, gathering
from amends.desk.models import RawMessage
from amends.desk.operations.receive import Delivery, Receipt

pytestmark = pytest.mark.django_db(transaction=True)
WITHIN_S = timedelta(seconds=20).total_seconds()


def mail(number: int) -> Delivery:
    return Delivery(raw=f"Subject: {number}\r\n\r\nwhere is it?".encode(), channel="smtp")


def test_everybody_who_waits_gets_their_own_receipt() -> None:
    with gathering() as gatherer:
        kept = [gatherer.put(mail(number)) for number in range(3 * MOST_AT_ONCE)]
        receipts = [each.result(WITHIN_S) for each in kept]
    rows = {row.pk: bytes(row.body or b"") for row in RawMessage.objects.all()}
    assert [rows[receipt.raw_id] for receipt in receipts] == [mail(number).raw for number in range(3 * MOST_AT_ONCE)]


def test_one_who_hung_up_does_not_stop_the_others() -> None:
    gatherer = Gatherer()
    gone, here = gatherer.put(mail(1)), gatherer.put(mail(2))
    assert gone.cancel()
    gatherer.end()
    gatherer.run()
    assert here.result(0).is_new
    assert RawMessage.objects.count() == 1


def test_a_bad_mail_is_refused_and_its_neighbours_are_kept() -> None:
    gatherer = Gatherer()
    bad = Delivery(raw=b"x", channel="smtp", envelope={"rcpt": object()})
    endings: list[Future[Receipt]] = [gatherer.put(delivery) for delivery in (mail(1), bad, mail(2))]
    gatherer.end()
    gatherer.run()
    assert isinstance(endings[1].exception(0), TypeError)
    assert [endings[0].result(0).is_new, endings[2].result(0).is_new] == [True, True]


def test_what_was_handed_in_before_the_end_is_kept() -> None:
    with gathering() as gatherer:
        last = gatherer.put(mail(1))
    assert last.result(0).is_new


@pytest.fixture(autouse=True)
def no_connection_left_behind():
    """The thread keeps no connection of its own; ours is closed like it."""
    yield
    connections.close_all()
