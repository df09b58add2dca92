"""Tags, kept views, spam and blocked senders: how colleagues sort what comes in."""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from amends.desk import clock
from amends.desk.access import agent_of
from amends.desk.access_to_sorting import blocks_for, ordered_with, tags_for, teams_of, views_for, views_to_change
from amends.desk.models import SavedView, Tag
from amends.desk.operations import blocking, tags, views
from amends.desk.search.find import count
from amends.desk.web.asking import back, is_fragment, say, say_refusal, the_case, to_case, whole, words
from amends.desk.web.onward import tell_done, way_on
from amends.vocabulary import AmendsError

STEPS: Final = {"up": -1, "down": 1}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show tags, kept views and blocked senders; for htmx the views alone, with how many cases each holds."""
    agent, now = agent_of(request), clock.now()
    counted = [(view, *count(agent, view.words, now=now)) for view in views_for(agent)]
    if is_fragment(request):
        return render(request, "_views.html", {"views": counted, "is_counted": True})
    changeable = set(views_to_change(agent).values_list("pk", flat=True))
    shown = {
        "views": counted,
        "changeable": changeable,
        "gone": views_to_change(agent).exclude(removed_at=None).order_by("-removed_at")[:10],
        "tags": tags_for(agent),
        "marks": Tag.Mark.values,
        "blocks": blocks_for(agent).filter(lifted_at=None).select_related("began_by"),
    }
    return render(request, "sorting.html", shown)


@require_POST
def view_keep(request: HttpRequest) -> HttpResponse:
    """Keep a search."""
    agent, wanted = agent_of(request), words(request, "q")
    audience, _, team = request.POST.get("audience", "mine").partition(":")
    chosen = teams_of(agent).filter(pk=int(team)).first() if team.isascii() and team.isdigit() else None
    if audience not in SavedView.Audience.values:
        audience = SavedView.Audience.MINE
    try:
        views.keep_view(
            name=words(request, "name"), words=wanted, audience=SavedView.Audience(audience), team=chosen,
            by=agent, now=clock.now(),
        )  # fmt: skip
        say(request, gettext("Kept. It stands beside the queue with its count."))
    except AmendsError as error:
        say_refusal(request, error)
    return back(request, "now")


@require_POST
def view_remove(request: HttpRequest, number: int) -> HttpResponse:
    """Take a view away, or bring it back."""
    agent, now = agent_of(request), clock.now()
    view = get_object_or_404(views_to_change(agent), pk=number)
    if request.POST.get("back_again"):
        views.bring_back_view(view, by=agent, now=now)
    else:
        views.remove_view(view, by=agent, now=now)
    return HttpResponseRedirect(reverse("sorting"))


@require_POST
def view_change(request: HttpRequest, number: int) -> HttpResponse:
    """Give a view another name, or another place among its like."""
    agent, now = agent_of(request), clock.now()
    view = get_object_or_404(views_to_change(agent), pk=number, removed_at=None)
    steps = STEPS.get(request.POST.get("move", ""))
    try:
        if steps:
            views.move_view(view, among=ordered_with(view, agent), steps=steps, by=agent, now=now)
        else:
            views.rename_view(view, name=words(request, "name"), by=agent, now=now)
    except AmendsError as error:
        say_refusal(request, error)
    return HttpResponseRedirect(f"{reverse('sorting')}#view-{view.pk}")


@require_POST
def tag_change(request: HttpRequest, number: int) -> HttpResponse:
    """Rename a tag, give it another shape, or merge it into another by giving it that one's name."""
    agent = agent_of(request)
    tag = get_object_or_404(tags_for(agent), pk=number)
    mark = request.POST.get("mark", "")
    try:
        name = words(request, "name")
        tags.change_tag(tag, name=name, mark=mark if mark in Tag.Mark.values else tag.mark, by=agent, now=clock.now())
    except AmendsError as error:
        say_refusal(request, error)
    return HttpResponseRedirect(reverse("sorting"))


@require_POST
def case_tag(request: HttpRequest, number: int) -> HttpResponse:
    """Hang a tag on a case."""
    case = the_case(request, number)
    try:
        tags.tag_case(case, name=words(request, "tag"), by=agent_of(request), now=clock.now())
    except AmendsError as error:
        say_refusal(request, error)
    return to_case(case)


@require_POST
def case_untag(request: HttpRequest, number: int) -> HttpResponse:
    """Take a tag off a case."""
    case = the_case(request, number)
    tag = get_object_or_404(tags_for(agent_of(request)), pk=whole(request, "tag"))
    tags.untag_case(case, name=tag.name, by=agent_of(request), now=clock.now())
    return to_case(case)


@require_POST
def case_spam(request: HttpRequest, number: int) -> HttpResponse:
    """Take a case out of every queue as spam, with its sender if asked; or bring it back."""
    case, agent, now = the_case(request, number), agent_of(request), clock.now()
    if request.POST.get("not"):
        blocking.not_spam(case, by=agent, now=now)
        return to_case(case)
    onward = way_on(request, case)
    blocking.mark_spam(case, by=agent, now=now)
    tell_done(request, "spam", case)
    wanted = words(request, "block")
    try:
        if wanted:
            blocking.block(wanted, why=case.subject, by=agent, now=now)
    except AmendsError as error:
        say_refusal(request, error)
    return HttpResponseRedirect(onward)


@require_POST
def block(request: HttpRequest) -> HttpResponse:
    """Block an address or a whole domain."""
    try:
        blocking.block(words(request, "sender"), why=words(request, "why"), by=agent_of(request), now=clock.now())
    except AmendsError as error:
        say_refusal(request, error)
    return HttpResponseRedirect(reverse("sorting"))


@require_POST
def block_lift(request: HttpRequest, number: int) -> HttpResponse:
    """Let a blocked sender in again."""
    agent = agent_of(request)
    blocking.lift(get_object_or_404(blocks_for(agent), pk=number), by=agent, now=clock.now())
    return HttpResponseRedirect(reverse("sorting"))
