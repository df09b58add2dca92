"""The Date header in all the forms that programs have given it."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

LONGEST: Final = 100
YEARS: Final = range(1970, 2200)
"""Beyond, it is no date of a mail but a broken clock, and no database could turn it to another zone."""
ISO: Final = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d{1,9})? ?(Z|[+\-]\d\d:?\d\d)?")
NAMED_OFFSET: Final = re.compile(r"\b(?:GMT|UTC) ?([+\-])(\d{1,2})(?::?(\d\d))?\b")
COLON_IN_OFFSET: Final = re.compile(r"([+\-]\d\d):(\d\d)\b")
# Thai programs write the year of the Buddha, 543 ahead.
BUDDHIST_YEAR: Final = re.compile(r"(?<![+\-:.\d])(2[56]\d\d)(?![:.\d])")
BUDDHIST_AHEAD: Final = 543


def moment(value: str) -> datetime | None:
    """Return a Date header as an aware time, UTC when it names no offset; None when it is no date of a mail."""
    plain = BUDDHIST_YEAR.sub(lambda year: str(int(year.group()) - BUDDHIST_AHEAD), " ".join(value[:LONGEST].split()))
    try:
        read = _iso(plain) or parsedate_to_datetime(COLON_IN_OFFSET.sub(r"\1\2", NAMED_OFFSET.sub(_offset, plain)))
        aware = read.replace(tzinfo=UTC) if read.tzinfo is None else read
        return aware if aware.astimezone(UTC).year in YEARS else None
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None


def _iso(value: str) -> datetime | None:
    found = ISO.match(value)
    return datetime.fromisoformat(f"{found.group(1)}T{found.group(2)}{found.group(3) or ''}") if found else None


def _offset(named: re.Match[str]) -> str:
    sign, hours, minutes = named.groups()
    return f"{sign}{hours:0>2}{minutes or '00'}"
