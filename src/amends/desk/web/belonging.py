"""Merge cases, split words off, move them, let a writer take part; and take each back."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from amends.desk import clock
from amends.desk.access import agent_of, cases_for, messages_for, moves_for
from amends.desk.models import Case, Message
from amends.desk.operations import moving, participants
from amends.desk.operations.merged import led_to
from amends.desk.web.asking import say, say_refusal, the_case, to_case, whole
from amends.desk.web.shown.timeline import said_on
from amends.vocabulary import AmendsError


@require_POST
def merge(request: HttpRequest, number: int) -> HttpResponse:
    """Take everything of this case into another one, and go there."""
    case, into = the_case(request, number), _named(request)
    if into is None:
        say(request, gettext("There is no case of that number."), kind="bad")
        return to_case(case)
    return _done(request, case, lambda: moving.merge(case, into=into, by=agent_of(request), now=clock.now()).target)


@require_safe
def sort(request: HttpRequest, number: int) -> HttpResponse:
    """Show the messages of a case, to choose those that belong elsewhere."""
    case, agent = the_case(request, number), agent_of(request)
    chosen = whole(request, "message")
    return render(
        request, "sort.html", {"case": case, "items": said_on(case, agent, now=clock.now()), "chosen": chosen}
    )


@require_POST
def split(request: HttpRequest, number: int) -> HttpResponse:
    """Give the chosen messages a case of their own, and go there."""
    case = the_case(request, number)
    messages = _chosen(request, case)
    return _done(request, case, lambda: moving.split(messages, by=agent_of(request), now=clock.now()).target)


@require_POST
def move(request: HttpRequest, number: int) -> HttpResponse:
    """Take the chosen messages to another case, and go there."""
    case, to = the_case(request, number), _named(request)
    if to is None:
        say(request, gettext("There is no case of that number."), kind="bad")
        return to_case(case)
    messages = _chosen(request, case)
    return _done(request, case, lambda: moving.move(messages, to=to, by=agent_of(request), now=clock.now()).target)


@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Undo a merge, split or move."""
    done = get_object_or_404(moves_for(agent_of(request)), pk=number)

    def undone() -> Case:
        return moving.take_back(done, by=agent_of(request), now=clock.now()).source

    return _done(request, led_to(done.target), undone)


@require_POST
def admit(request: HttpRequest, number: int) -> HttpResponse:
    """Let the writer of a message take part in its conversation."""
    message = get_object_or_404(messages_for(agent_of(request)).select_related("conversation__case"), pk=number)
    participants.admit(message, by=agent_of(request), now=clock.now())
    say(request, gettext("%(who)s takes part now: answers may go there.") % {"who": message.sender})
    return to_case(message.conversation.case, f"message-{message.pk}")


def _named(request: HttpRequest) -> Case | None:
    found = cases_for(agent_of(request)).filter(pk=whole(request, "case")).first()
    return led_to(found) if found else None


def _chosen(request: HttpRequest, case: Case) -> list[Message]:
    """Return the chosen messages; with `on` also all of the same conversation that came after them."""
    keys = [int(key) for key in request.POST.getlist("message") if key.isascii() and key.isdigit() and len(key) < 19]
    rows = messages_for(agent_of(request)).filter(conversation__case=case).select_related("conversation__case")
    chosen = list(rows.filter(pk__in=keys))
    if chosen and request.POST.get("on"):
        first = chosen[0]
        chosen = list(rows.filter(conversation=first.conversation, at__gte=first.at))
    return chosen


def _done(request: HttpRequest, case: Case, act: Callable[[], Case]) -> HttpResponse:
    try:
        goes_to = act()
    except AmendsError as error:
        say_refusal(request, error)
        return to_case(case)
    return to_case(goes_to, "timeline")
