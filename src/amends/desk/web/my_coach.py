"""What the coach said of somebody's replies: for themself, and for whoever leads them. No score, nobody beside them."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from amends.desk import clock
from amends.desk.access import agent_of
from amends.desk.access_to_coach import led_by
from amends.desk.models import Agent
from amends.desk.web.shown.my_coach import rows, rules, said_of, weeks
from amends.desk.web.timing import on_day


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show somebody what the coach said of their own replies."""
    return _shown(request, agent_of(request))


@require_safe
def of_person(request: HttpRequest, number: int) -> HttpResponse:
    """Show a lead what the coach said of the replies of somebody they lead; 404 for anybody else."""
    return _shown(request, get_object_or_404(led_by(agent_of(request)), pk=number))


def _shown(request: HttpRequest, person: Agent) -> HttpResponse:
    reader = agent_of(request)
    said = said_of(person, reader=reader, now=clock.now())
    week, rule = _week(request.GET.get("week", "")), request.GET.get("rule", "")
    shown = {
        "person": person, "is_own": person == reader, "led": led_by(reader).order_by("display_name", "username"),
        "weeks": weeks(said), "rules": rules(said, get_language() or "en"),
        "rows": rows(said, week=week, rule=rule), "week": week, "week_name": on_day(week) if week else "", "rule": rule,
    }  # fmt: skip
    return render(request, "my_coach.html", shown)


def _week(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
