"""Forecast: how likely a promise is kept late, from what happened to promises like it, and why."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

PRIOR: Final = (2.0, 8.0)
"""What we believe of a desk that has kept nothing yet: as if 2 of 10 promises had been late."""
SHRINK: Final = 8.0
"""An owner or a deed is believed on its own as much as on the desk's whole record after so many ended promises."""
EVEN_PACE: Final = 10.0
"""Until promises have ended, those kept in time are taken to end evenly over their time, as if ten had."""
SURE_ENOUGH: Final = 0.01
"""No record makes anything certain: a part of kept promises always ends in the last moment."""
NOTEWORTHY: Final = 0.05
"""A reason is worth saying when the promise would be this much likelier to be in time without it."""


class Because(StrEnum):
    """Why a promise may be late."""

    OWNER = "owner"
    DEED = "deed"
    LOAD = "load"
    ORDER_LATE = "order_late"
    AWAY = "away"
    NOBODYS = "nobodys"
    TIME = "time"


PLAIN: Final = frozenset({Because.ORDER_LATE, Because.AWAY, Because.NOBODYS})
PLAIN_FACT: Final = 0.01
"""Facts that somebody can do something about are said even where they weigh little."""


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Log-odds that each sign adds, fitted on simulated quarters (tools/fit_forecast.py, ADR 0108)."""

    base: float
    deed: float
    owner: float
    load: float
    order_late: float
    away: float
    nobodys: float
    time: float


WEIGHTS: Final = Weights(
    base=0.23, owner=0.42, deed=0.43, load=0.59, order_late=3.0, away=0.23, nobodys=0.10, time=0.50
)
"""As fitted, but for `order_late`: who is told in the simulation that a parcel is late is told the truth (5.6)."""


@dataclass(frozen=True, kw_only=True)
class Past:
    """How many promises ended, and how many of them late or never."""

    late: int = 0
    ended: int = 0


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What is known of an open promise at one moment.

    `desk`, `deed` and `owner` are records of ended promises: all, those of the same deed, those of the same owner.
    `paces` are the shares of their time, 0–1, that promises kept in time took. `used` is the share of its time that
    is over, `days_left` the rest in days. `due_before` counts its owner's other open promises due no later.
    `away_share` is the part of the rest, 0–1, for which its owner is known to be away.
    """

    desk: Past = Past()
    deed: Past = Past()
    owner: Past = Past()
    paces: Sequence[float] = ()
    used: float = 0.0
    days_left: float = 1.0
    due_before: int = 0
    order_late: bool = False
    away_share: float = 0.0
    nobodys: bool = False


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """`late`: the probability, 0–1, that a promise is kept late or never; `because`: what raises it, most first."""

    late: float
    because: tuple[Because, ...]


def forecast(outlook: Outlook, *, weights: Weights = WEIGHTS) -> Forecast:
    """Return how likely a promise that is still open will be late, and what makes it so.

    A promise whose time is over is late: 1.0. Rates are shrunk towards the desk's (beta-binomial), so that one bad day
    of a new colleague says little.
    """
    if outlook.used >= 1:
        return Forecast(late=1.0, because=(Because.TIME,))
    parts = signs(outlook)
    odds = weights.base + _logit(desk_rate(outlook.desk))
    adds = {because: getattr(weights, because) * sign for because, sign in parts.items()}
    odds += sum(adds.values())
    late = _chance(odds)
    gained = {because: late - _chance(odds - add) for because, add in adds.items()}
    said = (because for because, by in gained.items() if by >= (PLAIN_FACT if because in PLAIN else NOTEWORTHY))
    reasons = sorted(said, key=lambda each: -gained[each])
    return Forecast(late=late, because=tuple(reasons))


def signs(outlook: Outlook) -> dict[Because, float]:
    """Return each sign by its size; 0 says nothing either way."""
    usual = desk_rate(outlook.desk)
    return {
        Because.DEED: _logit(shrunk(outlook.deed, towards=usual)) - _logit(usual),
        Because.OWNER: _logit(shrunk(outlook.owner, towards=usual)) - _logit(usual),
        Because.LOAD: math.log1p(outlook.due_before / max(0.25, outlook.days_left)),
        Because.ORDER_LATE: float(outlook.order_late),
        Because.AWAY: outlook.away_share,
        Because.NOBODYS: float(outlook.nobodys),
        Because.TIME: -math.log(still_open(outlook.used, outlook.paces)),
    }


def desk_rate(past: Past) -> float:
    """Return the share of the desk's promises that are late, 0–1, never quite either."""
    late, kept = PRIOR
    return (past.late + late) / (past.ended + late + kept)


def shrunk(past: Past, *, towards: float) -> float:
    """Return a share of late promises, drawn towards a wider one the more, the fewer have ended."""
    return (past.late + SHRINK * towards) / (past.ended + SHRINK)


def still_open(used: float, paces: Sequence[float]) -> float:
    """Return which share of the promises that are kept in time is still open when `used` of their time is over."""
    later = sum(pace > used for pace in paces)
    return max(SURE_ENOUGH, (EVEN_PACE * (1 - used) + later) / (EVEN_PACE + len(paces)))


def _logit(share: float) -> float:
    return math.log(share / (1 - share))


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
