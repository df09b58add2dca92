"""Mark which words of a message are new."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from amends.desk import clock
from amends.desk.access import agent_of, markings_for, messages_for
from amends.desk.models import Message
from amends.desk.operations.marking import mark_new, spans, take_back_marking
from amends.desk.web.asking import say, say_refusal, to_case
from amends.mail.remark import Block, blocks
from amends.vocabulary import AmendsError


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, number: int) -> HttpResponse:
    """Show a message line by line, new or history; take a person's word on it."""
    message = get_object_or_404(messages_for(agent_of(request)).select_related("conversation__case"), pk=number)
    shown = blocks(message.text, spans(message.folded))
    if request.method == "POST":
        return _marked(request, message, shown)
    return render(request, "new_words.html", {"message": message, "case": message.conversation.case, "blocks": shown})


@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Undo a marking."""
    rows = markings_for(agent_of(request)).select_related("message__conversation__case")
    marking = get_object_or_404(rows, pk=number)
    try:
        take_back_marking(marking, by=agent_of(request), now=clock.now())
    except AmendsError as error:
        say_refusal(request, error)
    return to_case(marking.message.conversation.case, f"message-{marking.message_id}")


def _marked(request: HttpRequest, message: Message, shown: list[Block]) -> HttpResponse:
    lines = set(_new_lines(request, shown))
    try:
        mark_new(message, new_lines=lines, by=agent_of(request), now=clock.now())
        say(request, gettext("Marked. The desk reads it again."))
    except AmendsError as error:
        say_refusal(request, error)
    return to_case(message.conversation.case, f"message-{message.pk}")


def _new_lines(request: HttpRequest, shown: list[Block]) -> Iterator[int]:
    """Return the lines that are new now: all, those before the one where history begins, or those ticked."""
    ticked, begins = set(request.POST.getlist("new")), request.POST.get("history", "")
    for block in shown:
        is_before = begins.isascii() and begins.isdigit() and len(begins) < 9 and block.first < int(begins)
        kept = block.is_new and is_before if begins else str(block.first) in ticked
        if request.POST.get("all") or kept:
            yield from range(block.first, block.last + 1)
