"""An invitation in words: what, when, where, whose (RFC 5545), as far as one line of text can tell."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

LONGEST: Final = 200_000
MOST_EVENTS: Final = 5
LINE: Final = re.compile(r"([A-Za-z\-]{1,40})((?:;[^:;\"\n]{0,200}(?:\"[^\"\n]{0,200}\")?){0,10}):(.{0,1000})")
STAMP: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(?:\d\d)?(Z?))?")
ZONE: Final = re.compile(r";TZID=\"?([^;\":]{1,60})", re.IGNORECASE)
ANSWER: Final = re.compile(r";PARTSTAT=([A-Za-z\-]{1,20})", re.IGNORECASE)
ESCAPED: Final = {"n": "\n", "N": "\n"}


class Entry(NamedTuple):
    """One content line: name in capitals, its parameters as written, its value."""

    name: str
    about: str
    value: str


def words_of_calendar(text: str) -> str:
    """Return one line an event: `[calendar, request: Visit; 2026-11-20 10:00 – 11:00 (Asia/Bangkok); Shop 2]`.

    Times stand as written, with their zone; "" when nothing can be told.
    """
    entries = list(_entries(text[:LONGEST]))
    method = next((entry.value.strip().lower() for entry in entries if entry.name == "METHOD"), "")
    head = f"calendar, {method}" if re.fullmatch(r"[a-z\-]{1,20}", method) else "calendar"
    return "\n".join(f"[{head}: {told}]" for told in _events(entries))


def _entries(text: str) -> Iterator[Entry]:
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        if found := LINE.match(line):
            yield Entry(found.group(1).upper(), found.group(2), found.group(3))


def _events(entries: list[Entry]) -> Iterator[str]:
    found: dict[str, Entry] = {}
    told, inside = 0, False
    for entry in entries:
        if entry.name == "BEGIN" and entry.value.strip().upper() in ("VEVENT", "VTODO"):
            found, inside = {}, True
        elif entry.name == "END" and inside and entry.value.strip().upper() in ("VEVENT", "VTODO"):
            inside = False
            if (words := _told(found)) and (told := told + 1) <= MOST_EVENTS:
                yield words
        elif inside:
            found.setdefault(entry.name, entry)


def _told(event: dict[str, Entry]) -> str:
    when = " – ".join(filter(None, (_when(event.get("DTSTART")), _when(event.get("DTEND")))))
    attendee = event.get("ATTENDEE")
    answer = ANSWER.search(attendee.about) if attendee else None
    told = (
        _plain(event.get("SUMMARY")),
        when,
        _plain(event.get("LOCATION")),
        answer.group(1).lower() if answer else "",
    )
    return "; ".join(filter(None, told))


def _when(entry: Entry | None) -> str:
    stamp = STAMP.match(entry.value) if entry else None
    if entry is None or stamp is None:
        return ""
    year, month, day, hour, minute, utc = stamp.groups()
    zone = ZONE.search(entry.about)
    named = "UTC" if utc else zone.group(1) if zone else ""
    clock = f" {hour}:{minute}" if hour else ""
    return f"{year}-{month}-{day}{clock}" + (f" ({named})" if named and hour else "")


def _plain(entry: Entry | None) -> str:
    if entry is None:
        return ""
    value = re.sub(r"\\(.)", lambda sign: ESCAPED.get(sign.group(1), sign.group(1)), entry.value)
    return " ".join(value.split())[:300]
