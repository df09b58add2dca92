"""Where a statement ends that nothing but a space parts from the next, as in Thai: heard in the letters on both sides.

A space stands in Thai between two statements, and inside one as well. `languages/<tag>/breaks.tsv` holds what each
sign weighs; tools/train_breaks.py weighs them (ADR 0175).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

SPACE = re.compile(r"(?<=\S) +(?=\S)")
NEAR = 8
"""Letters right before a space and right behind it that are looked at …"""
FAR = range(2, 7)
"""… and how many of those with which the words before it begin, and the words behind it end."""
STEP, STEPS = 6, 10
WIDE_STEP, WIDE_STEPS = 10, 6
LEAST = 0.4
"""Log-odds from which a statement ends: patterns lose more by a statement cut than by two that stay together."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Breaks:
    """What the signs of a space weigh, in log-odds that a statement ends there; `usual` is what no sign says."""

    weights: Mapping[str, float]
    usual: float

    def ends(self, text: str) -> Iterator[int]:
        """Yield the place behind every space of `text` where one statement ends and the next begins."""
        for space in SPACE.finditer(text):
            if self.odds(signs(text, space)) >= LEAST:
                yield space.end()

    def odds(self, seen: Iterable[str]) -> float:
        """Return the log-odds that a statement ends at a space of these signs."""
        return self.usual + sum(self.weights.get(sign, 0.0) for sign in seen)


def signs(text: str, space: "re.Match[str]") -> list[str]:
    """Return what is seen of a space: the letters and the lengths of the words on both sides, digits and scripts."""
    before, behind = _run_before(text, space.start()), _run_behind(text, space.end())
    sides = (
        ("l", [before[-n:] for n in range(1, NEAR + 1)]),
        ("r", [behind[:n] for n in range(1, NEAR + 1)]),
        ("s", [before[:n] for n in FAR]),
        ("e", [behind[-n:] for n in FAR]),
    )
    seen = [side + letters for side, every in sides for letters in dict.fromkeys(every)]
    return [*seen, *_sizes(len(before), len(behind)), _kinds(before[-1], behind[0])]


def _run_before(text: str, place: int) -> str:
    """Return the words before a place, back to a space or a line break; a number or a foreign word goes with them."""
    start, first = place, text.rfind("\n", 0, place) + 1
    while start > first and text[start:place].isascii():
        start = max(first, text.rfind(" ", 0, start - 1) + 1)
    return text[start:place]


def _run_behind(text: str, place: int) -> str:
    end, last = place, _at(text, "\n", place)
    while end < last and text[place:end].isascii():
        end = min(last, _at(text, " ", end + 1))
    return text[place:end]


def _at(text: str, mark: str, place: int) -> int:
    """Return where a mark stands next, the end of the text where it stands nowhere."""
    found = text.find(mark, place)
    return len(text) if found < 0 else found


def _sizes(before: int, behind: int) -> tuple[str, ...]:
    one, other = min(before // STEP, STEPS), min(behind // STEP, STEPS)
    wide = min(before // WIDE_STEP, WIDE_STEPS), min(behind // WIDE_STEP, WIDE_STEPS)
    return f"<{one}", f">{other}", f"<{wide[0]}>{wide[1]}"


def _kinds(last: str, first: str) -> str:
    return "".join("d" if letter.isdigit() else "a" if letter.isascii() else "-" for letter in (last, first))
