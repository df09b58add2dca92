"""A mail that carries its words twice, plain and HTML: what the HTML shows as history is history in the plain text."""

from collections.abc import Sequence

from amends.mail.lines import Line, Mark, folds, lines_of, new_words
from amends.mail.quotes import Split

TELLING_LETTERS = 24
COMPARED_LETTERS = 60


def fold_like_html(split: Split, html_lines: Sequence[Line]) -> Split:
    """Return the split of the plain text, improved where it found no history but the HTML has some.

    The beginning of the HTML's history is looked for in the plain text by its letters and digits alone, as the two
    differ in white space, links and line ends. Only a place found after new words counts.
    """
    history = _letters_of([line.text for line in html_lines if line.mark is Mark.HISTORY])
    ours = _letters_of([line.text for line in html_lines if line.mark is Mark.NEW])
    if split.folded or len(history) < TELLING_LETTERS or not ours or html_lines[-1].mark is Mark.NEW:
        return split
    lines = lines_of(split.text)
    start = _line_where(lines, history[:COMPARED_LETTERS])
    if start is None or not any(line.text.strip() for line in lines[:start]):
        return split
    for line in lines[start:]:
        line.mark = Mark.HISTORY
    return Split(text=split.text, new_text=new_words(lines), folded=folds(lines))


def _letters_of(texts: Sequence[str]) -> str:
    return "".join(letter for text in texts for letter in text.lower() if letter.isalnum())


def _line_where(lines: Sequence[Line], wanted: str) -> int | None:
    """Return the line at whose beginning the wanted letters start, None when they are not there."""
    starts: dict[int, int] = {}
    letters = ""
    for number, line in enumerate(lines):
        starts.setdefault(len(letters), number)
        letters += _letters_of([line.text])
    return starts.get(letters.find(wanted))
