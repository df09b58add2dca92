"""Where somebody goes once they are done with a case, and what they did just before, so that it can be taken back."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from amends.desk import clock
from amends.desk.access import agent_of, cases_for
from amends.desk.models import Agent, Case, Reply
from amends.desk.search.find import find
from amends.desk.web.shown.queue import OUR_TURN, SECTIONS, queue
from amends.vocabulary import JsonObject

LIST: Final = "list"
USUAL: Final = {"section": SECTIONS[0]}
DONE: Final = "just_done"


def remember_list(request: HttpRequest, **where: str) -> None:
    """Remember which list is being worked through: `section` of the queue, or the words `q` of a search."""
    if where == USUAL:
        request.session.pop(LIST, None)
    elif request.session.get(LIST) != where:
        request.session[LIST] = where


def way_on(request: HttpRequest, case: Case, *, anchor: str = "") -> str:
    """Return where to go once this case is done, as the button says (`then`), else as its person set it.

    Asked before the case is done: afterwards it may stand in the list no more.
    """
    agent, where = agent_of(request), _list(request)
    then = request.POST.get("then") or agent.afterwards
    if then == Agent.Afterwards.QUEUE:
        return _address(where)
    if then == Agent.Afterwards.NEXT:
        following = next(_after(case, agent, where, now=clock.now()), None)
        return reverse("case", args=[following]) if following else _address(where)
    return reverse("case", args=[case.pk]) + (f"#{anchor}" if anchor else "")


def tell_done(request: HttpRequest, act: str, case: Case, *, until: datetime | None = None) -> None:
    """Show on the next page what was done to a case, with its undo."""
    told = {"act": act, "case": case.pk, "who": str(case.customer), "until": until.isoformat() if until else ""}
    request.session[DONE] = told


def tell_sent(request: HttpRequest, reply: Reply, case: Case) -> None:
    """Show on every page that a reply leaves, for as long as it can be taken back."""
    if reply.send_at is None:
        tell_done(request, "sent", case, until=reply.undo_until)
        request.session[DONE] |= {"reply": reply.pk}


def just_done(request: HttpRequest, *, now: datetime) -> dict[str, Any] | None:
    """Return what was just done and can be taken back: once, of a reply until it has left."""
    told: JsonObject | None = request.session.get(DONE)
    if told is None:
        return None
    until = datetime.fromisoformat(told["until"]) if told["until"] else None
    if told["act"] != "sent" or until is None or until <= now:
        del request.session[DONE]
    is_over = told["act"] == "sent" and (until is None or until <= now)
    return None if is_over else {**told, "until": until}


def forget_done(request: HttpRequest) -> None:
    """Show no more what was done before: it was taken back."""
    request.session.pop(DONE, None)


def _list(request: HttpRequest) -> JsonObject:
    where: JsonObject = request.session.get(LIST) or USUAL
    return where


def _address(where: JsonObject) -> str:
    return reverse("search" if "q" in where else "now") + "?" + urlencode(where)


def _after(case: Case, agent: Agent, where: JsonObject, *, now: datetime) -> Iterator[int]:
    """Yield who comes next in a list: those below this case, then those above it.

    Where it is our turn, colleagues' cases are passed over: they have somebody.
    """
    if "q" in where:
        found = list(find(agent, where["q"], now=now).keys)
        seen = set(cases_for(agent).filter(pk__in=found).values_list("pk", flat=True))
        keys = [key for key in found if key in seen]
    else:
        rows = [row.case for row in queue(where["section"], agent, now=now)]
        is_turn = where["section"] in OUR_TURN
        keys = [c.pk for c in rows if c.pk == case.pk or not is_turn or c.owner_id in (None, agent.pk)]
    at = keys.index(case.pk) if case.pk in keys else -1
    yield from keys[at + 1 :]
    yield from keys[: max(at, 0)]
