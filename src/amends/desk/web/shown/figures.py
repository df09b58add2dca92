"""Recovered, solved and kept rate of the last 90 days, recomputed from the log."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from typing import Final

from amends.desk.models import Case, Event, MessageReading
from amends.desk.web.shown.promise_figures import ended_promises
from amends.measures.promises import kept_rate
from amends.vocabulary import Intensity

LOOK_BACK: Final = timedelta(days=90)
Z: Final = 1.959964
"""The 97.5 % point of the normal distribution, for an interval of 95 %."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`hits` of `n`, as percentages with a 95 % interval (Wilson 1927); None when there is nothing to count."""

    name: str
    hits: int
    n: int

    @property
    def percent(self) -> int | None:
        """Return the rate in percent."""
        return round(100 * self.hits / self.n) if self.n else None

    @property
    def interval(self) -> tuple[int, int] | None:
        """Return the bounds of the rate in percent."""
        if not self.n:
            return None
        rate, zz = self.hits / self.n, Z * Z / self.n
        middle = (rate + zz / 2) / (1 + zz)
        reach = Z * sqrt(rate * (1 - rate) / self.n + zz / (4 * self.n)) / (1 + zz)
        return round(100 * max(0.0, middle - reach)), round(100 * min(1.0, middle + reach))

    @property
    def width(self) -> int:
        """Return how wide the interval is, in percent, never so narrow that it cannot be seen."""
        low, high = self.interval or (0, 0)
        return max(1, high - low)


def figures(*, now: datetime) -> list[Figure]:
    """Return the figures of the desk."""
    return [_recovered(now - LOOK_BACK), _solved(now - LOOK_BACK), _kept(now)]


def _recovered(since: datetime) -> Figure:
    """Count the cases that were angry (2 or more) and have written again: how many end below it."""
    said: dict[int, list[int]] = defaultdict(list)
    rows = MessageReading.objects.filter(message__at__gte=since).order_by("message__at")
    for case, intensity in rows.values_list("message__conversation__case", "intensity"):
        said[case].append(intensity)
    felt = Event.objects.filter(kind="customer.felt", at__gte=since).order_by("at").values_list("case", "facts")
    for case, facts in felt:
        said[case].append(facts["intensity"])
    angry = [course for course in said.values() if len(course) > 1 and max(course[:-1]) >= Intensity.ANNOYED]
    return Figure(name="recovered", hits=sum(course[-1] < Intensity.ANNOYED for course in angry), n=len(angry))


def _solved(since: datetime) -> Figure:
    """Count the cases that rested: of how many the customer said themselves that it is solved (playbook R213).

    How the last rest of a case began counts; cases that came as history never rested here, nor
    did one whose resolving was taken back.
    """
    rested = Event.objects.filter(kind="case.resolved", at__gte=since, case__isnull=False).order_by("at", "pk")
    again = Event.objects.filter(kind="case.reopened", at__gte=since).values_list("facts__undone", flat=True)
    slips = {number for number in again if number}
    rows = rested.values_list("pk", "case", "facts")
    endings = {case: facts.get("ending") for number, case, facts in rows if number not in slips}
    counted = [ending for ending in endings.values() if ending != Case.Ending.HISTORY]
    return Figure(name="solved", hits=counted.count(Case.Ending.CUSTOMER_SAID), n=len(counted))


def _kept(now: datetime) -> Figure:
    kept = kept_rate(ended_promises(now=now))
    return Figure(name="kept", hits=kept.hits, n=kept.n)
