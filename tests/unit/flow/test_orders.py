"""Which order a customer writes about."""

import pytest

from amends.flow.orders import Found, How, Purchase, order_meant
from amends.vocabulary import CauseKind

LATE = Purchase(number="LC-34410", state="late")
OLD = Purchase(number="LC-TH-29871", state="delivered")


@pytest.mark.parametrize(
    "words",
    [
        "Where is LC-34410?", "order 34410", "#lc 34410", "lc34410", "LC – no: LC_34410!", "ORDER#34410.", "Lc - 34410",
        "pesanan nomor 34410 belum datang", "ออเดอร์ 34410 อยู่ไหน", "ออเดอร์๓๔๔๑๐ครับ", "tilaus 34410:n paketti",
    ],
)  # fmt: skip
def test_an_order_is_found_however_loosely_it_is_named(words: str) -> None:
    assert order_meant(words, causes=(), purchases=[LATE, OLD]) == Found(number="LC-34410", how=How.NAMED)


@pytest.mark.parametrize(
    "words",
    [
        "I paid 134410",
        "call 344101",
        "XLC-34410",
        "TH-34410",
        "34410A",
        "34410.50 USD",
        "1,34410",
        "no number at all",
        "",
    ],
)
def test_another_number_names_no_order(words: str) -> None:
    assert order_meant(words, causes=(), purchases=[LATE, OLD]) is None


def test_a_short_number_without_its_prefix_may_be_anything() -> None:
    short = Purchase(number="A-120", state="late")
    assert order_meant("at 120 euros", causes=(), purchases=[short]) is None
    assert order_meant("a 120", causes=(), purchases=[short]) is not None


def test_two_orders_with_the_same_tail_are_told_apart_by_their_prefix_only() -> None:
    twins = [Purchase(number="LC-34410", state="late"), Purchase(number="TH-34410", state="late")]
    assert order_meant("order 34410", causes=[CauseKind.LATE], purchases=twins) is None
    assert order_meant("th 34410", causes=(), purchases=twins) == Found(number="TH-34410", how=How.NAMED)


def test_two_named_orders_are_for_a_person_to_choose() -> None:
    assert order_meant("34410 and 29871 are both wrong", causes=[CauseKind.LATE], purchases=[LATE, OLD]) is None


@pytest.mark.parametrize(
    ("cause", "number"),
    [
        (CauseKind.LATE, "LC-34410"),
        (CauseKind.DAMAGED, "LC-TH-29871"),
        (CauseKind.BILLING, None),
        (CauseKind.OTHER, None),
    ],
)
def test_unnamed_it_is_the_only_order_the_trouble_can_be_about(cause: CauseKind, number: str | None) -> None:
    found = order_meant("It is a shame!", causes=[cause], purchases=[LATE, OLD])
    assert (found and found.number, found and found.how) == (number, number and How.ONLY_ONE)


def test_every_cause_is_either_about_orders_or_left_out_on_purpose() -> None:
    about_no_order = {CauseKind.RUDE_STAFF, CauseKind.NO_ANSWER, CauseKind.ACCOUNT, CauseKind.OTHER}
    assert all(order_meant("", causes=[cause], purchases=[LATE]) is None for cause in about_no_order)


def test_a_long_message_full_of_digits_is_read_at_once() -> None:
    assert order_meant("LC-3441 - " * 20_000, causes=(), purchases=[LATE, OLD]) is None
