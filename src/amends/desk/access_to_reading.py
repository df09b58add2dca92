"""The same door as access.py, for what people said of readings, and for what markets expect."""

from django.db.models import QuerySet

from amends.desk.access import CASE_WORK, SETTING_UP, roles_of
from amends.desk.models import Agent, Brand, Recap, Refit, RefitChoice
from amends.routing.queue import Targets, market


def recaps_for(agent: Agent) -> QuerySet[Recap]:
    """Return who took in what a customer said, for those who work on cases."""
    return Recap.objects.all() if roles_of(agent) & CASE_WORK else Recap.objects.none()


def market_targets_for(agent: Agent) -> dict[int, Targets]:
    """Return by brand how long an answer may take there; brands that go by the desk's own are left out."""
    rows = Brand.objects.all() if roles_of(agent) & CASE_WORK else Brand.objects.none()
    return {key: market(own) for key, own in rows.values_list("pk", "targets") if own}


def refits_for(agent: Agent) -> QuerySet[Refit]:
    """Return what the reader learnt here, for those who set the desk up."""
    return Refit.objects.all() if roles_of(agent) & SETTING_UP else Refit.objects.none()


def refit_choices_for(agent: Agent) -> QuerySet[RefitChoice]:
    """Return who chose which refit, for those who set the desk up."""
    rows = RefitChoice.objects.select_related("refit", "by")
    return rows if roles_of(agent) & SETTING_UP else rows.none()
