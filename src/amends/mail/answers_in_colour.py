"""Answers that somebody wrote between another's lines in a colour of their own, as people do in Outlook."""

import itertools
import re
from collections.abc import Sequence
from typing import Final

from selectolax.lexbor import LexborNode

from amends.mail.lines import Line, Mark

COLOUR: Final = re.compile(r"(?:^|;)\s{0,9}color\s{0,9}:\s{0,9}([^;]{1,60})", re.IGNORECASE)
SHADES: Final = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})")
VIVID_NAMES: Final = frozenset(
    {"red", "blue", "green", "purple", "magenta", "fuchsia", "orange", "teal", "crimson", "darkred", "darkgreen"}
)
VIVID: Final = 110
"""From the faintest to the strongest of red, green and blue: more than Outlook's own dark blue for replies, #1F497D."""


def is_vivid(node: LexborNode, inherited: bool) -> bool:
    """Return whether words inside an element are in a strong colour; links and headings have theirs from a program."""
    if node.tag == "a":
        return False
    attributes = node.attributes
    written = COLOUR.search(attributes.get("style") or "")
    said = written.group(1) if written else (attributes.get("color") or "") if node.tag == "font" else ""
    return _is_strong(said.strip().lower()) if said.strip() else inherited


def free_answers_in_colour(lines: Sequence[Line]) -> None:
    """Mark as new what stands in colour between plain lines of the same quoted letter.

    One coloured stretch right below the letter's headers is its own heading, and a letter all in colour is nobody's
    answer: every coloured stretch must follow a plain line.
    """
    history = [line for line in lines if line.mark is Mark.HISTORY and not line.blank]
    runs = [(coloured, list(run)) for coloured, run in itertools.groupby(history, key=lambda line: line.coloured)]
    answers = [(runs[at - 1][1][-1], run) for at, (coloured, run) in enumerate(runs) if coloured and at]
    if not answers or runs[0][0] or (len(answers) == 1 and ":" in answers[0][0].text):
        return
    for _, run in answers:
        for line in run:
            line.mark = Mark.NEW


def _is_strong(colour: str) -> bool:
    if colour.split()[0] in VIVID_NAMES:
        return True
    shades = _shades(colour)
    return bool(shades) and max(shades) - min(shades) >= VIVID


def _shades(colour: str) -> list[int]:
    """Return red, green and blue, 0–255, of `#rgb`, `#rrggbb` or `rgb(…)`; nothing of what is none of these."""
    called = SHADES.match(colour)
    if called:
        return [int(shade) for shade in called.groups()]
    digits = re.fullmatch(r"#?([0-9a-f]{3}|[0-9a-f]{6})", colour.split()[0])
    if digits is None:
        return []
    width = len(digits.group(1)) // 3
    return [int(digits.group(1)[at : at + width] * (3 - width), 16) for at in range(0, 3 * width, width)]
