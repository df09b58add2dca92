"""Every rule of the coach with its reason and its sources, and a box to try a reply."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from amends.coach.catalogue import catalogue
from amends.desk import clock
from amends.desk.access import agent_of
from amends.desk.access_to_coach import packs_for
from amends.desk.models import Draft
from amends.desk.operations.packs import own_files
from amends.desk.web.asking import words
from amends.desk.web.shown.coaching import Coaching, coaching
from amends.desk.web.shown.own_rules import own_rules
from amends.engines.choose import embedder
from amends.flow.reply import preview
from amends.vocabulary import AmendsError, CaseView

LONGEST_TRIAL = 4_000


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show the rules; with a text, what they say of it."""
    interface = translation.get_language() or "en"
    rules = [(rule, rule.reason(interface)) for rule in catalogue().values()]
    text = words(request, "text")[:LONGEST_TRIAL]
    shown: dict[str, Any] = {"rules": rules, "own": own_rules(packs_for(agent_of(request)), interface), "text": text}
    shown["coaching"] = _tried(text, interface) if text.strip() else None
    return render(request, "playbook.html", shown)


def _tried(text: str, interface: str) -> Coaching | None:
    """Return what the coach says of a text to an angry customer nobody knows more of."""
    now = clock.now()
    try:
        seen = preview(
            text, case=CaseView(), message=None, at=now, country=None, interface=interface, now=now,
            embed=embedder(settings.ENCODER), own=own_files,
        )  # fmt: skip
    except AmendsError:
        return None
    return coaching(Draft(text=text), seen)
