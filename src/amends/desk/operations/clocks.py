"""Clocks of regulators run on complaints of brands that asked for them. They are promises like others."""

from django.db import transaction

from amends.desk.models import Brand, Case, Message, Promise
from amends.desk.operations.keeping import kept_by_answer
from amends.desk.operations.ledger import tell_of
from amends.desk.operations.next_step import lead_of
from amends.desk.operations.office import calendar_of, zone_of
from amends.desk.operations.rows import VOICES, hold
from amends.promises.regulators import Clock, Rules, rules
from amends.vocabulary import Deed, Moment

IS_COMPLAINT = 0.5
MOST_A_LOOK = 200


def start_clocks(now: Moment) -> int:
    """Start the clocks of every complaint that has none yet, from the day it came; return how many.

    Looks at cases of brands that asked for clocks alone, so that it costs the others nothing.
    """
    return sum(
        _start(rules()[name], brand, now=now)
        for brand in Brand.objects.exclude(clocks=[])
        for name in brand.clocks
        if name in rules()
    )


def _start(asked: Rules, brand: Brand, *, now: Moment) -> int:
    began = Promise.objects.filter(clock__startswith=f"{asked.id}/").values("case")
    open_ones = Case.objects.filter(brand=brand, status__in=[Case.Status.OPEN, Case.Status.WAITING])
    complaints = open_ones.filter(conversations__messages__reading__complaint__gte=IS_COMPLAINT).exclude(pk__in=began)
    return sum(_start_on(case, asked, now=now) for case in complaints.distinct().order_by("pk")[:MOST_A_LOOK])


def _start_on(case: Case, asked: Rules, *, now: Moment) -> int:
    with transaction.atomic():
        hold(case)
        said = Message.objects.filter(conversation__case=case, kind__in=VOICES, direction=Message.Direction.IN)
        first = said.filter(reading__complaint__gte=IS_COMPLAINT).order_by("at").first()
        if first is None or Promise.objects.filter(case=case, clock__startswith=f"{asked.id}/").exists():
            return 0
        for clock in asked.running:
            _begin(case, asked, clock, received=first.at, now=now)
    return len(asked.running)


def _begin(case: Case, asked: Rules, clock: Clock, *, received: Moment, now: Moment) -> None:
    brand = case.brand
    due_at = clock.due(received, calendar=calendar_of(brand, country=asked.country), zone=zone_of(brand))
    promise = Promise.objects.create(
        case=case, owner=case.owner or lead_of(case), kind=Promise.Kind.CLOCK, clock=f"{asked.id}/{clock.id}",
        what=Deed.ANSWER, quote=f"{asked.title}. {clock.says}", due_start=due_at, due_at=due_at, made_at=received,
    )  # fmt: skip
    tell_of(promise, "promise.made", by=None, now=now, by_kind=promise.kind, clock=promise.clock)
    kept_by_answer(promise, now=now)
