"""Tasks of people, and calls of colleagues: ticked off by hand."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from amends.desk import clock
from amends.desk.access import agent_of, todos_for
from amends.desk.access_to_sorting import mentions_for
from amends.desk.operations import todos
from amends.desk.operations.notes import seen_by
from amends.desk.web.asking import back, say, words


@require_POST
def done(request: HttpRequest, number: int) -> HttpResponse:
    """Tick a task off, with a word of what was done."""
    agent = agent_of(request)
    todo = get_object_or_404(todos_for(agent), pk=number)
    said = words(request, "words").strip()
    if not said:
        say(request, gettext("Say in a word what you did: the next person will want to know."), kind="bad")
    elif not todos.tick_off(todo, by=agent, words=said, now=clock.now()):
        say(request, gettext("Somebody has done it already."), kind="warn")
    return back(request, "now")


@require_POST
def mention_seen(request: HttpRequest, number: int) -> HttpResponse:
    """Write down that the reader has seen who called them."""
    agent = agent_of(request)
    called = get_object_or_404(mentions_for(agent).select_related("note__case"), pk=number)
    seen_by(agent, case=called.note.case, now=clock.now())
    return back(request, "now")
