"""By when such things are usually done for customers of that country, from promises that ended here."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from amends.desk.models import Case, Promise
from amends.desk.operations.office import calendar_of, zone_of
from amends.promises.usual import Usual, business_days, proposed, usual
from amends.vocabulary import Deed, Moment, PromiseState

LOOK_BACK: Final = timedelta(days=365)
NEWEST: Final = 200
COUNTED: Final = (PromiseState.KEPT, PromiseState.KEPT_LATE, PromiseState.BROKEN)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A date that can be promised, and the record it rests on."""

    due: Moment
    usual: Usual


def usual_date(case: Case, what: Deed, *, now: Moment) -> Proposal | None:
    """Return by when such a promise is kept in eight of ten cases, None from fewer than five of them. Writes nothing.

    A promise of "something" has no record: it may be anything.
    """
    if what is Deed.OTHER:
        return None
    calendar, zone = calendar_of(case.brand), zone_of(case.brand)
    country = case.customer.country or case.brand.country
    such = Promise.objects.filter(what=what, state__in=COUNTED, ended_at__gt=now - LOOK_BACK, ended_at__lte=now)
    rows = such.filter(case__customer__country=country, kind=Promise.Kind.SAID).order_by("-ended_at", "-pk")[:NEWEST]
    took = [
        None if state == PromiseState.BROKEN or end is None else business_days(calendar, made, end, zone=zone)
        for state, made, end in rows.values_list("state", "made_at", "ended_at")
    ]
    found = usual(took)
    return Proposal(due=proposed(found, calendar=calendar, now=now, zone=zone), usual=found) if found else None
