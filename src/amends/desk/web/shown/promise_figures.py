"""Figures of promises for the desk, each team, or oneself; each opens to its rows. Nobody sees another person's."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from amends.desk.access import CASE_WORK
from amends.desk.models import Agent, Event, Membership, Team
from amends.measures.promises import (
    COUNTED,
    Fate,
    Happened,
    Lateness,
    disputed,
    fates,
    kept_rate,
    late,
    lateness,
    owed,
    slipped,
    told_ahead_rate,
)
from amends.measures.shares import Share

LOOK_BACK: Final = timedelta(days=90)
LONGEST_PROMISE: Final = timedelta(days=180)
"""The customer may have been told long before a promise ended."""
LEAST_PEOPLE: Final = 3
"""Figures of a smaller team would be those of a person."""
MOST: Final = 500
ROWS: Final[dict[str, Callable[[Sequence[Fate]], list[Fate]]]] = {
    "kept": owed,
    "late": late,
    "told": slipped,
    "disputed": disputed,
}
"""Which promises stand behind each figure."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A share in percent with its 95 % interval, for the page."""

    share: Share

    @property
    def percent(self) -> int:
        """Return the share in percent."""
        return round(100 * self.share.value)

    @property
    def bounds(self) -> tuple[int, int]:
        """Return the interval in percent."""
        low, high = self.share.interval
        return round(100 * low), round(100 * high)


@dataclass(frozen=True, kw_only=True)
class Line:
    """The figures of the whole desk (`team` None), of a team, or of the reader. None: too few people, or none ended."""

    team: Team | None
    kept: Shown | None
    late: Lateness | None
    told: Shown | None
    disputed: int = 0
    """How many that we counted as kept the customers deny; they are not kept until somebody settles it."""


def lines(*, now: datetime) -> list[Line]:
    """Return the figures of the desk, then of each team by its name."""
    ended = ended_promises(now=now)
    teams = [(team, people_of(team)) for team in Team.objects.order_by("name")]
    return [
        line(ended),
        *(line(of(ended, people), team) for team, people in teams if len(people) >= LEAST_PEOPLE),
    ]


def line(ended: Sequence[Fate], team: Team | None = None) -> Line:
    """Return the figures of these promises."""
    kept, told = kept_rate(ended), told_ahead_rate(ended)
    return Line(
        team=team,
        kept=Shown(share=kept) if kept.n else None,
        late=lateness(ended),
        told=Shown(share=told) if told.n else None,
        disputed=len(disputed(ended)),
    )


def of(ended: Sequence[Fate], owners: Collection[int]) -> list[Fate]:
    """Return the promises that these people answered for when they ended."""
    return [fate for fate in ended if fate.owner in owners]


def people_of(team: Team) -> set[int]:
    """Return who works on cases in a team."""
    return set(Membership.objects.filter(team=team, role__in=CASE_WORK).values_list("agent", flat=True))


def rows(ended: Sequence[Fate], figure: str) -> list[Fate]:
    """Return the promises behind a figure, the newest first; those kept in time too where it counts them."""
    return ROWS[figure](ended)[::-1][:MOST]


def ended_promises(*, now: datetime) -> list[Fate]:
    """Return how every promise ended that ended in the last 90 days, from the log alone."""
    kinds = Event.objects.filter(kind__in=COUNTED, at__gt=now - LOOK_BACK - LONGEST_PROMISE, at__lte=now)
    log = kinds.values_list("kind", "at", "case", "facts")
    found = fates(_happened(kind, at, case, facts) for kind, at, case, facts in log if "due_at" in facts)
    return [fate for fate in found if fate.ended_at > now - LOOK_BACK]


def own(agent: Agent, *, now: datetime) -> list[Fate]:
    """Return how one's own promises ended."""
    return of(ended_promises(now=now), {agent.pk})


def _happened(kind: str, at: datetime, case: int | None, facts: dict[str, object]) -> Happened:
    owner, reply = facts.get("owner"), facts.get("reply")
    return Happened(
        kind=kind, at=at, case=case,
        promise=int(str(facts["promise"])),
        what=str(facts["what"]),
        due_at=datetime.fromisoformat(str(facts["due_at"])),
        owner=owner if isinstance(owner, int) else None,
        reply=reply if isinstance(reply, int) else None,
    )  # fmt: skip
