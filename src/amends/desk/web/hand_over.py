"""Hand over the open promises of somebody who is away or leaves, with their cases."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from amends.desk import clock
from amends.desk.access import agent_of, colleagues_for, promises_for
from amends.desk.models import Agent, Promise
from amends.desk.operations.handing_over import hand_over_promises
from amends.desk.web.asking import say, whole
from amends.vocabulary import FINAL_PROMISE_STATES


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show whose promises wait while they are away, and give them to somebody who is here."""
    agent, now = agent_of(request), clock.now()
    if request.method == "POST":
        to = get_object_or_404(colleagues_for(agent), pk=whole(request, "to"))
        rows = _open_ones(agent).filter(pk__in=[int(n) for n in request.POST.getlist("promise") if n.isdigit()])
        given = hand_over_promises(list(rows), to=to, by=agent, now=now)
        said = ngettext("%(n)d promise is now %(who)s's.", "%(n)d promises are now %(who)s's.", given)
        say(request, said % {"n": given, "who": to} if given else gettext("Choose at least one promise."))
        return redirect("hand-over")
    rows = _open_ones(agent).select_related("case__customer", "owner", "message").order_by("owner", "due_at")
    of = {promise.owner: [p for p in rows if p.owner_id == promise.owner_id] for promise in rows}
    groups = [(owner, _is_away(owner, now), found) for owner, found in of.items()]
    groups.sort(key=lambda group: (not group[1], str(group[0] or "")))
    return render(request, "hand_over.html", {"groups": groups, "colleagues": colleagues_for(agent)})


def _open_ones(agent: Agent) -> QuerySet[Promise]:
    return promises_for(agent).exclude(state__in=FINAL_PROMISE_STATES)


def _is_away(owner: Agent | None, now: datetime) -> bool:
    return owner is None or not owner.is_active or bool(owner.away_until and owner.away_until > now)
