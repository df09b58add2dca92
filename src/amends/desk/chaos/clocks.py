"""How a clock jumps: by days, over the hours of summer time, by a leap second."""

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

HELSINKI: Final = ZoneInfo("Europe/Helsinki")
SUMMER_ENDS: Final = datetime(2026, 10, 25, 0, 59, 58, tzinfo=UTC)
SUMMER_BEGINS: Final = datetime(2027, 3, 28, 0, 59, 58, tzinfo=UTC)
LEAP: Final = datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)


def jumps(present: datetime) -> dict[str, tuple[timedelta, ...]]:
    """Return by how much the clock is wrong, one after the other, for each kind of jump."""
    leap = LEAP - present
    return {
        "a day ahead and back": (timedelta(days=1), timedelta()),
        "a day behind and back": (-timedelta(days=1), timedelta()),
        "over the end of summer time": (SUMMER_ENDS - present, SUMMER_ENDS - present + timedelta(hours=1)),
        "over the beginning of summer time": (SUMMER_BEGINS - present, SUMMER_BEGINS - present + timedelta(hours=1)),
        "local time taken for UTC, and mended": (present.astimezone(HELSINKI).utcoffset() or timedelta(), timedelta()),
        "a second told twice": (leap, leap - timedelta(seconds=1)),
        "right again": (timedelta(),),
    }
