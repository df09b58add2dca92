"""The same door as access.py, for the coach: snippets, and what it said to whom."""

from django.db.models import Q, QuerySet

from amends.desk.access import CASE_WORK, LEADING, SETTING_UP, cases_for, messages_for, roles_of
from amends.desk.models import Agent, Case, CoachPack, Draft, Event, HouseWord, Message, PackTrial, Role, Snippet
from amends.vocabulary import Moment


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


def writers_beside(agent: Agent, case: Case, *, since: Moment) -> QuerySet[Agent]:
    """Return who else wrote at a reply on a case since then and has not sent it; the words stay their own."""
    begun = Draft.objects.filter(case__in=cases_for(agent).filter(pk=case.pk), updated_at__gte=since, text__regex=r"\S")
    return Agent.objects.filter(pk__in=begun.exclude(author=agent).values("author"))


def packs_for(agent: Agent) -> QuerySet[CoachPack]:
    """Return the packs of the house's own rules that this person may read: all that speak to whoever writes replies."""
    here = CoachPack.objects.all()
    if roles_of(agent) & SETTING_UP:
        return here
    return here.exclude(on_since=None) if roles_of(agent) & CASE_WORK else here.none()


def packs_to_change(agent: Agent) -> QuerySet[CoachPack]:
    """Return the packs this person may change: administrators only, for they speak to everybody."""
    return CoachPack.objects.all() if roles_of(agent) & SETTING_UP else CoachPack.objects.none()


def trials_for(agent: Agent) -> QuerySet[PackTrial]:
    """Return the trials of packs, for whoever may change packs."""
    here = PackTrial.objects.select_related("pack", "by", "job")
    return here if roles_of(agent) & SETTING_UP else here.none()


def house_words_to_change(agent: Agent) -> QuerySet[HouseWord]:
    """Return the words of the house that stand, for whoever may change them."""
    return HouseWord.objects.filter(removed_at=None) if roles_of(agent) & SETTING_UP else HouseWord.objects.none()


def pack_history_for(agent: Agent, pack: CoachPack) -> QuerySet[Event]:
    """Return what was done with a pack, the latest first."""
    kinds = ("coach_pack.made", "coach_pack.changed", "coach_pack.switched_on", "coach_pack.switched_off")
    said = Event.objects.filter(kind__in=kinds, facts__pack=pack.pk).select_related("actor").order_by("-pk")
    return said if packs_to_change(agent).filter(pk=pack.pk).exists() else said.none()


def sent_replies_for(agent: Agent) -> QuerySet[Message]:
    """Return what people of ours wrote to customers, the latest first, of the cases this person may see."""
    ours = messages_for(agent).filter(direction=Message.Direction.OUT, author__isnull=False)
    return ours.select_related("conversation__case__customer").order_by("-at", "-pk")
