"""What a shop tells of its orders: one JSON object a line, checked before anything is believed."""

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from amends.vocabulary import Moment

STATES: Final = frozenset({"placed", "shipped", "late", "delivered", "cancelled", "returned"})
LONGEST_NUMBER: Final = 60
LONGEST_ADDRESS: Final = 320
LONGEST_NAME: Final = 200
LONGEST_ITEM: Final = 200
MOST_ITEMS: Final = 100
LETTERS_OF_A_CURRENCY: Final = 3
LARGEST_AMOUNT: Final = Decimal(10) ** 12


@dataclass(frozen=True, kw_only=True)
class OrderTold:
    """One order as the shop tells it. What it leaves out is None or empty, and stays as the desk knows it."""

    number: str
    state: str
    email: str = ""
    name: str = ""
    items: tuple[str, ...] = ()
    amount: Decimal | None = None
    currency: str = ""
    placed_at: Moment | None = None
    due_at: Moment | None = None


@dataclass(frozen=True, kw_only=True)
class NotAnOrder:
    """A line that tells of no order, and why not."""

    number: str | None
    why: str


def order_told(line: str) -> OrderTold | NotAnOrder:
    """Return what one line tells. Numbers are taken as words, times need their offset; unknown keys are ignored."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return NotAnOrder(number=None, why="not a JSON object")
    if not isinstance(told, dict):
        return NotAnOrder(number=None, why="not a JSON object")
    number = _word(told.get("number"), LONGEST_NUMBER)
    try:
        return _order(told, number=number)
    except ValueError as wrong:
        return NotAnOrder(number=number or None, why=str(wrong))


def _order(told: dict[str, Any], *, number: str) -> OrderTold:
    state, email = _word(told.get("state"), LONGEST_NAME).lower(), _word(told.get("email"), LONGEST_ADDRESS).lower()
    currency = _word(told.get("currency"), LONGEST_NAME).upper()
    if not number:
        raise ValueError("no number")
    if state not in STATES:
        raise ValueError(f"state is none of {', '.join(sorted(STATES))}")
    if email and email.count("@") != 1:
        raise ValueError("email is no address")
    if currency and not (len(currency) == LETTERS_OF_A_CURRENCY and currency.isascii() and currency.isalpha()):
        raise ValueError("currency is no code of three letters")
    return OrderTold(
        number=number, state=state, email=email, name=_word(told.get("name"), LONGEST_NAME), items=_items(told),
        amount=_amount(told.get("amount")), currency=currency, placed_at=_moment(told, "placed_at"),
        due_at=_moment(told, "due_at"),
    )  # fmt: skip


def _word(value: Any, longest: int) -> str:
    """Return a value as one line of words; whole numbers count as words, for many shops number their orders so."""
    is_word = isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool))
    return " ".join(str(value).replace("\x00", "").split())[:longest] if is_word else ""


def _items(told: dict[str, Any]) -> tuple[str, ...]:
    items = told.get("items") or []
    if not isinstance(items, list):
        raise ValueError("items is no list")
    return tuple(filter(None, (_word(item, LONGEST_ITEM) for item in items[:MOST_ITEMS])))


def _amount(value: Any) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        amount = Decimal(_word(value, LONGEST_NUMBER) or repr(value))
    except InvalidOperation:
        raise ValueError("amount is no number") from None
    if not amount.is_finite() or not 0 <= amount < LARGEST_AMOUNT:
        raise ValueError("amount is no number")
    return amount


def _moment(told: dict[str, Any], name: str) -> Moment | None:
    value = told.get(name)
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"{name} is no ISO 8601 time") from None
    if moment.tzinfo is None:
        raise ValueError(f"{name} has no offset")
    return moment
