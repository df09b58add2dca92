"""Laws of finding promises, for any text at all."""

import itertools
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from amends.languages import load
from amends.promises.find import find_promises
from amends.promises.values import Basis, FoundPromise
from amends.vocabulary import FIRST_CLASS

PIECES = {
    "en": [
        "we will refund you ",
        "by Friday",
        " in 3-5 working days",
        "31/02",
        "week 53",
        "Feb 29",
        " at 3",
        "if you ",
    ],
    "id": ["kami kirim ", "besok", " jam 3 sore", "2x24 jam", " tgl 31", "minggu depan", "dalam 5 hari kerja", "jika "],
    "th": ["เราจะคืนเงิน", "ภายใน 3 วันทำการ", "พรุ่งนี้", "บ่ายสาม", "29 ก.พ. 2570", "สิ้นเดือน", "ตีสอง", "หาก"],
    "fi": ["palautamme rahat ", "perjantaina", " klo 25", "31.2.", "viikolla 53", "ensi yönä kahteen mennessä", "jos "],
}
MARKS = [
    " ",
    ", ",
    ". ",
    "?",
    "\n> ",
    "“",
    "’",
    "🙏🏽",
    "\u200b",
    "e\u0301",
    "–",
    "aaaaaa",
    "๙๙",
    "0000",
    "99999999999999",
]
moments = st.builds(
    lambda at, hours: at.replace(tzinfo=timezone(timedelta(hours=hours))),
    st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2090, 1, 1)),
    st.integers(-12, 14),
)


@st.composite
def replies(draw: st.DrawFn) -> tuple[str, str]:
    tag = draw(st.sampled_from(FIRST_CLASS))
    pieces = st.one_of(st.sampled_from(PIECES[tag]), st.sampled_from(MARKS), st.text(max_size=5))
    return tag, "".join(draw(st.lists(pieces, max_size=12)))


def found(reply: tuple[str, str], at: datetime) -> list[FoundPromise]:
    return find_promises(reply[1], at=at, pack=load(reply[0]), country="FI")


# A pack is compiled once, in under a second; that is no part of any law.
for language in FIRST_CLASS:
    found((language, ""), datetime(2026, 11, 24, tzinfo=UTC))
    found((language, "".join(PIECES[language])), datetime(2026, 11, 24, tzinfo=UTC))


@given(replies(), moments)
def test_every_span_lies_inside_its_text_and_holds_words(reply: tuple[str, str], at: datetime) -> None:
    for promise in found(reply, at):
        assert promise.span.end <= len(reply[1])
        assert promise.span.of(reply[1]).strip()


@given(replies(), moments)
def test_nothing_is_due_before_it_was_written(reply: tuple[str, str], at: datetime) -> None:
    for promise in found(reply, at):
        if promise.due_start and promise.due_end:
            assert at <= promise.due_start <= promise.due_end
            assert promise.due_end.utcoffset() == at.utcoffset()


@given(replies(), moments)
def test_only_a_vague_promise_has_no_time_and_only_a_range_two(reply: tuple[str, str], at: datetime) -> None:
    for promise in found(reply, at):
        assert (promise.basis is Basis.VAGUE) == (promise.due_end is None) == (promise.due_start is None)
        assert (promise.basis is Basis.RANGE) == (promise.due_start != promise.due_end)


@given(replies(), moments)
def test_promises_come_in_reading_order_without_overlap(reply: tuple[str, str], at: datetime) -> None:
    spans = [promise.span for promise in found(reply, at)]
    assert spans == sorted(spans)
    assert not any(one.overlaps(other) for one, other in itertools.pairwise(spans))
