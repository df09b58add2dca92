"""Slots in prepared words are names and nothing else."""

import pytest

from amends.text.placeholders import fill, slots
from amends.text.spans import Span


def test_a_known_slot_is_filled() -> None:
    assert fill("Order {order.number} is late.", {"order.number": "EN-5120"}).text == "Order EN-5120 is late."


@pytest.mark.parametrize("words", ["{order.number}", "พัสดุ {order.number} 😡", "{a.b}{order.number}"])
def test_an_unknown_slot_stays_as_it_was_written_and_is_told(words: str) -> None:
    filled = fill(words, {"a.b": "x"})
    assert "{order.number}" in filled.text
    assert [slot.span.of(filled.text) for slot in filled.open] == ["{order.number}"]


@pytest.mark.parametrize(
    "trick",
    ["{customer.name!r}", "{customer.__class__}", "{0}", "{customer.name:>9999999}", "{customer[name]}", "{{x}}", "{}",
     "{a.b.c}", "{Order Number}", "{% now %}", "{customer.name|upper}"],
)  # fmt: skip
def test_braces_that_hold_no_name_reach_nothing(trick: str) -> None:
    found = slots(trick)
    assert not any(slot.is_name for slot in found)
    assert fill(trick, {"customer.name": "Somchai"}).text == trick


def test_what_is_put_in_is_never_looked_at_again() -> None:
    values = {"customer.name": "{order.number}", "order.number": "EN-5120"}
    assert fill("Dear {customer.name}", values).text == "Dear {order.number}"


def test_an_empty_value_fills_nothing() -> None:
    assert [slot.name for slot in fill("by {promise.due}", {"promise.due": ""}).open] == ["promise.due"]


def test_spans_count_code_points() -> None:
    assert slots("😡🙏 {order.number}")[0].span == Span(3, 17)
