"""The heat line: how upset the customer was at each of their messages, and where we answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext

from amends.desk.models import Message
from amends.desk.web.timing import short_moment
from amends.desk.web.wording import word

WIDTH: Final = 420
LEFT: Final = 18
TOP: Final = 14
STEP: Final = 13
FLOOR: Final = TOP + 4 * STEP + 10


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One message of the customer on the line; `x` and `y` in the units of the picture."""

    x: int
    y: int
    intensity: int
    said: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class HeatLine:
    """The picture in numbers: spots, ticks of our replies, and a sentence that says the same."""

    spots: tuple[Spot, ...]
    ticks: tuple[int, ...]
    words: str
    floor: int = FLOOR
    width: int = WIDTH
    height: int = FLOOR + 18

    @property
    def way(self) -> str:
        """Return the points of the line through all spots."""
        return " ".join(f"{spot.x},{spot.y}" for spot in self.spots)


def heat_line(messages: Sequence[Message], *, now: datetime) -> HeatLine | None:
    """Return the line of a case's messages, oldest first; None while one alone makes no line."""
    shown = [m for m in messages if m.direction == Message.Direction.OUT or getattr(m, "reading", None)]
    step = (WIDTH - 2 * LEFT) / max(1, len(shown) - 1)
    spots: list[Spot] = []
    ticks: list[int] = []
    for place, message in enumerate(shown):
        x = round(LEFT + place * step)
        if message.direction == Message.Direction.OUT:
            ticks.append(x)
        else:
            spots.append(_spot(message, x=x, now=now))
    return HeatLine(spots=tuple(spots), ticks=tuple(ticks), words=_words(spots)) if spots and len(shown) > 1 else None


def _spot(message: Message, *, x: int, now: datetime) -> Spot:
    intensity = message.reading.intensity
    said = f"{word('intensity', intensity)}, {short_moment(message.at, now=now)}"
    return Spot(x=x, y=TOP + (4 - intensity) * STEP, intensity=intensity, said=said, at=message.at)


def _words(spots: Sequence[Spot]) -> str:
    # Translators: read aloud by screen readers; followed by feelings with their times.
    return gettext("How they felt, message by message: %(spots)s") % {"spots": "; ".join(s.said for s in spots)}
