"""dateparser and parsedatetime on the lines of `amends bench promises`: run by a Python that has them, nothing of ours.

Reads JSON Lines {"text", "at", "language"} and prints one JSON list a line: [CPU milliseconds, [ISO 8601 moment, …]].
The first line is answered once beforehand, so that loading is not counted.
"""

import importlib
import json
import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

Times = Callable[[str, datetime, str], list[datetime]]


def dateparser_times() -> Times:
    """Return how dateparser finds times, asked for the future and told the language."""
    search: Any = importlib.import_module("dateparser.search").search_dates

    def found(text: str, at: datetime, language: str) -> list[datetime]:
        settings = {"RELATIVE_BASE": at.replace(tzinfo=None), "PREFER_DATES_FROM": "future"}
        return [moment for _words, moment in search(text, languages=[language], settings=settings) or ()]

    return found


def parsedatetime_times() -> Times:
    """Return how parsedatetime finds times."""
    calendar: Any = importlib.import_module("parsedatetime").Calendar()

    def found(text: str, at: datetime, language: str) -> list[datetime]:
        return [each[0] for each in calendar.nlp(text, sourceTime=at.replace(tzinfo=None)) or ()]

    return found


PEERS = {"dateparser": dateparser_times, "parsedatetime": parsedatetime_times}


def main(name: str) -> None:
    """Answer standard input line by line."""
    times, rows = PEERS[name](), [json.loads(line) for line in sys.stdin]
    for row in rows[:1]:
        times(row["text"], datetime.fromisoformat(row["at"]), row["language"])
    for row in rows:
        at, before = datetime.fromisoformat(row["at"]), time.process_time_ns()
        found = times(row["text"], at, row["language"])
        spent = (time.process_time_ns() - before) / 1e6
        print(json.dumps([spent, [(moment.replace(tzinfo=at.tzinfo)).isoformat() for moment in found]]))


if __name__ == "__main__":
    main(sys.argv[1])
