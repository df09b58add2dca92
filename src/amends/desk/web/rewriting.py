"""Other words for a draft by a model: what would be sent, then what came back, both for its writer to judge."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from amends.desk import clock
from amends.desk.access import agent_of, drafts_for
from amends.desk.models import Draft
from amends.desk.operations.rewriting import ask_for_words, would_send
from amends.desk.web.asking import the_case
from amends.desk.web.shown.coaching import coaching
from amends.desk.web.wording import refusal
from amends.vocabulary import AmendsError


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, number: int) -> HttpResponse:
    """Show what would be sent; when asked to, send it and show the words that came back with the coach's verdict."""
    case, now, interface = the_case(request, number), clock.now(), translation.get_language() or "en"
    draft = drafts_for(agent_of(request)).filter(case=case).select_related("case__customer", "author").first()
    if settings.WRITER is None or draft is None or not draft.text.strip():
        raise Http404
    shown: dict[str, Any] = {"case": case, "draft": draft, "host": settings.WRITER.host}
    try:
        shown["sent"] = would_send(draft, now=now, interface=interface)
        if request.method == "POST":
            made = ask_for_words(draft, now=now, interface=interface)
            shown |= {"made": made, "coaching": coaching(Draft(text=made.text), made.preview)}
    except AmendsError as error:
        shown |= {"refused": refusal(type(error)()), "detail": error.detail}
    return render(request, "rewrite.html", shown, status=422 if "refused" in shown else 200)
