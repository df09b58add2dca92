"""What a person says of the desk's reading: a correction, or that the summary is right."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from amends.desk import clock
from amends.desk.access import agent_of, messages_for
from amends.desk.models import Agent, Correction, Message
from amends.desk.operations import corrections, recaps
from amends.desk.operations.rows import VOICES
from amends.desk.web.asking import is_fragment, say_refusal, to_case
from amends.desk.web.shown.told import choices_of, in_short
from amends.vocabulary import AmendsError

Aspect = Correction.Aspect


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """Show what may be said of any message, and take a person's word; a press on a threat says or takes it back."""
    message = _message(request, number)
    if request.method == "GET":
        choices = choices_of(message) if getattr(message, "reading", None) else None
        shown = {"message": message, "case": message.conversation.case, "choices": choices}
        return render(request, "correct.html", shown)
    aspect = next((aspect for aspect in Aspect if aspect.value in request.POST), None)
    if aspect is not None:
        after = _after(message, aspect, request.POST[aspect.value])
        try:
            corrections.correct(message, aspect=aspect, after=after, by=agent_of(request), now=clock.now())
        except AmendsError as error:
            say_refusal(request, error)
        except ValueError:
            return HttpResponse(status=400)
    return to_case(message.conversation.case, f"message-{message.pk}")


@require_POST
def recap(request: HttpRequest, number: int) -> HttpResponse:
    """Take a person's word that the summary is right, or that they pass it by."""
    message, agent = _message(request, number), agent_of(request)
    said = _said(message, agent)
    recaps.confirm(
        message, unanswered=recaps.since_our_answer(said), is_right="right" in request.POST, by=agent, now=clock.now()
    )
    if is_fragment(request):
        shown = {"short": in_short(said, agent), "case": message.conversation.case}
        return render(request, "_recap.html", shown)
    return to_case(message.conversation.case, "reply")


def _message(request: HttpRequest, number: int) -> Message:
    rows = messages_for(agent_of(request)).filter(direction=Message.Direction.IN)
    return get_object_or_404(rows.select_related("conversation__case__brand", "reading"), pk=number)


def _said(message: Message, agent: Agent) -> list[Message]:
    """Return what people said on the case up to a message, oldest first: what stood on the screen."""
    rows = messages_for(agent).filter(conversation__case=message.conversation.case_id, kind__in=VOICES)
    return [said for said in rows.select_related("reading") if (said.at, said.pk) <= (message.at, message.pk)]


def _after(message: Message, aspect: Aspect, pressed: str) -> Any:
    if aspect is not Aspect.THREAT:
        return pressed
    kept = getattr(message, "reading", None)
    made = set(corrections.what_stands(kept, aspect)) if kept else set()
    return sorted(made ^ {pressed})
