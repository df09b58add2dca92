"""How long things take: the middle, and what one in twenty exceeds."""

import statistics
from collections.abc import Sequence


def p50(times: Sequence[float]) -> float:
    """Return the median, in the unit given. Raises StatisticsError without times."""
    return statistics.median(times)


def p95(times: Sequence[float]) -> float:
    """Return what one in twenty exceeds, in the unit given; of a single time, that time."""
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
