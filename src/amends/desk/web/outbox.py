"""What leaves the desk, and what is stuck."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from amends.desk.access import agent_of, replies_for
from amends.desk.models import Reply
from amends.desk.web.shown.letter import letter_of

MOST_SHOWN = 100
TROUBLED = (Reply.State.FAILED, Reply.State.UNCERTAIN)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the outbox: what needs a person first, then the newest."""
    rows = replies_for(agent_of(request)).select_related("conversation__case__customer", "author")
    newest = rows.exclude(state__in=TROUBLED).order_by("-queued_at")[:MOST_SHOWN]
    troubled = rows.filter(state__in=TROUBLED).order_by("-queued_at")[:MOST_SHOWN]
    return render(request, "outbox.html", {"troubled": troubled, "newest": newest})


@require_safe
def reply(request: HttpRequest, number: int) -> HttpResponse:
    """Show one letter as it left, headers included."""
    rows = replies_for(agent_of(request)).select_related("conversation__case__customer", "author", "message")
    found = get_object_or_404(rows, pk=number)
    return render(request, "outbox_reply.html", {"reply": found, "letter": letter_of(found)})
