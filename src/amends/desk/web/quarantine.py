"""Mail that could not be filed: shown, downloadable, and tried again by a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from amends.desk import clock
from amends.desk.access import agent_of, raw_messages_for
from amends.desk.models import RawMessage
from amends.desk.operations.receive import raw_bytes, replay
from amends.desk.web.asking import say, say_refusal
from amends.desk.web.attachment import download
from amends.vocabulary import AmendsError

MOST_SHOWN = 100


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what lies in quarantine, oldest first: somebody waits behind each."""
    rows = raw_messages_for(agent_of(request)).filter(state=RawMessage.State.QUARANTINED).order_by("received_at")
    return render(request, "quarantine.html", {"rows": rows.defer("body")[:MOST_SHOWN], "total": rows.count()})


@require_POST
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Try to file one again."""
    raw = get_object_or_404(raw_messages_for(agent_of(request)), pk=number)
    try:
        replay(raw, by=agent_of(request), now=clock.now())
        say(request, gettext("It is being read again; this page shows in a moment whether it worked."))
    except AmendsError as error:
        say_refusal(request, error)
    return redirect("quarantine")


@require_safe
def raw(request: HttpRequest, number: int) -> HttpResponse:
    """Give the bytes as they came, as a file."""
    row = get_object_or_404(raw_messages_for(agent_of(request)), pk=number)
    return download(raw_bytes(row), name=f"message-{row.pk}.eml")
