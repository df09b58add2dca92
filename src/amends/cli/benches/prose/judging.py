"""Judge what linters say of replies: how many that break a rule they speak of at all, and how many good ones too."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from amends.measures.shares import Share
from amends.vocabulary import JsonObject

DIGITS: Final = 3


@dataclass(frozen=True, kw_only=True)
class Found:
    """What one side said of one reply: in how many places, and its CPU time.

    `rules`: which rules it named, None of a side that knows none of ours.
    """

    cpu_ms: float
    alarms: int
    rules: frozenset[str] | None = None


def judged(rows: Sequence[JsonObject], found: Sequence[Found], *, rules: Sequence[str]) -> JsonObject:
    """Return for each rule the share of replies that break it of which a side said anything, and of good ones.

    A row has "reply" and "fires", the rules it breaks; without any it is good. Anything said anywhere counts, which is
    kind to sides that know no such rule; `named` counts only the right rule.
    """
    pairs = list(zip(rows, found, strict=True))
    good = [one for row, one in pairs if not row["fires"]]
    letters = sum(len(str(row["reply"]).encode()) for row in rows)
    figures: JsonObject = {
        "spoken_of": {rule: _share([one.alarms > 0 for row, one in pairs if rule in row["fires"]]) for rule in rules},
        "good_with_alarm": _share([one.alarms > 0 for one in good]),
        "alarms_per_good_reply": round(sum(one.alarms for one in good) / len(good), DIGITS) if good else None,
        "cpu_ms_per_kb": round(sum(one.cpu_ms for one in found) / letters * 1024, DIGITS),
    }
    if all(one.rules is not None for one in found):
        figures["named"] = {
            rule: _share([rule in (one.rules or ()) for row, one in pairs if rule in row["fires"]]) for rule in rules
        }
    return figures


def _share(hits: Sequence[bool]) -> JsonObject:
    share = Share(hits=sum(hits), n=len(hits))
    low, high = share.interval
    value = round(share.value, DIGITS) if hits else None
    return {"value": value, "n": len(hits), "low": round(low, DIGITS), "high": round(high, DIGITS)}
