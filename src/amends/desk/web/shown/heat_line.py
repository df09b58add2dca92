"""The heat line: how upset the customer was at each of their messages, and where we answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext

from amends.desk.models import Message
from amends.desk.web.timing import short_moment
from amends.desk.web.wording import word
from amends.measures.heat import Change

WIDTH: Final = 420
LEFT: Final = 18
TOP: Final = 14
STEP: Final = 13
MOST_FOLLOWED: Final = 3
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
    """The picture in numbers: spots, ticks of our replies with who answered, and a sentence that says the same.

    `followed`: in words, what followed each of the newest of our answers.
    """

    spots: tuple[Spot, ...]
    ticks: tuple[tuple[int, str], ...]
    words: str
    followed: tuple[str, ...] = ()
    floor: int = FLOOR
    width: int = WIDTH
    height: int = FLOOR + 8

    @property
    def way(self) -> str:
        """Return the points of the line through all spots."""
        return " ".join(f"{spot.x},{spot.y}" for spot in self.spots)


def heat_line(messages: Sequence[Message], *, found: Sequence[Change], now: datetime) -> HeatLine | None:
    """Return the line of a case's messages, oldest first; None while one alone makes no line.

    `found`: what followed our answers on the case.
    """
    shown = [m for m in messages if m.direction == Message.Direction.OUT or getattr(m, "reading", None)]
    step = (WIDTH - 2 * LEFT) / max(1, len(shown) - 1)
    spots: list[Spot] = []
    ticks: list[tuple[int, str]] = []
    for place, message in enumerate(shown):
        x = round(LEFT + place * step)
        if message.direction == Message.Direction.OUT:
            ticks.append((x, f"{_who(message)}, {short_moment(message.at, now=now)}"))
        else:
            spots.append(_spot(message, x=x, now=now))
    if not spots or len(shown) < 2:
        return None
    return HeatLine(spots=tuple(spots), ticks=tuple(ticks), words=_words(spots), followed=_followed(shown, found))


def _followed(shown: Sequence[Message], found: Sequence[Change]) -> tuple[str, ...]:
    """Return what followed our answers, the newest few. It is what came after, not proof of what did it."""
    answers = {m.pk: m for m in shown if m.direction == Message.Direction.OUT}
    seen = [change for change in found if change.reply in answers][-MOST_FOLLOWED:]
    return tuple(_said_of(change, answers[change.reply]) for change in seen)


def _said_of(change: Change, answer: Message) -> str:
    how = gettext("calmer") if change.steps < 0 else gettext("more upset") if change.steps else gettext("as before")
    if change.answers > 1:
        # Translators: what followed several answers of ours: "calmer", "more upset" or "as before".
        return gettext("After our answers: %(how)s") % {"how": how}
    # Translators: what followed a colleague's answer: "calmer", "more upset" or "as before".
    return gettext("After the answer by %(who)s: %(how)s") % {"who": _who(answer), "how": how}


def _who(message: Message) -> str:
    return str(message.author or message.sender_name)


def _spot(message: Message, *, x: int, now: datetime) -> Spot:
    intensity = message.reading.intensity
    said = f"{word('intensity', intensity)}, {short_moment(message.at, now=now)}"
    return Spot(x=x, y=TOP + (4 - intensity) * STEP, intensity=intensity, said=said, at=message.at)


def _words(spots: Sequence[Spot]) -> str:
    # Translators: read aloud by screen readers; followed by feelings with their times.
    return gettext("How they felt, message by message: %(spots)s") % {"spots": "; ".join(s.said for s in spots)}
