"""Now: who needs us, in which order, and why."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.desk import clock
from amends.desk.access import agent_of
from amends.desk.access_to_sorting import views_for
from amends.desk.web.asking import is_fragment
from amends.desk.web.onward import remember_list
from amends.desk.web.shown.arriving import arriving
from amends.desk.web.shown.first_steps import first_steps
from amends.desk.web.shown.queue import SECTIONS, counts, queue

AS_SEARCH: Final = {
    "who": "is:open -is:asleep",
    "mine": "is:open -is:asleep is:mine",
    "nobody": "is:open -is:asleep is:nobody",
    "hot": "is:open -is:asleep is:hot",
    "waiting": "is:waiting -is:asleep",
    "asleep": "is:asleep",
    "resolved": "is:resolved",
    "machines": "is:machine",
}
"""The search that finds what a section shows: there many cases are chosen and done at once."""


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the queue, or only its changed part."""
    agent, now = agent_of(request), clock.now()
    asked = request.GET.get("section", "")
    section = asked if asked in SECTIONS else "who"
    if not is_fragment(request):
        remember_list(request, section=section)
    rows, (sections, short) = queue(section, agent, now=now), counts(agent, now=now)
    is_cut = dict(sections)[section] > len(rows)
    shown = {"section": section, "queue": rows, "sections": sections, "state": short, "is_cut": is_cut}
    shown["as_search"] = AS_SEARCH.get(section, "")
    shown["first_steps"] = lambda: first_steps(agent)
    shown["arriving"] = arriving(agent)
    shown["views"] = [] if is_fragment(request) else [(view, 0, False) for view in views_for(agent)]
    return render(request, "_queue_live.html" if is_fragment(request) else "now.html", shown)
