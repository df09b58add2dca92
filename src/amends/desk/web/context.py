"""What every page knows."""

from datetime import timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils import translation

from amends.desk import clock
from amends.desk.access import TABLE, cases_for, promises_for, raw_messages_for, replies_for, roles_of, todos_for
from amends.desk.access_to_sorting import mentions_for
from amends.desk.models import Agent, Case, Halt, RawMessage, Reply, Todo
from amends.desk.web.counting import counted
from amends.desk.web.onward import just_done
from amends.desk.web.shown.tasks import calls
from amends.vocabulary import Intensity, PromiseState

SHOWN_AHEAD = timedelta(days=1)
MOST_TASKS = 20
TROUBLED = (Reply.State.FAILED, Reply.State.UNCERTAIN)


def desk(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame around every page shows."""
    agent = getattr(request, "user", None)
    frame: dict[str, Any] = {
        "now": clock.now(),
        "is_demo": settings.IS_DEMO,
        "writer": settings.WRITER,
        "interface": translation.get_language() or "en",
        "interface_languages": settings.LANGUAGES,
    }
    if not isinstance(agent, Agent):
        return frame
    return frame | _for_agent(agent) | {"just_done": cache(lambda: just_done(request, now=frame["now"]))}


def open_todos(agent: Agent) -> list[Todo]:
    """Return what a person has to do on any case, the most pressing first: their own and what is nobody's.

    An answer is not listed, since its case stands in the queue; nor what is due after tomorrow.
    """
    theirs = todos_for(agent).filter(Q(owner=agent) | Q(owner=None), done_at=None)
    found = theirs.filter(due_at__lte=clock.now() + SHOWN_AHEAD).exclude(kind=Todo.Kind.ANSWER)
    return list(found.select_related("case__customer", "owner", "reply").order_by("due_at")[:MOST_TASKS])


def _for_agent(agent: Agent) -> dict[str, Any]:
    """Return the counts of the rail, and which of its links this person may follow.

    What is a function is asked for by the pages that show it: a part of a page, as after each keystroke, shows none.
    """
    held = roles_of(agent)
    return {
        "routes": {name.replace("-", "_") for name, roles in TABLE.items() if held & roles},
        "rail": cache(lambda: _rail(agent)),
        "open_todos": lambda: open_todos(agent),
        "called": lambda: list(calls(agent)[:MOST_TASKS]),
        "halted": cache(lambda: Halt.objects.filter(lifted_at=None).select_related("began_by").first()),
    }


def _rail(agent: Agent) -> dict[str, int]:
    open_cases = cases_for(agent).filter(status=Case.Status.OPEN, snoozed_until=None)
    return counted(
        {
            "hot": open_cases.filter(intensity__gte=Intensity.ANGRY),
            "slipping": promises_for(agent).filter(state=PromiseState.SLIPPING),
            "troubled": replies_for(agent).filter(state__in=TROUBLED),
            "calls": mentions_for(agent).filter(seen_at=None),
            "quarantined": raw_messages_for(agent).filter(state=RawMessage.State.QUARANTINED),
        }
    )
