"""The shop tells of orders: they are kept, they move, and what that keeps is kept."""

import io
import json
import sys
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from amends.cli.main import main
from amends.desk.models import Case, Event, Handle, Order, Promise
from amends.desk.operations.orders import take_in
from amends.flow.order_lines import OrderTold

pytestmark = pytest.mark.django_db
NEW = {"email": "somchai@example.org", "amount": Decimal("58.00"), "currency": "THB", "items": ("Lamp",)}


@pytest.fixture
def parcel(case: Case, now: datetime) -> Promise:
    """A parcel that we said arrives, on a case about an order the desk knows."""
    case.order = Order.objects.create(customer=case.customer, number="A1", amount=1, currency="THB", placed_at=now)
    case.save()
    due = now + timedelta(days=2)
    return Promise.objects.create(case=case, what="delivery", quote="by Friday", made_at=now, due_at=due)


def test_a_new_order_belongs_to_the_customer_of_its_address(case: Case, now: datetime):
    told = OrderTold(number="B2", state="placed", placed_at=now, **NEW)
    assert [take_in(told, now=now).what for _ in range(2)] == ["new", "same"]
    assert (Order.objects.get().customer, Order.objects.get().items) == (case.customer, ["Lamp"])


def test_who_has_not_written_yet_becomes_a_customer(now: datetime):
    told = OrderTold(number="B2", state="placed", placed_at=now, name="Malee", **NEW)
    assert take_in(told, now=now).what == "new"
    assert Handle.objects.get().customer.name == "Malee"


def test_a_parcel_that_arrived_keeps_its_promise_once(parcel: Promise, now: datetime):
    told = OrderTold(number="A1", state="delivered")
    assert [len(take_in(told, now=now).kept) for _ in range(2)] == [1, 0]
    assert Promise.objects.get().state == "kept"
    assert Event.objects.filter(kind="order.moved").count() == 1


def test_a_number_of_somebody_else_is_refused(parcel: Promise, now: datetime):
    told = OrderTold(number="A1", state="delivered", email="other@example.org")
    assert take_in(told, now=now).why_not == "this number belongs to another customer"
    assert Order.objects.get().state == "placed"


def test_a_new_order_that_lacks_what_it_needs_says_so(now: datetime):
    assert take_in(OrderTold(number="C3", state="late"), now=now).why_not.startswith("a new order needs email")


def test_the_command_answers_every_line(
    parcel: Promise, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "orders.jsonl"
    file.write_text('{"number": "A1", "state": "delivered"}\n\nnot json\n{"number": "A1", "state": "delivered"}\n')
    assert main(["orders", "import", str(file)]) == 1
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer.get("result", answer.get("error")) for answer in answers] == ["moved", "not a JSON object", "same"]
    assert answers[0]["kept"] == [parcel.pk]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"number": "A1", "state": "returned"}\n')))
    assert main(["orders", "import"]) == 0
