"""Connect a mailbox with Google or Microsoft: out to the provider, back with a code, and the grant is kept."""

import secrets
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from amends.desk import clock
from amends.desk.access import agent_of
from amends.desk.channels.email.grants import App, app_of, begin, finish, keep_app
from amends.desk.channels.email.problems import GrantLost
from amends.desk.models import Mailbox
from amends.desk.operations.mailboxes import note_grant
from amends.desk.web.asking import say
from amends.desk.web.mailbox_form import MailboxForm
from amends.desk.web.mailboxes import AppForm, shown_mailbox, the_mailbox

JOURNEY: Final = "journey_to_the_provider"


@require_POST
def app(request: HttpRequest, number: int) -> HttpResponse:
    """Keep our registration at the provider of this mailbox."""
    mailbox, form = the_mailbox(request, number), AppForm(request.POST)
    if mailbox.sign_in == Mailbox.SignIn.PASSWORD or not form.is_valid():
        shown = shown_mailbox(request, mailbox, MailboxForm(instance=mailbox)) | {"app_form": form}
        return render(request, "mailbox.html", shown, status=422)
    keep_app(mailbox.sign_in, App(**form.cleaned_data))
    return redirect("mailbox-edit", mailbox.pk)


@require_safe
def connect(request: HttpRequest, number: int) -> HttpResponse:
    """Send an administrator to the provider, who asks whether the desk may come in."""
    mailbox = the_mailbox(request, number)
    registration = app_of(mailbox.sign_in)
    if mailbox.sign_in == Mailbox.SignIn.PASSWORD or registration is None:
        say(request, gettext("Give the client ID and secret first."), kind="bad")
        return redirect("mailbox-edit", mailbox.pk)
    journey = begin(mailbox, app=registration, back_to=_back_to(), verifier=secrets.token_urlsafe(48))
    request.session[JOURNEY] = {"state": journey.state, "verifier": journey.verifier, "mailbox": mailbox.pk}
    return HttpResponseRedirect(journey.address)


@require_safe
def connected(request: HttpRequest) -> HttpResponse:
    """Take the code an administrator comes back with; only in the session that set out, and only once."""
    journey = request.session.pop(JOURNEY, None)
    if journey is None or not constant_time_compare(request.GET.get("state", ""), journey["state"]):
        say(request, gettext("This way back belongs to no way out of yours. Press Connect again."), kind="bad")
        return redirect("people")
    mailbox = the_mailbox(request, journey["mailbox"])
    trouble = _finish(request, mailbox, verifier=journey["verifier"])
    if trouble:
        say(request, gettext("The provider did not let the desk in: %(why)s") % {"why": trouble}, kind="bad")
    else:
        note_grant(mailbox, by=agent_of(request), now=clock.now())
        say(request, gettext("Connected. Test the connection to see that mail comes and goes."))
    return redirect("mailbox-edit", mailbox.pk)


def _finish(request: HttpRequest, mailbox: Mailbox, *, verifier: str) -> str:
    """Exchange the code for a grant; return what went wrong, empty when nothing did."""
    registration, code = app_of(mailbox.sign_in), request.GET.get("code", "")
    if registration is None or not code:
        return (request.GET.get("error_description") or request.GET.get("error") or "-")[:300]
    try:
        finish(mailbox, app=registration, back_to=_back_to(), code=code, verifier=verifier)
    except (GrantLost, OSError) as refused:
        return f"{refused}"[:300]
    return ""


def _back_to() -> str:
    return str(settings.PUBLIC_URL) + reverse("mailbox-connected")
