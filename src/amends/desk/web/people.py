"""People and channels: agents, their roles, mailboxes, and the first-mailbox set-up."""

from typing import Any

from django import forms
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from amends.desk import clock
from amends.desk.access import agent_of, brands_for, mailboxes_for
from amends.desk.access_to_coach import led_by
from amends.desk.models import Agent, Role, Team
from amends.desk.one_time import token_for
from amends.desk.operations import people
from amends.desk.web.asking import say, whole
from amends.desk.web.fields import TonguesField, ZoneField
from amends.desk.web.shown.trial import shown_state


class AgentForm(forms.Form):
    """A colleague to be added."""

    username = forms.RegexField(r"^[\w.@+-]{1,150}$", label=_("Log-in name"))
    display_name = forms.CharField(label=_("Name customers see"), max_length=120, required=False)
    email = forms.EmailField(label=_("Mail"), required=False)
    languages = TonguesField(label=_("Answers in"))
    interface_language = forms.ChoiceField(label=_("Language of the screens"), choices=settings.LANGUAGES)
    timezone = ZoneField(label=_("Time zone"), initial="UTC")
    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, role.value) for role in Role])


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show who works here and where mail comes in and goes out."""
    return render(request, "people.html", _whole(request))


@require_POST
def agent_add(request: HttpRequest) -> HttpResponse:
    """Add a colleague, and show the link they come in by."""
    form = AgentForm(request.POST)
    if not form.is_valid():
        return render(request, "people.html", _whole(request) | {"agent_form": form}, status=422)
    by, now, told = agent_of(request), clock.now(), dict(form.cleaned_data)
    role = told.pop("role")
    try:
        with transaction.atomic():
            agent = people.add_agent(**told, by=by, now=now)
            people.set_roles(agent, team=_first_team(), roles=[role], by=by, now=now)
    except IntegrityError:
        form.add_error("username", gettext("Somebody already has this log-in name."))
        return render(request, "people.html", _whole(request) | {"agent_form": form}, status=422)
    link = settings.PUBLIC_URL + reverse("one-time", args=[token_for(agent, now=now)])
    return render(request, "people.html", _whole(request) | {"added": agent, "link": link})


@require_POST
def agent_roles(request: HttpRequest, number: int) -> HttpResponse:
    """Set which roles a colleague holds in a team."""
    agent = get_object_or_404(Agent, pk=number)
    team = get_object_or_404(Team, pk=request.POST.get("team", ""))
    roles = [Role(role) for role in request.POST.getlist("roles")]
    if agent == agent_of(request) and Role.ADMIN not in roles:
        say(request, gettext("You cannot take the administrator’s role from yourself."), kind="bad")
    else:
        people.set_roles(agent, team=team, roles=roles, by=agent_of(request), now=clock.now())
    return redirect("people")


@require_POST
def agent_link(request: HttpRequest, number: int) -> HttpResponse:
    """Show, this once, a new link by which a colleague comes in."""
    agent, now = get_object_or_404(Agent, pk=number, is_active=True), clock.now()
    people.link_given(agent, by=agent_of(request), now=now)
    link = settings.PUBLIC_URL + reverse("one-time", args=[token_for(agent, now=now)])
    return render(request, "people.html", _whole(request) | {"linked": agent, "link": link})


@require_POST
def agent_active(request: HttpRequest, number: int) -> HttpResponse:
    """Write down that a colleague has left, or is back: `active` is empty or not."""
    agent, by, now = get_object_or_404(Agent, pk=number), agent_of(request), clock.now()
    if agent == by:
        say(request, gettext("You cannot let yourself go."), kind="bad")
    elif request.POST.get("active"):
        people.come_back(agent, by=by, now=now)
    else:
        heir = Agent.objects.filter(pk=whole(request, "heir"), is_active=True).exclude(pk=agent.pk).first()
        people.leave(agent, by=by, heir=heir, now=now)
    return redirect("people")


def _whole(request: HttpRequest) -> dict[str, Any]:
    return {
        "agents": Agent.objects.order_by("-is_active", "pk").prefetch_related("memberships__team"),
        "teams": Team.objects.all(),
        "led": set(led_by(agent_of(request)).values_list("pk", flat=True)),
        "all_roles": Role.values,
        "mailboxes": [(box, shown_state(box)) for box in mailboxes_for(agent_of(request)).select_related("brand")],
        "brands": brands_for(agent_of(request)),
        "agent_form": AgentForm(),
        "sending": settings.SENDING,
    }


def _first_team() -> Team:
    return Team.objects.first() or Team.objects.create(name="Satisfaction")
