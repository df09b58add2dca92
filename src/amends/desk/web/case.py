"""A case: its page, and what is done to it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from amends.desk import clock
from amends.desk.access import agent_of, colleagues_for, drafts_for, promises_for
from amends.desk.models import Agent, Case, Message
from amends.desk.operations import case_life, customer_page, notes
from amends.desk.operations.about_us import complained_about
from amends.desk.operations.former import broken_since
from amends.desk.operations.heats import changes_of
from amends.desk.operations.keeping import KEPT, still_denied
from amends.desk.operations.rows import news_since
from amends.desk.web.asking import is_fragment, moment, say, say_refusal, the_case, to_case, whole, words
from amends.desk.web.onward import tell_done, way_on
from amends.desk.web.shown.belonging import recent_moves, split_from
from amends.desk.web.shown.card import card
from amends.desk.web.shown.coaching import advice, walked_stages
from amends.desk.web.shown.gist import facts_in, gist_of, so_far
from amends.desk.web.shown.heat_line import heat_line
from amends.desk.web.shown.laters import later, laters, zone_of
from amends.desk.web.shown.tasks import called_by, calls, leaving, open_tasks
from amends.desk.web.shown.timeline import messages_in, timeline, writing_too
from amends.desk.web.shown.told import in_short, told
from amends.vocabulary import AmendsError, Fault, Stage

ENDINGS_TO_CHOOSE = (Case.Ending.CUSTOMER_SAID.value, Case.Ending.QUIET.value)
SNOOZES = {"3h": timedelta(hours=3), "1d": timedelta(days=1), "3d": timedelta(days=3), "7d": timedelta(days=7)}


@require_safe
def page(request: HttpRequest, number: int) -> HttpResponse:
    """Show a case, or only its changed timeline."""
    case, agent = the_case(request, number), agent_of(request)
    if is_fragment(request):
        seen = whole(request, "seen_version", case.version)
        shown = happened(case, agent) | {
            "news": fresh_news(case, agent, seen=seen),
            "todos": open_tasks(case, agent, now=clock.now()),
            "called": calls(agent).filter(note__case=case),
            **_whose(agent),
        }
        return render(request, "_timeline_live.html", shown)
    if case.pk != number:
        return to_case(case)
    return render(request, "case.html", whole_case(case, agent))


@require_POST
def assign(request: HttpRequest, number: int) -> HttpResponse:
    """Give the case to somebody, or back to everybody."""
    case, agent = the_case(request, number), agent_of(request)
    chosen = whole(request, "to")
    to = get_object_or_404(colleagues_for(agent), pk=chosen) if chosen else None
    case_life.assign(case, to=to, by=agent, now=clock.now())
    if to is not None and complained_about(case, [to]):
        say(
            request, gettext("They complain about %(who)s: better let somebody else answer.") % {"who": to}, kind="warn"
        )
    return to_case(case)


@require_POST
def snooze(request: HttpRequest, number: int) -> HttpResponse:
    """Put the case out of sight for a while, or bring it back."""
    case, agent, now = the_case(request, number), agent_of(request), clock.now()
    length = SNOOZES.get(request.POST.get("for", ""))
    until = moment(request, "until") or (now + length if length else None)
    if "for" in request.POST and (until is None or until <= now):
        say(request, gettext("Choose a time that is still to come."), kind="bad")
    elif until is None or until <= now:
        case_life.wake(case, by=agent, now=now)
    else:
        onward = way_on(request, case)
        case_life.snooze(case, until=until, by=agent, now=now)
        tell_done(request, "asleep", case, until=until)
        return HttpResponseRedirect(onward)
    return to_case(case)


@require_POST
def resolve(request: HttpRequest, number: int) -> HttpResponse:
    """Let the case rest, if it may."""
    case, agent, onward = (found := the_case(request, number)), agent_of(request), way_on(request, found)
    try:
        asks = colleagues_for(agent).filter(pk=whole(request, "follow_up_by")).first()
        case_life.resolve(
            case, ending=Case.Ending(request.POST.get("ending", "")), by=agent, now=clock.now(),
            follow_up_at=moment(request, "follow_up_at"), follow_up_by=asks,
        )  # fmt: skip
    except AmendsError as error:
        say_refusal(request, error)
        return to_case(case)
    tell_done(request, "resolved", case)
    return HttpResponseRedirect(onward)


@require_POST
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """Take the case up again; or take back at once that it was resolved, as if nobody had done it."""
    case, agent, now = the_case(request, number), agent_of(request), clock.now()
    if not (request.POST.get("undo") and case_life.unresolve(case, by=agent, now=now)):
        case_life.reopen(case, by=agent, now=now)
    return to_case(case)


@require_POST
def fault(request: HttpRequest, number: int) -> HttpResponse:
    """Write down whose mistake it was."""
    case = the_case(request, number)
    case_life.set_fault(case, fault=Fault(request.POST.get("fault", "")), by=agent_of(request), now=clock.now())
    return to_case(case)


@require_POST
def stage(request: HttpRequest, number: int) -> HttpResponse:
    """Mark a stage of recovery as walked."""
    case = the_case(request, number)
    case_life.walk_stage(case, stage=Stage(request.POST.get("stage", "")), by=agent_of(request), now=clock.now())
    return to_case(case)


@require_POST
def note(request: HttpRequest, number: int) -> HttpResponse:
    """Leave a note for colleagues."""
    case, text = the_case(request, number), words(request, "text").strip()
    if text:
        agent = agent_of(request)
        notes.add_note(case, author=agent, text=text, now=clock.now())
        if called := [str(who) for who in notes.mentioned(text) if who != agent]:
            say(
                request,
                gettext("Called: %(who)s. It stands in their queue until they have seen it.")
                % {"who": ", ".join(called)},
            )
        for name in notes.called_in_vain(text):
            say(
                request,
                gettext("Nobody here has the name @%(name)s, so nobody was called.") % {"name": name},
                kind="warn",
            )
    return to_case(case, "timeline")


def whole_case(case: Case, agent: Agent) -> dict[str, Any]:
    """Return everything the page of a case shows."""
    now, shown = clock.now(), happened(case, agent)
    said = messages_in(shown["items"])
    return {
        **shown,
        **writing(case, agent, now=now),
        "told": told(case, said),
        "short": in_short(said, agent),
        "card": card(case, agent, messages=said, now=now),
        "their_last": next((m for m in reversed(said) if m.direction == Message.Direction.IN), None),
        **_whose(agent),
        "callable_people": called_by(colleagues_for(agent).exclude(pk=agent.pk)),
        "leads": colleagues_for(agent).filter(memberships__role="lead").exclude(pk=agent.pk),
        "endings": ENDINGS_TO_CHOOSE,
        "afterwards": Agent.Afterwards.values,
        "snoozes": {name: length for name, length in SNOOZES.items()},
        "walked": walked_stages(case),
        "moves": recent_moves(case, agent, now=now),
        "page_link": settings.PUBLIC_URL + reverse("page", args=[customer_page.token(case, now=now)]),
    }


def _whose(agent: Agent) -> dict[str, Any]:
    """Return whose a case and its mistake may be said to be."""
    return {"colleagues": colleagues_for(agent), "faults": [f.value for f in Fault]}


def happened(case: Case, agent: Agent) -> dict[str, Any]:
    """Return what the timeline shows."""
    now = clock.now()
    items = timeline(case, agent, now=now)
    messages = messages_in(items)
    read = [m.reading.reading for m in messages if getattr(m, "reading", None)]
    theirs = promises_for(agent).filter(case__customer=case.customer)
    return {
        "case": case,
        "items": items,
        "split_from": split_from(case, agent),
        "line": heat_line(messages, found=changes_of(case), now=now),
        "gist": gist_of(case, so_far(read)),
        "facts": facts_in(read),
        "denied": set(still_denied(theirs).values_list("pk", flat=True)),
        "not_kept": set(theirs.filter(state__in=KEPT).exclude(replaced_by=None).values_list("pk", flat=True)),
        "writing_too": writing_too(case, agent, now=now),
    }


def writing(case: Case, agent: Agent, *, now: datetime) -> dict[str, Any]:
    """Return what the composer shows: the draft, what the coach says of it, and what may still be taken back."""
    draft = drafts_for(agent).filter(case=case).select_related("case__customer", "case__brand").first()
    return {
        "draft": draft,
        "coaching": advice(draft, now=now) if draft else None,
        "leaving": (last := leaving(case, agent, now=now).order_by("-undo_until").first()),
        "leaving_theirs": later(last.send_at, zone_of(case), now=now).theirs if last and last.send_at else "",
        "laters": laters(case, now=now),
        "todos": open_tasks(case, agent, now=now),
        "called": calls(agent).filter(note__case=case),
        "broke_our_word": broken_since(case, last_reply_at=case.last_reply_at),
        "news": fresh_news(case, agent, seen=draft.seen_version) if draft else [],
    }


def fresh_news(case: Case, agent: Agent, *, seen: int) -> list[dict[str, Any]]:
    """Return what happened after the version on the writer's screen, with times as moments."""
    found = news_since(case, version=seen, but_not_of=agent)
    return [{**row, "at": datetime.fromisoformat(row["at"])} for row in found]
