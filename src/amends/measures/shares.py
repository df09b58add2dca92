"""A share, with how sure we are of it."""

import math
from dataclasses import dataclass
from typing import Final

Z_95: Final = 1.959964
"""Standard normal quantile of a two-sided 95 % interval."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """`hits` of `n`, 0 ≤ hits ≤ n, with its 95 % Wilson score interval; unknown when n is 0.

    Source: Wilson 1927; Brown, Cai and DasGupta 2001 on why not the textbook interval.
    """

    hits: int
    n: int

    @property
    def value(self) -> float:
        """Return the share in 0–1, NaN when there is nothing to divide by."""
        return self.hits / self.n if self.n else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Return the lowest and highest share that the counts allow; 0 and 1 when there are none."""
        if not self.n:
            return 0.0, 1.0
        middle = self.hits + Z_95**2 / 2
        half = Z_95 * math.sqrt(self.hits * (self.n - self.hits) / self.n + Z_95**2 / 4)
        whole = self.n + Z_95**2
        return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)

    def __str__(self) -> str:
        """Return it as a report shows it: `0.914 [0.86–0.95] n=151`."""
        if not self.n:
            return "not enough data"
        low, high = self.interval
        return f"{self.value:.3f} [{low:.2f}–{high:.2f}] n={self.n}"
