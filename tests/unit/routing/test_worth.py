"""Where a customer stands among all."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from amends.routing.worth import LEAST_TO_RANK, worths

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
SINCE = {key: NOW - timedelta(days=key) for key in range(1, 21)}


def test_among_a_few_nobody_is_ranked() -> None:
    assert worths({1: NOW, 2: NOW}, {(1, "EUR"): Decimal(9)}) == {}


def test_who_bought_most_and_longest_stands_first() -> None:
    bought = {(key, "EUR"): Decimal(key) for key in SINCE}
    found = worths(SINCE, bought)
    assert (found[20], found[1]) == (1.0, 0.0)


def test_a_million_rupiah_is_not_more_than_a_hundred_euros() -> None:
    bought = {(key, "EUR" if key % 2 else "IDR"): Decimal(key if key % 2 else key * 20_000) for key in SINCE}
    found = worths(SINCE, bought)
    assert abs(found[19] - found[20]) < 0.05


@given(st.dictionaries(st.integers(1, 20), st.decimals("0.01", "9999999", places=2), max_size=20), st.integers(1, 20))
def test_buying_more_never_lowers_a_customer(amounts: dict[int, Decimal], who: int) -> None:
    bought = {(key, "EUR"): amount for key, amount in amounts.items()}
    before = worths(SINCE, bought)
    after = worths(SINCE, {**bought, (who, "EUR"): bought.get((who, "EUR"), Decimal(0)) + 100})
    assert len(before) >= LEAST_TO_RANK
    assert all(0 <= worth <= 1 for worth in before.values())
    assert after[who] >= before[who]
