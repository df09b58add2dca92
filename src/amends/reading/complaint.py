"""What went wrong: the causes a writer reports, the one they protest about now first."""

import math
from typing import Final

from amends.reading.cues import Found
from amends.reading.values import Cause
from amends.text.spans import Span
from amends.vocabulary import CauseKind

CLEAR: Final = 1.0
HINT: Final = 0.3
MOST_COUNTED: Final = 2
LEAST_SCORE: Final = 0.6
# Lower than one half: a mild report of trouble is still a report.
LEAST_COMPLAINT: Final = 0.35
# Silence and rudeness often come on top of the trouble itself; money withheld is what they protest about now.
WEIGHT: Final = {
    CauseKind.NO_ANSWER: 0.75,
    CauseKind.REFUND: 1.2,
    CauseKind.RUDE_STAFF: 1.15,
    CauseKind.WARRANTY: 1.2,
    CauseKind.CANCELLATION: 1.1,
    CauseKind.WRONG_ITEM: 1.1,
    CauseKind.MISLEADING: 1.05,
    CauseKind.DAMAGED: 1.05,
    CauseKind.LATE: 0.95,
}


def causes(found: Found, *, complaint: float) -> tuple[Cause, ...]:
    """Return the causes, most likely first; `other` when something is wrong that no group names.

    `complaint` (0–1) weighs them all: a text that complains of nothing has no cause.
    """
    if complaint < LEAST_COMPLAINT:
        return ()
    scored = [(_score(kind, found), kind) for kind in CauseKind if kind is not CauseKind.OTHER]
    strong = sorted((score, kind) for score, kind in scored if score >= LEAST_SCORE)[::-1]
    if not strong:
        strong = sorted((score, kind) for score, kind in scored if score > 0)[-1:]
    total = sum(score for score, _ in strong) + 0.3
    named = [Cause(kind=kind, confidence=complaint * score / total, span=_place(kind, found)) for score, kind in strong]
    return tuple(named) or (Cause(kind=CauseKind.OTHER, confidence=complaint * 0.5),)


def reported(found: Found) -> int:
    """Return how many kinds of trouble the text clearly names."""
    return len({hit.group for hit in found.under("cause.") if hit.group.endswith(".clear")})


def _score(kind: CauseKind, found: Found) -> float:
    clear = min(MOST_COUNTED, found.count(f"cause.{kind}.clear"))
    hint = min(MOST_COUNTED, found.count(f"cause.{kind}.hint"))
    return WEIGHT.get(kind, 1.0) * (CLEAR * math.sqrt(clear) + HINT * hint)


def _place(kind: CauseKind, found: Found) -> Span | None:
    hits = found.by_group.get(f"cause.{kind}.clear") or found.by_group.get(f"cause.{kind}.hint")
    return hits[0].span if hits else None
