"""What an agent sets for themself: the language of the screens, the time zone, the languages they answer in."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from amends.desk import clock
from amends.desk.access import agent_of, feeds_for, teams_led_by
from amends.desk.models import Agent
from amends.desk.operations.feeds import token
from amends.desk.operations.people import set_password, set_preferences
from amends.desk.web.asking import say
from amends.desk.web.feeds import RemindersForm
from amends.desk.web.fields import TonguesField, ZoneField
from amends.desk.web.shown.voices import PREFIX, chosen_voices, voice_fields
from amends.desk.web.wording import word


class PreferencesForm(forms.Form):
    """One person's own settings."""

    display_name = forms.CharField(label=_("Name customers see"), max_length=120, required=False)
    interface_language = forms.ChoiceField(label=_("Language of the screens"), choices=settings.LANGUAGES)
    timezone = ZoneField(label=_("Time zone"))
    languages = TonguesField(label=_("Answers in"))
    afterwards = forms.ChoiceField(
        label=_("Once a case is answered, resolved, asleep or laid aside"), required=False,
        choices=lambda: [(way, word("afterwards", way)) for way in Agent.Afterwards.values],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"] = TonguesField(label=_("Answers in"), now=(self.initial or {}).get("languages"))
        self.fields |= {**voice_fields(), "afterwards": self.fields.pop("afterwards")}


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show and change one's own settings."""
    agent = agent_of(request)
    form = PreferencesForm(request.POST or None, initial=_now_set(agent))
    if request.method == "POST" and form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if not name.startswith(PREFIX)}
        set_preferences(agent, voices=chosen_voices(form.cleaned_data), now=clock.now(), **told)
        with translation.override(agent.interface_language):  # the page that says it is in the new one already
            say(request, gettext("Saved."))
        return redirect("preferences")
    shown = {"form": form, "password_form": _password_form(agent), **_told_outside(agent)}
    return render(request, "preferences.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Set or change one's own password; whoever has one gives the old one first. This session goes on."""
    agent = agent_of(request)
    if request.method != "POST":
        return redirect("preferences")
    form = _password_form(agent, request.POST)
    if not form.is_valid():
        shown = {"form": PreferencesForm(initial=_now_set(agent)), "password_form": form, **_told_outside(agent)}
        return render(request, "preferences.html", shown, status=422)
    set_password(agent, password=form.cleaned_data["new_password1"], now=clock.now())
    update_session_auth_hash(request, agent)
    say(request, gettext("Saved."))
    return redirect("preferences")


def _told_outside(agent: Agent) -> dict[str, Any]:
    """Return what the page shows of calendars and reminders."""
    now_set = {"by_mail": agent.reminded_by_mail, "url": agent.reminder_url}
    return {
        "feeds": [
            {"row": feed, "address": settings.PUBLIC_URL + reverse("feed", args=[token(feed)])}
            for feed in feeds_for(agent).select_related("agent", "team")
        ],
        "led": teams_led_by(agent),
        "reminders_form": RemindersForm(initial=now_set),
    }


def _password_form(agent: Agent, told: QueryDict | None = None) -> "SetPasswordForm[Agent]":
    kind = PasswordChangeForm if agent.password and agent.has_usable_password() else SetPasswordForm
    form = kind(agent, told)
    # Django makes its first field take the focus: whoever opens the page came for something else, which stands above.
    for field in form.fields.values():
        field.widget.attrs.pop("autofocus", None)
    form.fields["new_password2"].help_text = gettext("The same once more.")
    return form


def _now_set(agent: Agent) -> dict[str, Any]:
    return {
        "display_name": agent.display_name,
        "interface_language": agent.interface_language,
        "timezone": agent.timezone,
        "languages": list(agent.languages),
        "afterwards": agent.afterwards,
        **{PREFIX + tag: voice for tag, voice in agent.voices.items()},
    }
