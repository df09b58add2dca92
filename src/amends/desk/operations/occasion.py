"""On what occasion a reply is written: to whom, by somebody with how much in hand, at which hour."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from amends.coach.strictness import Occasion
from amends.desk.models import Agent, Case
from amends.vocabulary import Intensity, Moment, Stage


def occasion_of(case: Case, *, writer: Agent, now: Moment) -> Occasion:
    """Return the occasion of a reply that somebody writes now; the hour is that of their own clock."""
    hot = Case.objects.filter(owner=writer, status=Case.Status.OPEN, snoozed_until=None, intensity__gte=Intensity.ANGRY)
    return Occasion(
        is_first_reply=case.last_reply_at is None,
        anger=case.intensity,
        hot_cases=hot.count(),
        hour=_hour(writer, now),
        walked=frozenset(stage for stage in Stage if stage.value in case.stages),
    )


def _hour(writer: Agent, now: Moment) -> int | None:
    try:
        return now.astimezone(ZoneInfo(writer.timezone or "UTC")).hour
    except (ZoneInfoNotFoundError, ValueError):
        return None
