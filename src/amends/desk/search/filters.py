"""What must be so of a case besides its words."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from amends.desk.access import attachments_for
from amends.desk.models import Agent, Block, Case, Tagging
from amends.search.ask import Filter
from amends.vocabulary import Intensity, Moment

DAYS: Final = {"d": 1, "w": 7, "m": 30, "y": 365}
LONGEST_NUMBER: Final = 5


def condition(asked: Filter, agent: Agent, *, now: Moment) -> Q | None:
    """Return the condition a filter stands for, None when its value cannot be read."""
    found = READ[asked.key](asked.value, agent, now)
    return None if found is None else ~found if asked.is_not else found


def _is(value: str, agent: Agent, now: Moment) -> Q | None:
    awake = Q(snoozed_until=None) | Q(snoozed_until__lte=now)
    states = {
        "open": Q(status=Case.Status.OPEN),
        "waiting": Q(status=Case.Status.WAITING),
        "resolved": Q(status=Case.Status.RESOLVED),
        "machine": Q(status=Case.Status.MACHINE),
        "spam": Q(status=Case.Status.SPAM),
        "mine": Q(owner=agent),
        "nobody": Q(owner=None),
        "hot": Q(intensity__gte=Intensity.ANGRY),
        "asleep": ~awake,
        "blocked": Q(customer__handles__value__in=standing_blocks()),
    }
    return states.get(value.lower())


def standing_blocks() -> list[str]:
    """Return the addresses that are blocked now, without the whole domains."""
    return [
        sender for sender in Block.objects.filter(lifted_at=None).values_list("sender", flat=True) if sender[0] != "@"
    ]


def _tag(value: str, agent: Agent, now: Moment) -> Q | None:
    return Exists(Tagging.objects.filter(case=OuterRef("pk"), tag__name__iexact=value)) & Q()


def _has(value: str, agent: Agent, now: Moment) -> Q | None:
    if value.lower() not in ("attachment", "attachments", "file"):
        return None
    return Exists(attachments_for(agent).filter(message__conversation__case=OuterRef("pk"))) & Q()


def _language(value: str, agent: Agent, now: Moment) -> Q | None:
    tag = value.lower()
    return Q(language__iexact=tag) | Q(language__istartswith=f"{tag}-")


def _owner(value: str, agent: Agent, now: Moment) -> Q | None:
    if value.lower() == "me":
        return Q(owner=agent)
    return Q(owner__username__iexact=value) | Q(owner__display_name__iexact=value)


def _before(value: str, agent: Agent, now: Moment) -> Q | None:
    day = moment_of(value, now)
    return Q(opened_at__lt=day) if day else None


def _after(value: str, agent: Agent, now: Moment) -> Q | None:
    """A case is after a day when something happened on it since: the customer wrote, we did, or it was opened."""
    day = moment_of(value, now)
    return Q(opened_at__gte=day) | Q(last_customer_at__gte=day) | Q(last_reply_at__gte=day) if day else None


def moment_of(value: str, now: Moment) -> datetime | None:
    """Return the moment meant by `2026-11-22`, `2026-11`, `2026`, `7d`, `2w`, `today`; None for anything else."""
    if value.lower() == "today":
        return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    number, unit = value[:-1], value[-1:].lower()
    if unit in DAYS and number.isascii() and number.isdigit() and len(number) < LONGEST_NUMBER:
        return now - timedelta(days=int(number) * DAYS[unit])
    try:
        year, month, day = (*(int(part) for part in value.split("-")), 1, 1)[:3]
        found = date(year, month, day)
        return timezone.make_aware(datetime(found.year, found.month, found.day))
    except (ValueError, OverflowError):
        return None


READ: Final[dict[str, Callable[[str, Agent, Moment], Q | None]]] = {
    "is": _is,
    "tag": _tag,
    "has": _has,
    "lang": _language,
    "owner": _owner,
    "before": _before,
    "after": _after,
}
