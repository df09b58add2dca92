"""The search: what was found, why, and what is done with all of it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from amends.desk import clock
from amends.desk.access import agent_of, cases_for, colleagues_for
from amends.desk.access_to_sorting import batches_for, tags_for, teams_of
from amends.desk.models import Agent, Batch, Case, Tagging
from amends.desk.operations import bulk
from amends.desk.operations.index import lag
from amends.desk.search.find import MOST_RANKED, Found, find
from amends.desk.search.hits import hits
from amends.desk.web.asking import moment, say, say_refusal, whole, words
from amends.desk.web.onward import remember_list
from amends.desk.web.shown.queue import rows_of
from amends.search.ask import STATES
from amends.vocabulary import AmendsError, JsonObject, Moment

A_PAGE: Final = 25
TYPED: Final = "typed"
LATE_AFTER: Final = timedelta(seconds=15)
SNOOZES: Final = {"1d": timedelta(days=1), "3d": timedelta(days=3), "7d": timedelta(days=7)}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what was found, best first, each with the words it was found by."""
    agent, wanted, now = agent_of(request), request.GET.get("q", "").strip(), clock.now()
    if wanted:
        remember_list(request, q=wanted)
    found = find(agent, wanted, now=now)
    number = max(1, whole(request, "page", 1))
    shown = _shown(agent, found, number, now=now)
    shown["done"] = batches_for(agent).filter(pk=whole(request, "done"), undone_at=None).first()
    return render(request, "search.html", shown | {"wanted": wanted, **_beside(agent, now=now)})


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Do one act on the cases that were chosen, or on everything that was found."""
    agent, now = agent_of(request), clock.now()
    try:
        asked = _asked(request)
        wanted = _wanted(asked, request, agent, now=now)
        if not (chosen := _chosen(request, agent, now=now)):
            say(request, gettext("Tick the cases it is for, or all that were found."), kind="bad")
            return HttpResponseRedirect(_to(words(request, "q")))
        batch = bulk.act_on_all(chosen, act=asked, wanted=wanted, by=agent, now=now)
    except AmendsError as error:
        say_refusal(request, error)
        return HttpResponseRedirect(_to(words(request, "q")))
    except ValueError:
        say(request, gettext("Choose what is to be done."), kind="bad")
        return HttpResponseRedirect(_to(words(request, "q")))
    if _is_whole(batch):
        return HttpResponseRedirect(_to(words(request, "q"), done=str(batch.pk)))
    return HttpResponseRedirect(reverse("batch", args=[batch.pk]) + "?" + urlencode({"q": words(request, "q")}))


@require_safe
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """Show what became of each case of a batch."""
    agent = agent_of(request)
    found = get_object_or_404(batches_for(agent), pk=number)
    lines = list(found.lines.select_related("case__customer").filter(case__in=cases_for(agent)).order_by("pk"))
    shown = {
        "batch": found,
        "done": [line for line in lines if not line.why_not],
        "refused": [line for line in lines if line.why_not],
        "left": len(found.wanted["cases"]) - len(lines),
        "wanted": request.GET.get("q", ""),
    }
    return render(request, "batch.html", shown)


@require_POST
def batch_undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take a batch back."""
    agent = agent_of(request)
    found = get_object_or_404(batches_for(agent), pk=number)
    bulk.undo(found, by=agent, now=clock.now())
    if _is_whole(found) and "q" in request.POST:
        say(request, gettext("Taken back"))
        return HttpResponseRedirect(_to(words(request, "q")))
    return HttpResponseRedirect(reverse("batch", args=[found.pk]))


def _shown(agent: Agent, found: Found, number: int, *, now: Moment) -> dict[str, Any]:
    keys = found.keys[(number - 1) * A_PAGE : number * A_PAGE]
    by_key = cases_for(agent).select_related("customer", "owner", "order").in_bulk(keys)
    rows = rows_of([by_key[key] for key in keys if key in by_key], agent, now=now)
    why, hung = hits(agent, found, keys), _hung(keys)
    return {
        "results": [{"row": row, "hit": why.get(row.case.pk), "tags": hung.get(row.case.pk, [])} for row in rows],
        "number": len(found.keys),
        "most": MOST_RANKED,
        "found": found,
        "page": number,
        "before": number - 1,
        "after": number + 1 if number * A_PAGE < len(found.keys) else 0,
    }


def _beside(agent: Agent, *, now: Moment) -> dict[str, Any]:
    behind = lag()
    return {
        "colleagues": colleagues_for(agent),
        "tags": tags_for(agent),
        "teams": teams_of(agent),
        "snoozes": SNOOZES,
        "endings": Case.Ending.values,
        "states": STATES,
        "behind": behind if behind.since and now - behind.since > LATE_AFTER else None,
    }


def _hung(keys: tuple[int, ...]) -> Mapping[int, list[Any]]:
    hung: dict[int, list[Any]] = {}
    for tagging in Tagging.objects.filter(case__in=keys).select_related("tag").order_by("tag__name"):
        hung.setdefault(tagging.case_id, []).append(tagging.tag)
    return hung


def _asked(request: HttpRequest) -> Batch.Act:
    """Return the act of the button; Enter in the one field that is typed in hangs that tag. Raises ValueError."""
    pressed = request.POST.get("act", "")
    return Batch.Act.TAG if pressed == TYPED and words(request, "tag").strip() else Batch.Act(pressed)


def _chosen(request: HttpRequest, agent: Agent, *, now: Moment) -> list[int]:
    if request.POST.get("all"):
        return list(find(agent, words(request, "q"), now=now).keys)
    ticked = [int(key) for key in request.POST.getlist("case") if key.isascii() and key.isdigit() and len(key) < 19]
    return list(cases_for(agent).filter(pk__in=ticked).values_list("pk", flat=True))


def _wanted(asked: Batch.Act, request: HttpRequest, agent: Agent, *, now: Moment) -> JsonObject:
    """Return what an act needs to know. Raises ValueError when the form does not say."""
    if asked is Batch.Act.ASSIGN:
        to = whole(request, "to")
        return {"owner": get_object_or_404(colleagues_for(agent), pk=to).pk if to else None}
    if asked in (Batch.Act.TAG, Batch.Act.UNTAG):
        return {"name": words(request, "tag")}
    if asked is Batch.Act.SNOOZE:
        return {"until": _until(request, now=now)}
    return {"ending": Case.Ending(request.POST.get("ending", "")).value} if asked is Batch.Act.RESOLVE else {}


def _until(request: HttpRequest, *, now: Moment) -> str:
    length = SNOOZES.get(request.POST.get("for", ""))
    until = moment(request, "until") or (now + length if length else None)
    if until is None or until <= now:
        raise ValueError("a snooze needs a time to come")
    return until.isoformat()


def _is_whole(batch: Batch) -> bool:
    """Return whether nothing is left to tell of a batch: no case was refused, none waits for the worker."""
    return batch.lines.filter(why_not="").count() == len(batch.wanted["cases"])


def _to(wanted: str, **more: str) -> str:
    return reverse("search") + "?" + urlencode({"q": wanted} | more)
