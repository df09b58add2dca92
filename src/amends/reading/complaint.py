"""What went wrong: the causes a writer reports, the one they protest about now first."""

import math
from collections.abc import Mapping
from functools import cache
from typing import Final

from amends.reading.cues import Found
from amends.reading.encoder import Sensed
from amends.reading.fitted import fitted
from amends.reading.values import Cause
from amends.text.spans import Span
from amends.vocabulary import CauseKind

MOST_COUNTED: Final = 2
LEAST_CHANCE: Final = 0.15
# Lower than one half: a mild report of trouble is still a report.
LEAST_COMPLAINT: Final = 0.35


def causes(
    found: Found, *, complaint: float, heard: Mapping[str, float], sensed: Sensed | None = None
) -> tuple[Cause, ...]:
    """Return the causes, most likely first: what the phrasebook names and what the letters hear, weighed.

    `complaint` (0–1) weighs them all: a text that complains of nothing has no cause. `heard`: the letters' scores as
    spreads (`letters.cause.late`), empty where none were taught. `sensed`: what the encoder's heads say, if they ran.
    The first is always named; others only when likely.
    """
    if complaint < LEAST_COMPLAINT:
        return ()
    odds = {kind: odds_of(kind, found, heard) for kind in CauseKind}
    if sensed:
        odds = {kind: sensed.cause_odds(kind, quick) for kind, quick in odds.items()}
    highest = max(odds.values())
    share = {kind: math.exp(value - highest) for kind, value in odds.items()}
    total = sum(share.values())
    ranked = sorted(((part / total, kind) for kind, part in share.items()), reverse=True)
    kept = [pair for place, pair in enumerate(ranked) if place == 0 or pair[0] >= LEAST_CHANCE]
    return tuple(Cause(kind=kind, confidence=complaint * part, span=_place(kind, found)) for part, kind in kept)


def odds_of(kind: CauseKind, found: Found, heard: Mapping[str, float]) -> float:
    """Return how much speaks for one cause, as log-odds up to a constant."""
    weights, bias = _weights()
    parts = evidence_of(kind, found, heard)
    return bias[kind] + sum(weights[name] * value for name, value in parts.items())


def evidence_of(kind: CauseKind, found: Found, heard: Mapping[str, float]) -> dict[str, float]:
    """Return what speaks for one cause: clear words, hints, and what the letters hear."""
    clear = min(MOST_COUNTED, found.count(f"cause.{kind}.clear"))
    hint = min(MOST_COUNTED, found.count(f"cause.{kind}.hint"))
    return {"clear": math.sqrt(clear), "hint": math.sqrt(hint), "letters": heard.get(f"letters.cause.{kind}", 0.0)}


def reported(found: Found) -> int:
    """Return how many kinds of trouble the text clearly names."""
    return len({hit.group for hit in found.under("cause.") if hit.group.endswith(".clear")})


@cache
def _weights() -> tuple[dict[str, float], dict[CauseKind, float]]:
    stored = fitted()["cause"]
    return stored["weights"], {CauseKind(kind): value for kind, value in stored["bias"].items()}


def _place(kind: CauseKind, found: Found) -> Span | None:
    hits = found.by_group.get(f"cause.{kind}.clear") or found.by_group.get(f"cause.{kind}.hint")
    return hits[0].span if hits else None
