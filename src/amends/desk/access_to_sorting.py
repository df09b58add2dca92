"""The same door as access.py, for how colleagues sort what comes in: tags, kept searches, blocks, batches."""

from django.db.models import Case as CaseOf
from django.db.models import Q, QuerySet, When

from amends.desk.access import CASE_WORK, LEADING, notes_for, roles_of
from amends.desk.models import Agent, Batch, Block, Mention, SavedView, Tag, Team


def teams_of(agent: Agent) -> QuerySet[Team]:
    """Return the teams this person works in."""
    return Team.objects.filter(memberships__agent=agent).distinct()


def tags_for(agent: Agent) -> QuerySet[Tag]:
    """Return the tags that hang on cases, for those who work on them."""
    return Tag.objects.all() if roles_of(agent) & CASE_WORK else Tag.objects.none()


def views_for(agent: Agent) -> QuerySet[SavedView]:
    """Return the views this person finds beside the queue: their own, those of their teams, those for everyone."""
    if not roles_of(agent) & CASE_WORK:
        return SavedView.objects.none()
    shared = Q(audience=SavedView.Audience.EVERYONE) | Q(team__in=teams_of(agent))
    found = SavedView.objects.filter(Q(owner=agent) | shared, removed_at=None)
    # Shared ones first: they stand in the same order for everybody, and one's own behind them as one likes.
    return found.order_by(CaseOf(When(audience=SavedView.Audience.MINE, then=1), default=0), "place", "name")


def ordered_with(view: SavedView, agent: Agent) -> list[SavedView]:
    """Return the views among which this one has its place: one's own, or the shared ones."""
    is_own = view.audience == SavedView.Audience.MINE
    return [other for other in views_for(agent) if (other.audience == SavedView.Audience.MINE) is is_own]


def views_to_change(agent: Agent) -> QuerySet[SavedView]:
    """Return the views this person may change, the removed ones too: their own, for leads also the shared ones."""
    if not roles_of(agent) & CASE_WORK:
        return SavedView.objects.none()
    shared = ~Q(audience=SavedView.Audience.MINE) if roles_of(agent) & LEADING else Q(pk=None)
    return SavedView.objects.filter(Q(owner=agent) | shared)


def blocks_for(agent: Agent) -> QuerySet[Block]:
    """Return the blocked senders, for those who work on cases."""
    return Block.objects.all() if roles_of(agent) & CASE_WORK else Block.objects.none()


def batches_for(agent: Agent) -> QuerySet[Batch]:
    """Return the acts on many cases this person may look at and undo: their own, for leads everybody's."""
    return Batch.objects.all() if roles_of(agent) & LEADING else Batch.objects.filter(by=agent)


def mentions_for(agent: Agent) -> QuerySet[Mention]:
    """Return the notes that call this person, on cases they may see."""
    return Mention.objects.filter(agent=agent, note__in=notes_for(agent))
