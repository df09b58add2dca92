"""A mail that carries its words twice, plain and HTML: what the HTML's makers marked is marked in the plain text."""

import itertools
import re
from collections.abc import Iterator, Sequence

from amends.mail.lines import Line, Mark
from amends.mail.signatures import DELIMITER, RULE

COMPARED_LETTERS = 24
MOST_STRETCHES = 400
MOST_LIKENESSES = 200
LINK = re.compile(r"<https?://[^<>\s]{1,2000}>")


def mark_like_html(lines: Sequence[Line], html_lines: Sequence[Line]) -> None:
    """Mark plain lines as the HTML of the same mail marks them.

    Every stretch of one mark is looked for in the plain text, in order, by its first letters and digits alone, as the
    two differ in white space, links and line ends. Only when all are found is anything marked: half a likeness would
    fold somebody's words. When some are not, the first stretch of history alone is tried.
    """
    stretches = list(_stretches(html_lines))
    if all(mark is Mark.NEW for mark, _ in stretches) or len(stretches) > MOST_STRETCHES:
        return
    starts = _Starts(lines)
    places = [starts.find(letters) for _, letters in stretches]
    if None not in places:
        _mark(lines, [(place, mark) for place, (mark, _) in zip(places, stretches, strict=True) if place is not None])
    elif html_lines[-1].mark is not Mark.NEW:
        _mark_last_history(lines, stretches)


def _mark_last_history(lines: Sequence[Line], stretches: Sequence[tuple[Mark, str]]) -> None:
    """Mark from where the only history begins, when the stretches around it could not be found."""
    histories = [letters for mark, letters in stretches if mark is Mark.HISTORY]
    place = _Starts(lines).find(histories[0]) if len(histories) == 1 else None
    if place is not None and len(histories[0]) == COMPARED_LETTERS:
        _mark(lines, [(0, Mark.NEW), (place, Mark.HISTORY)])


def _stretches(html_lines: Sequence[Line]) -> Iterator[tuple[Mark, str]]:
    """Return the runs of one mark that hold letters, each with its first ones."""
    written = [(line.mark, letters) for line in html_lines if (letters := _letters_of(line.text))]
    for mark, run in itertools.groupby(written, key=lambda pair: pair[0]):
        yield mark, "".join(letters for _, letters in run)[:COMPARED_LETTERS]


class _Starts:
    """The letters of a text, and which line begins where among them; places are found one after the other."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.line_at: dict[int, int] = {}
        self.letters = ""
        self.passed = 0
        pieces: list[str] = []
        place = 0
        for number, line in enumerate(lines):
            pieces.append(_letters_of(line.text))
            if pieces[-1]:
                self.line_at[place] = number
            place += len(pieces[-1])
        self.letters = "".join(pieces)

    def find(self, wanted: str) -> int | None:
        """Return the next line that begins with the wanted letters."""
        found = self.passed - 1
        for _ in range(MOST_LIKENESSES):
            found = self.letters.find(wanted, found + 1)
            if found < 0:
                return None
            if found in self.line_at:
                self.passed = found + len(wanted)
                return self.line_at[found]
        return None


def _letters_of(text: str) -> str:
    """Return letters and digits alone; where a link leads, `<https://…>`, only one of the two forms may say."""
    bare = LINK.sub("", text) if "<http" in text else text
    return "".join(letter for letter in bare.lower() if letter.isalnum())


def _mark(lines: Sequence[Line], beginnings: Sequence[tuple[int, Mark]]) -> None:
    """Mark from each beginning, with the rules and blank lines above it, to the next."""
    starts = [_above_rules(lines, place) for place, _ in beginnings]
    for start, end, (_, mark) in zip(starts, [*starts[1:], len(lines)], beginnings, strict=True):
        for line in lines[start:end]:
            line.mark = mark


def _above_rules(lines: Sequence[Line], place: int) -> int:
    while place > 0 and (lines[place - 1].blank or _is_rule(lines[place - 1].text)):
        place -= 1
    return place


def _is_rule(text: str) -> bool:
    return bool(RULE.fullmatch(text) or DELIMITER.fullmatch(text))
