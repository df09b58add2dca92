"""When a reply might better leave: in an hour, or in the customer's next morning."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone

from amends.desk.models import Case
from amends.desk.web.locale import zone
from amends.desk.web.timing import short_moment

MORNING: Final = time(9, 0)
SOON: Final = timedelta(hours=1)
MONDAY: Final = 0


@dataclass(frozen=True, kw_only=True)
class Later:
    """One time to choose: as the customer's clock shows it, and as ours does."""

    at: datetime
    theirs: str
    ours: str


def laters(case: Case, *, now: datetime) -> list[Later]:
    """Return the times worth offering, soonest first: in an hour, their next morning, their next Monday morning."""
    their_zone = zone_of(case)
    today = now.astimezone(their_zone).date()
    mornings = (datetime.combine(today + timedelta(days=day), MORNING, their_zone) for day in range(8))
    ahead = [morning for morning in mornings if morning > now + SOON]
    monday = next(morning for morning in ahead if morning.weekday() == MONDAY)
    times = dict.fromkeys([now.replace(second=0, microsecond=0) + SOON, ahead[0], monday])
    return [later(at, their_zone, now=now) for at in times]


def later(at: datetime, their_zone: ZoneInfo, *, now: datetime) -> Later:
    """Return one moment in both clocks."""
    with timezone.override(their_zone):
        theirs = short_moment(at, now=now)
    return Later(at=at, theirs=theirs, ours=short_moment(at, now=now))


def zone_of(case: Case) -> ZoneInfo:
    """Return the customer's time zone, or that of the brand they wrote to."""
    return zone(case.customer.timezone or case.brand.timezone)
