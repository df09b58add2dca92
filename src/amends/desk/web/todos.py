"""Tasks of people: ticked off by hand."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from amends.desk import clock
from amends.desk.access import agent_of, todos_for
from amends.desk.operations import todos
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
