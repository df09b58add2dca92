"""Send, take back, send again."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from amends.desk import clock
from amends.desk.access import agent_of, replies_for
from amends.desk.models import Agent, Case, Draft
from amends.desk.operations import drafting
from amends.desk.operations import send as sending
from amends.desk.operations.errors import NoTime
from amends.desk.operations.people import set_afterwards
from amends.desk.web.asking import back, say, say_refusal, the_case, to_case, words
from amends.desk.web.case import whole_case
from amends.desk.web.draft import kept
from amends.desk.web.onward import forget_done, tell_sent, way_on
from amends.desk.web.shown.laters import Later, later, zone_of
from amends.desk.web.wording import refusal
from amends.vocabulary import AmendsError, CannotSend, JsonObject, StaleReply

ANSWERS = {"yes": drafting.CONFIRMED, "no": drafting.DISMISSED}
FURTHEST = timedelta(days=60)
MOST_ANSWERS = 100
"""More promises than anybody makes in one letter; the rest of a made-up form is not read."""


@require_POST
def send(request: HttpRequest, number: int) -> HttpResponse:
    """Send the draft; for some seconds it can be taken back."""
    case = the_case(request, number)
    draft = kept(request, case)
    _remember_afterwards(request)
    onward = way_on(request, case, anchor="reply")
    try:
        _decide(request, draft)
        at = _time_chosen(request, case)
        reply = sending.send(draft, reason=words(request, "reason").strip(), at=at, now=clock.now())
    except CannotSend as error:
        return _refused(request, case, error, needs_reason=bool(error.context.get("findings")))
    except StaleReply as error:
        return _refused(request, case, error, is_stale=True)
    except AmendsError as error:
        return _refused(request, case, error)
    tell_sent(request, reply, case)
    return HttpResponseRedirect(onward)


@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take a reply back before it leaves."""
    reply = get_object_or_404(replies_for(agent_of(request)).select_related("conversation__case"), pk=number)
    forget_done(request)
    if sending.undo(reply, by=agent_of(request), now=clock.now()):
        say(request, gettext("Taken back. Nothing was sent; your draft is here again."))
    else:
        say(request, gettext("Too late: it has already left."), kind="bad")
    return to_case(reply.conversation.case, "reply")


@require_POST
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Send a failed or uncertain reply once more, because a person decided so."""
    reply = get_object_or_404(replies_for(agent_of(request)), pk=number)
    try:
        sending.send_again(reply, by=agent_of(request), now=clock.now())
    except AmendsError as error:
        say_refusal(request, error)
    return back(request, "outbox")


def _remember_afterwards(request: HttpRequest) -> None:
    """Keep where this person wants to go after a reply: what they chose once stays chosen."""
    agent, chosen = agent_of(request), request.POST.get("then_always", "")
    if chosen in Agent.Afterwards.values and chosen != agent.afterwards:
        set_afterwards(agent, Agent.Afterwards(chosen), now=clock.now())


def _time_chosen(request: HttpRequest, case: Case) -> datetime | None:
    """Return when it shall leave, None for at once. Raises NoTime for a time that is none, or is past."""
    chosen = request.POST.get("send_at", "")
    if not chosen:
        return None
    written = request.POST.get("their_time", "") if chosen == "theirs" else chosen
    try:
        found = parse_datetime(written)
    except ValueError:
        found = None
    at = found.replace(tzinfo=zone_of(case)) if found and found.tzinfo is None else found
    if at is None or not clock.now() < at < clock.now() + FURTHEST:
        raise NoTime
    return at


def _decide(request: HttpRequest, draft: Draft) -> None:
    """Write down what was answered to the question that Send asks: `asked-n` are the words, `promise-n` yes or no.

    An answer about words that have changed since, or that were decided in the meantime, decides nothing.
    """
    answers = {
        words(request, f"asked-{n}"): ANSWERS[said]
        for n in range(MOST_ANSWERS)
        if (said := words(request, f"promise-{n}")) in ANSWERS
    }
    if not answers:
        return
    seen = drafting.review_draft(draft, now=clock.now(), interface=draft.author.interface_language)
    for chip in drafting.undecided_promises(draft, seen):
        if chip["quote"] in answers:
            drafting.decide_chip(
                draft, quote=chip["quote"], what=chip["what"], decision=answers[chip["quote"]], now=clock.now(),
                due_start=datetime.fromisoformat(chip["due_start"]) if chip["due_start"] else None,
                due_end=datetime.fromisoformat(chip["due_end"]),
            )  # fmt: skip


def _wanted(request: HttpRequest, case: Case) -> Later | None:
    """Return the later time that was asked for, so that the question in between does not lose it."""
    try:
        at = _time_chosen(request, case)
    except NoTime:
        return None
    return later(at, zone_of(case), now=clock.now()) if at else None


def _refused(
    request: HttpRequest, case: Case, error: AmendsError, *, needs_reason: bool = False, is_stale: bool = False
) -> HttpResponse:
    """Show the case again with the draft as it stands, and what keeps it here."""
    asked: list[JsonObject] = error.context.get("promises", [])  # type: ignore[assignment]
    reason = words(request, "reason")
    shown = whole_case(case, agent_of(request)) | {
        "refused": refusal(error),
        "needs_reason": needs_reason or bool(reason),
        "asked": [{**chip, "due": datetime.fromisoformat(chip["due_end"])} for chip in asked],
        "is_stale": is_stale,
        "reason": reason,
        "wanted_at": _wanted(request, case),
    }
    return render(request, "case.html", shown, status=409 if is_stale else 422)
