"""Probabilities and the log-odds they are added up as."""

import math
from typing import Final

FARTHEST: Final = 8.0


def probability(log_odds: float) -> float:
    """Return the probability behind log-odds, without overflow."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def log_odds(chance: float) -> float:
    """Return the log-odds of a probability, within ±8: nobody is surer than that."""
    kept = min(max(chance, 1e-6), 1 - 1e-6)
    return max(-FARTHEST, min(FARTHEST, math.log(kept / (1 - kept))))
