"""How well a score tells yes from no."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from amends.measures.shares import Z_95


@dataclass(frozen=True, kw_only=True)
class Area:
    """The area under the ROC curve: how often a yes scores above a no, 0–1; `half` its 95 % interval's half width.

    Source of the interval: Hanley and McNeil 1982.
    """

    value: float
    half: float
    n: int

    def __str__(self) -> str:
        """Return it as a report shows it: `0.961 ± 0.040 n=80`."""
        return f"{self.value:.3f} ± {self.half:.3f} n={self.n}" if self.n else "not enough data"


def auroc(scores: Sequence[float], labels: Sequence[bool]) -> Area:
    """Return how often a yes scores above a no; ties count half. Unknown (NaN, n 0) without both."""
    yes = sum(labels)
    no = len(labels) - yes
    if not yes or not no:
        return Area(value=math.nan, half=math.nan, n=0)
    ranks = _ranks(scores)
    won = sum(rank for rank, label in zip(ranks, labels, strict=True) if label) - yes * (yes + 1) / 2
    area = won / (yes * no)
    q1, q2 = area / (2 - area), 2 * area**2 / (1 + area)
    spread = area * (1 - area) + (yes - 1) * (q1 - area**2) + (no - 1) * (q2 - area**2)
    return Area(value=area, half=Z_95 * math.sqrt(max(0.0, spread) / (yes * no)), n=len(labels))


def calibration_error(probabilities: Sequence[float], labels: Sequence[bool], *, bins: int = 5) -> float:
    """Return how far stated probabilities lie from what came true, 0–1, over `bins` bins of equal width."""
    gaps = [0.0] * bins
    for stated, came_true in zip(probabilities, labels, strict=True):
        gaps[min(int(stated * bins), bins - 1)] += stated - came_true
    return sum(abs(gap) for gap in gaps) / len(labels) if labels else math.nan


def quadratic_kappa(given: Sequence[int], true: Sequence[int], *, steps: int) -> float:
    """Return agreement on a scale 0 … steps-1 beyond chance, far misses counting by their square (Cohen 1968)."""
    seen, wanted = [given.count(k) for k in range(steps)], [true.count(k) for k in range(steps)]
    missed = sum((a - b) ** 2 for a, b in zip(given, true, strict=True))
    by_chance = sum(seen[a] * wanted[b] * (a - b) ** 2 for a in range(steps) for b in range(steps)) / max(1, len(true))
    return 1 - missed / by_chance if by_chance else math.nan


def _ranks(scores: Sequence[float]) -> list[float]:
    """Return the rank of each score from 1; equal scores share the mean of theirs."""
    order = sorted(range(len(scores)), key=scores.__getitem__)
    ranks, start = [0.0] * len(scores), 0
    while start < len(order):
        end = start
        while end < len(order) and scores[order[end]] == scores[order[start]]:
            end += 1
        for place in order[start:end]:
            ranks[place] = (start + 1 + end) / 2
        start = end
    return ranks
