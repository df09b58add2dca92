"""A calendar of promises, and how one is reminded of them."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from amends.desk import clock
from amends.desk.access import agent_of, feeds_for, teams_led_by
from amends.desk.operations import feeds
from amends.desk.operations.reminders import set_reminders
from amends.desk.web.asking import say, whole
from amends.desk.web.shown.calendar import calendar_of
from amends.mail.public_host import target


class RemindersForm(forms.Form):
    """How somebody is told of promises that need them."""

    by_mail = forms.BooleanField(label=_("By mail"), required=False)
    url = forms.URLField(
        label=_("By webhook"), help_text=_("An https address; each call is signed."), required=False, max_length=400,
        assume_scheme="https",
    )  # fmt: skip

    def clean_url(self) -> str:
        """Return the address. Raises ValidationError for one that the desk would never call."""
        url: str = self.cleaned_data["url"]
        wanted = target(url) if url else None
        if url and (wanted is None or wanted.scheme != "https"):
            raise forms.ValidationError(gettext("Only an https address on the open internet can be called."))
        return url


@never_cache
@require_safe
def ics(request: HttpRequest, token: str) -> HttpResponse:
    """Give the calendar of a secret address; 404 when it was taken back or altered."""
    feed = feeds.feed_of(token)
    if feed is None:
        return HttpResponse(status=404)
    with translation.override(feed.agent.interface_language):
        content = calendar_of(feed, now=clock.now())
    return HttpResponse(
        content, content_type="text/calendar; charset=utf-8", headers={"Referrer-Policy": "no-referrer"}
    )


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Make a new secret address, of one's own promises or those of a team one leads."""
    agent, chosen = agent_of(request), whole(request, "team")
    team = get_object_or_404(teams_led_by(agent), pk=chosen) if chosen else None
    feeds.open_feed(agent, team=team, now=clock.now())
    return redirect("preferences")


@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Let one of one's own addresses show nothing any more."""
    agent = agent_of(request)
    feeds.take_back(get_object_or_404(feeds_for(agent), pk=number), by=agent, now=clock.now())
    say(request, gettext("The address shows nothing any more."))
    return redirect("preferences")


@require_POST
def remind(request: HttpRequest) -> HttpResponse:
    """Set how one is reminded."""
    form = RemindersForm(request.POST)
    if not form.is_valid():
        for wrong in form.errors.values():
            say(request, str(wrong[0]), kind="bad")
        return redirect("preferences")
    secret = set_reminders(agent_of(request), now=clock.now(), **form.cleaned_data)
    say(request, gettext("Saved."))
    if secret:
        messages.info(request, gettext("The signing secret, shown this once: %(secret)s") % {"secret": secret})
    return redirect("preferences")
