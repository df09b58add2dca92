"""What went wrong: the causes a writer reports, the one they protest about now first."""

import math
from collections.abc import Mapping
from typing import Final

from amends.reading.cues import Found
from amends.reading.values import Cause
from amends.reading.weighing import weights
from amends.text.spans import Span
from amends.vocabulary import CauseKind

KINDS: Final = tuple(CauseKind)
_NAMED: Final = tuple((kind, f"cause.{kind}", f"letters.cause.{kind}") for kind in KINDS)
LEAST_CHANCE: Final = 0.15
# Lower than one half: a mild report of trouble is still a report. Of messages at .2 to .35 about half are complaints.
LEAST_COMPLAINT: Final = 0.2


def causes(
    found: Found,
    *,
    complaint: float,
    said: Mapping[str, float],
    heard: Mapping[str, float],
    like: Mapping[str, float] | None = None,
) -> tuple[Cause, ...]:
    """Return the causes, most likely first, weighed from up to three sides.

    `complaint` (0–1) weighs them all: a text that complains of nothing has no cause. `said`: what all words speak for
    (`claims.spoken`). `heard`: the letters' scores as spreads (`letters.cause.late`), empty where none were taught.
    `like`: what the message is told like, with an encoder.
    The first is always named; others only when likely.
    """
    if complaint < LEAST_COMPLAINT:
        return ()
    table, alike = weights("cause", full=bool(like)), like or {}
    likely = {
        kind: table.told(kind, letters=heard.get(letters, 0.0), cues=said[name], alike=alike.get(name, 0.0))
        for kind, name, letters in _NAMED
    }
    highest = max(likely.values())
    share = {kind: math.exp(value - highest) for kind, value in likely.items()}
    total = sum(share.values())
    ranked = sorted(((part / total, kind) for kind, part in share.items()), reverse=True)
    kept = [pair for place, pair in enumerate(ranked) if place == 0 or pair[0] >= LEAST_CHANCE]
    return tuple(Cause(kind=kind, confidence=complaint * part, span=_place(kind, found)) for part, kind in kept)


def reported(found: Found) -> int:
    """Return how many kinds of trouble the text clearly names."""
    return len({hit.group for hit in found.under("cause.") if hit.group.endswith(".clear")})


def _place(kind: CauseKind, found: Found) -> Span | None:
    hits = found.by_group.get(f"cause.{kind}.clear") or found.by_group.get(f"cause.{kind}.hint")
    return hits[0].span if hits else None
