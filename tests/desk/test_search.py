"""A case is found by whatever somebody remembers of it."""

from collections.abc import Callable
from datetime import datetime

import pytest

from amends.desk.models import Agent, Case, Message, Order, Role
from amends.desk.search import find_cases


@pytest.fixture
def known(case: Case, now: datetime) -> Case:
    """A case with an order and some words."""
    order = Order.objects.create(customer=case.customer, number="LC-20418", amount=58, currency="THB", placed_at=now)
    Case.objects.filter(pk=case.pk).update(order=order)
    words = "พัสดุของฉันอยู่ที่ไหน ถามเป็นครั้งที่สามแล้ว"
    Message.objects.create(conversation=case.conversations.get(), direction="in", text=words, at=now, dedupe_key="1")
    return case


@pytest.mark.parametrize("words", ["LC-20418", "lc-20418", "#LC-20418", "Somchai", "somchai@example.org", "ครั้งที่สาม", "พัสดุ", "Somchai LC-20418"])  # fmt: skip
def test_a_case_is_found_by(words: str, known: Case, aino: Agent) -> None:
    assert list(find_cases(aino, words)) == [known]


def test_a_case_is_found_by_its_number(known: Case, aino: Agent) -> None:
    assert list(find_cases(aino, f"#{known.pk}")) == [known]


@pytest.mark.parametrize("words", ["", "   ", "nobody", "Somchai LC-99999", "9" * 5000, "%", "' OR 1=1 --"])
def test_nothing_is_found_by(words: str, known: Case, aino: Agent) -> None:
    assert list(find_cases(aino, words)) == []


def test_who_may_see_no_customer_finds_none(known: Case, person: Callable[..., Agent]) -> None:
    assert not find_cases(person(Role.ANALYST), "Somchai").exists()
