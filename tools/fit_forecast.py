"""Fit the weights of promises/forecast.py on simulated quarters that no report uses, and print them.

    python -m tools.fit_forecast 101 102 103

Ridge logistic regression by Newton steps; a weight below zero is set to 0, for a sign must never speak for a promise.
"""

import random
import sys
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.flow.quarter.desk import LATE, Desk
from amends.flow.quarter.world import leads, people, promises
from amends.promises.forecast import Because, Outlook, desk_rate, signs

PROMISES, AGENTS, RIDGE, STEPS = 1000, 12, 1.0, 30
SIGNS: Final = tuple(Because)
Array = NDArray[np.float64]


def main(seeds: list[int]) -> None:
    """Print a weight a line."""
    rows = [row for seed in seeds for row in _seen(seed)]
    x = np.array([[1.0, *(signs(outlook)[sign] for sign in SIGNS)] for outlook, _ in rows])
    offset = np.array([_logit(desk_rate(outlook.desk)) for outlook, _ in rows])
    weights = _fitted(x, np.array([late for _, late in rows], dtype=float), offset)
    for name, weight in zip(("base", *SIGNS), weights, strict=True):
        print(f"{name} {weight:.3f}")


def _seen(seed: int) -> list[tuple[Outlook, bool]]:
    chance = random.Random(seed)
    staff, heads = people(AGENTS, chance), leads(chance)
    desk = Desk(promises(PROMISES, staff, chance), staff, heads, looks_ahead=False, seed=seed)
    late = {entry.id: entry.state in LATE for entry in desk.run()}
    return [(outlook, late[number]) for number, outlook, _ in desk.foreseen]


def _fitted(x: Array, y: Array, offset: Array) -> Array:
    used = np.ones(x.shape[1], dtype=bool)
    while True:
        weights = np.zeros(x.shape[1])
        weights[used] = _newton(x[:, used], y, offset)
        against = (weights < 0) & (np.arange(len(weights)) > 0)
        if not against.any():
            return weights
        used &= ~against


def _newton(x: Array, y: Array, offset: Array) -> Array:
    weights = np.zeros(x.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-(offset + x @ weights)))
        slope = x.T @ (y - chance) - RIDGE * weights
        bend = (x * (chance * (1 - chance))[:, None]).T @ x + RIDGE * np.eye(len(weights))
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def _logit(share: float) -> float:
    return float(np.log(share / (1 - share)))


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or list(range(101, 109)))
