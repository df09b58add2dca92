"""What an agent marks as new, and what of it is safe to remember."""

import pytest

from amends.mail.remark import MOST_BLOCKS, blocks, fits, remark, remembered, shape_of
from amends.text.spans import Span

TEXT = "It is broken.\n\nLe 3 nov. 2025 à 10:11, Lumi <care@lumi.example> a dit :\nHave you tried it?\nRegards"
NEXT = "And the box too.\nLe 14 déc. 2025 à 9:02, Lumi <care@lumi.example> a dit :\nWe send a new one."


def test_what_the_agent_calls_history_is_folded_and_kept() -> None:
    found = remark(TEXT, (), new_lines=[0, 1])
    assert found is not None
    assert found.new_text == "It is broken."
    assert [span.of(TEXT) for span in found.folded] == [TEXT.partition("\n\n")[2]]


def test_the_next_letter_of_that_program_is_cut_at_the_same_line() -> None:
    taught = remark(TEXT, (), new_lines=[0, 1])
    assert taught is not None
    found = remembered(NEXT, (), opening=taught.opening, is_history=taught.is_history)
    assert found is not None
    assert found.new_text == "And the box too."


def test_all_of_it_is_new_unfolds_and_is_remembered_the_other_way() -> None:
    folded = [Span(TEXT.index("Le 3"), len(TEXT))]
    taught = remark(TEXT, folded, new_lines=range(5))
    assert taught is not None
    assert (taught.new_text, taught.is_history) == (TEXT, False)
    found = remembered(NEXT, [Span(NEXT.index("Le 14"), len(NEXT))], opening=taught.opening, is_history=False)
    assert found is not None
    assert found.new_text == NEXT


@pytest.mark.parametrize("line", ["I want my money back", "Order 88213", "Hello:", "", "Call me at 10:00 today please"])
def test_what_a_person_may_write_is_never_remembered_as_a_boundary(line: str) -> None:
    assert shape_of(line) == ""


@pytest.mark.parametrize(
    "line, other",
    [
        ("On Mon, 3 Nov 2025 at 10:11, Lumi <care@lumi.example> wrote:", "On Tue, 9 Dec 2025 at 8:01, Lumi <a@b.example> wrote:"),
        ("-----Alkuperäinen viesti-----", "-----Alkuperäinen viesti-----"),
        ("________________", "________________"),
        ("เมื่อ 3 พ.ย. 2568 เวลา 10:11 Lumi <care@lumi.example> เขียนว่า:", "เมื่อ 9 ธ.ค. 2568 เวลา 8:00 Lumi <care@lumi.example> เขียนว่า:"),
        ("Pada 3 Nov 2025 pukul 10.11 Lumi <care@lumi.example> menulis:", "Pada 9 Des 2025 pukul 8.00 Lumi <care@lumi.example> menulis:"),
    ],
)  # fmt: skip
def test_another_day_has_the_same_shape(line: str, other: str) -> None:
    assert fits(shape_of(line), other)


@pytest.mark.parametrize(
    "line", ["On Monday I wrote to you at 10:11, and you said:", "----- Other title -----", "", "x"]
)
def test_another_line_has_another_shape(line: str) -> None:
    shape = shape_of("On Mon, 3 Nov 2025 at 10:11, Lumi <care@lumi.example> wrote:")
    assert not fits(shape, line)


def test_a_letter_is_never_cut_to_empty() -> None:
    assert remark(TEXT, (), new_lines=[]) is None
    assert remark(TEXT, (), new_lines=[1]) is None
    opening = shape_of(TEXT.split("\n")[2])
    assert remembered(TEXT.partition("\n\n")[2], (), opening=opening, is_history=True) is None


def test_words_between_quotes_are_not_remembered_as_a_cut() -> None:
    taught = remark(TEXT, (), new_lines=[0, 4])
    assert taught is not None
    assert taught.opening == ""


@pytest.mark.parametrize("lines", [0, 1, 399, 400, 401, 5_000])
def test_a_long_letter_is_shown_in_few_blocks_that_hold_every_line(lines: int) -> None:
    text = "\n".join(f"line {n}" for n in range(lines))
    shown = blocks(text, ())
    assert "\n".join(block.text for block in shown) == text
    assert len(shown) <= MOST_BLOCKS
