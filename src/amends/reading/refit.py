"""The reader adjusted to one desk: what its people corrected moves how hot it reads, if that holds on other messages.

One slope and four shifts a language, on the log-odds of the reader as released; drawn towards leaving it alone. Why so
little: docs/decisions/0122.
"""

import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.reading.calibrate import intensity_of
from amends.reading.odds import log_odds, probability
from amends.reading.values import Reading
from amends.vocabulary import Intensity

FEWEST_CORRECTED: Final = 60
FEWEST_HELD: Final = 30
STANDING_A_CORRECTION: Final = 3
"""Words that a person answered and left as read count as read rightly, at most so many for each correction: without
them, a reader that is mostly right would be bent to its few faults."""
HELD_OF: Final = 3
WEIGHT_OF_RELEASED: Final = 20.0
"""How many messages it takes to outweigh the reader as released."""
SLOPES: Final = (0.25, 4.0)
ROUNDS: Final = 30

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Adjustment:
    """What is done to the log-odds that intensity is at least 1, 2, 3 and 4: times `slope`, plus each its shift."""

    slope: float = 1.0
    shifts: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)

    def at_least(self, released: Sequence[float]) -> tuple[float, ...]:
        """Return the four probabilities from those of the reader as released; they never rise with the step."""
        moved = (self.slope * log_odds(chance) + by for chance, by in zip(released, self.shifts, strict=True))
        return tuple(accumulate(map(probability, moved), min))

    def applied(self, reading: Reading) -> Reading:
        """Return a reading with its heat adjusted; one that does not tell its four probabilities stays as it is."""
        if not reading.at_least:
            return reading
        steps = self.at_least(reading.at_least)
        return replace(reading, anger=steps[1], intensity=intensity_of(steps), at_least=steps)


AS_RELEASED: Final = Adjustment()


@dataclass(frozen=True, kw_only=True)
class Label:
    """One message: `released` says the four probabilities as released, `intensity` what a person made of it.

    `key` decides for good whether it is learnt from or held out.
    """

    key: str
    released: tuple[float, ...]
    intensity: Intensity

    @property
    def is_held(self) -> bool:
        """Return whether it is kept to judge by, one in three."""
        return zlib.crc32(self.key.encode()) % HELD_OF == 0


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How held-out messages are read: `loss` is the mean log loss of the four steps, the others are shares, 0–1.

    `said_angry` is what the reader states on average, `were_angry` what people say.
    """

    loss: float
    exact: float
    within_one: float
    said_angry: float
    were_angry: float


class Outcome(StrEnum):
    """What became of a refit. Only a better one may be used."""

    BETTER = "better"
    NO_BETTER = "no_better"
    NOT_ENOUGH = "not_enough"


@dataclass(frozen=True, kw_only=True)
class Refit:
    """One attempt: `learnt` and `held` are numbers of messages. Without enough of them nothing was tried."""

    outcome: Outcome
    learnt: int
    held: int
    adjustment: Adjustment = AS_RELEASED
    before: Figures | None = None
    after: Figures | None = None


def refit(corrected: Sequence[Label], standing: Sequence[Label], *, now_used: Adjustment = AS_RELEASED) -> Refit:
    """Return an adjustment learnt from two thirds of the messages and judged on the third it has not seen.

    `corrected`: messages whose intensity a person set; `standing`: answered ones that nobody corrected, newest first.
    Better means: the loss of the held-out third falls by more than its own standard error against `now_used`, and no
    fewer are read within one step.
    """
    labels = [*corrected, *standing[: STANDING_A_CORRECTION * len(corrected)]]
    held = [label for label in labels if label.is_held]
    learnt = [label for label in labels if not label.is_held]
    if len(corrected) < FEWEST_CORRECTED or len(held) < FEWEST_HELD:
        return Refit(outcome=Outcome.NOT_ENOUGH, learnt=len(learnt), held=len(held))
    found = fitted(learnt)
    before, after = figures(held, now_used), figures(held, found)
    gains = _losses(held, now_used) - _losses(held, found)
    sure = float(gains.mean()) > float(gains.std(ddof=1)) / math.sqrt(len(gains))
    better = sure and after.within_one >= before.within_one
    return Refit(
        outcome=Outcome.BETTER if better else Outcome.NO_BETTER,
        learnt=len(learnt), held=len(held), adjustment=found, before=before, after=after,
    )  # fmt: skip


def fitted(labels: Sequence[Label]) -> Adjustment:
    """Return the adjustment under which these labels are likeliest, drawn towards none (Newton's method)."""
    odds, reached = _odds(labels), _reached(labels)
    values = np.zeros(5)
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(odds * (1 + values[0]) + values[1:], -30, 30)))
        missed, spread = chance - reached, chance * (1 - chance)
        slope = np.array([(missed * odds).sum(), *missed.sum(axis=0)]) + WEIGHT_OF_RELEASED * values
        bend = np.diag([(spread * odds**2).sum(), *spread.sum(axis=0)]) + WEIGHT_OF_RELEASED * np.eye(5)
        bend[0, 1:] = bend[1:, 0] = (spread * odds).sum(axis=0)
        # Half a step at most along each axis: a full one may leap over the hill when few labels are far off.
        values = values - np.clip(np.linalg.solve(bend, slope), -0.5, 0.5)
    least, most = SLOPES
    return Adjustment(slope=min(most, max(least, 1 + float(values[0]))), shifts=tuple(values[1:].tolist()))


def figures(labels: Sequence[Label], by: Adjustment) -> Figures:
    """Return how an adjustment reads these messages."""
    chances = [by.at_least(label.released) for label in labels]
    off = [abs(intensity_of(chance) - label.intensity) for chance, label in zip(chances, labels, strict=True)]
    return Figures(
        loss=float(_losses(labels, by).mean()),
        exact=sum(each == 0 for each in off) / len(labels),
        within_one=sum(each <= 1 for each in off) / len(labels),
        said_angry=sum(chance[1] for chance in chances) / len(labels),
        were_angry=sum(label.intensity >= Intensity.ANNOYED for label in labels) / len(labels),
    )


def _losses(labels: Sequence[Label], by: Adjustment) -> Array:
    """Return the log loss of each message, mean over its four steps."""
    stated = np.clip(np.array([by.at_least(label.released) for label in labels]), 1e-6, 1 - 1e-6)
    reached = _reached(labels)
    losses: Array = -(reached * np.log(stated) + (1 - reached) * np.log(1 - stated)).mean(axis=1)
    return losses


def _odds(labels: Sequence[Label]) -> Array:
    return np.array([[log_odds(chance) for chance in label.released] for label in labels])


def _reached(labels: Sequence[Label]) -> Array:
    return np.array([[float(label.intensity >= step) for step in range(1, 5)] for label in labels])
