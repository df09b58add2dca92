"""Judge found times by labelled ones: to the minute, to the day, and how often a line without a promise gets one."""

import statistics
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from amends.measures.shares import Share
from amends.vocabulary import JsonObject

DIGITS: Final = 3
Pairs = list[tuple[Set[Any], Set[Any]]]


@dataclass(frozen=True, kw_only=True)
class Found:
    """What one side found in one line: when each time falls due (the end of a range), and its CPU time."""

    cpu_ms: float
    ends: Sequence[datetime]


def judged(rows: Sequence[JsonObject], found: Sequence[Found]) -> JsonObject:
    """Return precision and recall of due times to the minute and to the day, traps fired, and CPU time a line.

    A row is labelled by its "promises" [{"due_end"}]; without any it is a trap. Vague ones (null) are not counted, on
    either side. To the day, a time of day is no mistake: not every library says when a working day ends.
    """
    pairs: Pairs = [(_wanted(row), set(each.ends)) for row, each in zip(rows, found, strict=True)]
    days: Pairs = [(_days(want, row), _days(got, row)) for (want, got), row in zip(pairs, rows, strict=True)]
    traps = [bool(each.ends) for row, each in zip(rows, found, strict=True) if not row["promises"]]
    spent = [each.cpu_ms for each in found]
    return {
        "due_precision": _precision(pairs),
        "due_recall": _recall(pairs),
        "day_precision": _precision(days),
        "day_recall": _recall(days),
        "traps_fired": _share(sum(traps), len(traps)),
        "cpu_ms_p50": round(statistics.median(spent), DIGITS),
        "cpu_ms_mean": round(statistics.mean(spent), DIGITS),
    }


def _wanted(row: JsonObject) -> set[datetime]:
    return {datetime.fromisoformat(each["due_end"]) for each in row["promises"] if each["due_end"]}


def _days(moments: Iterable[datetime], row: JsonObject) -> set[Any]:
    zone = datetime.fromisoformat(row["at"]).tzinfo
    return {moment.astimezone(zone).date() for moment in moments}


def _precision(pairs: Pairs) -> JsonObject:
    return _share(sum(len(want & got) for want, got in pairs), sum(len(got) for _, got in pairs))


def _recall(pairs: Pairs) -> JsonObject:
    return _share(sum(len(want & got) for want, got in pairs), sum(len(want) for want, _ in pairs))


def _share(hits: int, n: int) -> JsonObject:
    share = Share(hits=hits, n=n)
    low, high = share.interval
    value = round(share.value, DIGITS) if n else None
    return {"value": value, "n": n, "low": round(low, DIGITS), "high": round(high, DIGITS)}
