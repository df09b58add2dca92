"""What a shop tells of its orders is believed only where it is plain."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from amends.flow.order_lines import NotAnOrder, OrderTold, order_told


def test_an_order_is_read_whole():
    told = order_told(
        '{"number": 20418, "state": "Delivered", "email": "Somchai@Example.org", "amount": 58.5, "currency": "thb",'
        ' "placed_at": "2026-11-18T09:00:00+00:00", "items": ["Lamp"], "more": 1}'
    )
    assert told == OrderTold(
        number="20418", state="delivered", email="somchai@example.org", amount=Decimal("58.5"), currency="THB",
        placed_at=datetime(2026, 11, 18, 9, tzinfo=UTC), items=("Lamp",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "not a JSON object"),
        ("[]", "not a JSON object"),
        ("[" * 100_000, "not a JSON object"),
        ('{"state": "late"}', "no number"),
        ('{"number": "A", "state": "lost"}', "state is none of"),
        ('{"number": "A", "state": "late", "email": "nobody"}', "email is no address"),
        ('{"number": "A", "state": "late", "amount": "much"}', "amount is no number"),
        ('{"number": "A", "state": "late", "amount": NaN}', "amount is no number"),
        ('{"number": "A", "state": "late", "amount": -1}', "amount is no number"),
        ('{"number": "A", "state": "late", "due_at": "2026-11-18T09:00:00"}', "due_at has no offset"),
        ('{"number": "A", "state": "late", "due_at": "soon"}', "due_at is no ISO 8601 time"),
        ('{"number": "A", "state": "late", "currency": "baht"}', "currency is no code"),
        ('{"number": "A", "state": "late", "items": "Lamp"}', "items is no list"),
    ],
)
def test_a_line_that_is_not_plain_says_why(line: str, why: str):
    told = order_told(line)
    assert isinstance(told, NotAnOrder)
    assert told.why.startswith(why)
