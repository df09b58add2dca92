"""The figures that matter most: who was angry and calmed down, which promises were kept, and who was told in time."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from amends.desk import clock
from amends.desk.access import agent_of
from amends.desk.models import Team
from amends.desk.web.asking import whole
from amends.desk.web.shown import promise_figures
from amends.desk.web.shown.figures import figures
from amends.measures.promises import Fate


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the figures with their number of cases and their interval; no customer is named."""
    now = clock.now()
    return render(request, "measures.html", {"figures": figures(now=now), "lines": promise_figures.lines(now=now)})


@require_safe
def promises(request: HttpRequest, figure: str) -> HttpResponse:
    """Show the promises behind a figure of the desk or of a team; 404 for a team too small to have figures."""
    ended, number = promise_figures.ended_promises(now=clock.now()), whole(request, "team")
    team = get_object_or_404(Team, pk=number) if number else None
    if team is not None:
        people = promise_figures.people_of(team)
        if len(people) < promise_figures.LEAST_PEOPLE:
            raise Http404
        ended = promise_figures.of(ended, people)
    return _rows(request, ended, figure, team=team)


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show somebody their own promises, and nobody else's."""
    ended = promise_figures.own(agent_of(request), now=clock.now())
    return _rows(request, ended, "kept", is_own=True)


def _rows(
    request: HttpRequest,
    ended: list[Fate],
    figure: str,
    *,
    team: Team | None = None,
    is_own: bool = False,
) -> HttpResponse:
    if figure not in promise_figures.ROWS:
        raise Http404
    shown = {"line": promise_figures.line(ended, team), "rows": promise_figures.rows(ended, figure)}
    return render(request, "measures_promises.html", {**shown, "figure": figure, "team": team, "is_own": is_own})
