"""A customer's words are cut into pieces and lose none."""

from hypothesis import given
from hypothesis import strategies as st

from amends.desk.models import Message, MessageReading
from amends.desk.web.shown.marks import RANK, Mark, marked_words, pieces
from amends.text.spans import Span

MARKS = st.lists(
    st.builds(
        lambda start, length, kind: Mark(span=Span(start, start + length), kind=kind, why=kind),
        st.integers(0, 60), st.integers(0, 30), st.sampled_from(sorted(RANK)),
    )
)  # fmt: skip


@given(st.text(max_size=60), MARKS)
def test_whatever_is_marked_every_word_is_still_there_once(text: str, marks: list[Mark]) -> None:
    assert "".join(piece.text for piece in pieces(text, marks)) == text


def test_where_two_marks_meet_the_threat_stays() -> None:
    marks = [Mark(span=Span(0, 8), kind="evidence", why=""), Mark(span=Span(4, 8), kind="threat", why="")]
    assert [(piece.text, piece.kind) for piece in pieces("sue you!", marks)] == [("sue ", ""), ("you!", "threat")]


def test_thanks_are_not_marked_in_the_colour_of_anger() -> None:
    reading = {"evidence": [{"start": 0, "end": 6, "why": "calm"}, {"start": 7, "end": 12, "why": "anger"}]}
    message = Message(new_text="Thanks awful", reading=MessageReading(reading=reading))
    assert [(piece.text, piece.kind) for piece in marked_words(message)] == [("Thanks ", ""), ("awful", "evidence")]
