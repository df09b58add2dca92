"""The same door as access.py, for the coach: snippets, and what it said to whom."""

from django.db.models import Q, QuerySet

from amends.desk.access import CASE_WORK, LEADING, roles_of
from amends.desk.models import Agent, Event, Role, Snippet


def snippets_for(agent: Agent) -> QuerySet[Snippet]:
    """Return the snippets this person may put into replies."""
    return Snippet.objects.filter(retired_at=None) if roles_of(agent) & CASE_WORK else Snippet.objects.none()


def snippets_to_change(agent: Agent) -> QuerySet[Snippet]:
    """Return the snippets this person may change, those put away too: leads and administrators."""
    return Snippet.objects.all() if roles_of(agent) & LEADING else Snippet.objects.none()


def led_by(agent: Agent) -> QuerySet[Agent]:
    """Return the people of the teams this person leads, without themselves. An administrator leads nobody by that."""
    theirs = Agent.objects.filter(memberships__team__memberships__in=agent.memberships.filter(role=Role.LEAD))
    return theirs.exclude(pk=agent.pk).distinct()


def coaching_for(agent: Agent) -> QuerySet[Event]:
    """Return what the coach said to this person, and to those whom they lead."""
    theirs = Q(actor=agent) | Q(actor__in=led_by(agent))
    return Event.objects.filter(theirs, kind__in=Event.COACHING, actor__isnull=False)
