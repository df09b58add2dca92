"""One mailbox: its servers, its folders, its mail service, and whether the connection works."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from amends.desk import clock
from amends.desk.access import agent_of, mailboxes_for
from amends.desk.channels.email.connection import try_connection
from amends.desk.channels.email.grants import app_of, is_granted
from amends.desk.channels.services.catalogue import SERVICES, USER_AT_THE_DOOR, secret_at_the_door
from amends.desk.models import Mailbox
from amends.desk.operations import people
from amends.desk.operations.brands import first_brand
from amends.desk.operations.mailboxes import choose_folders, folders_of
from amends.desk.web.asking import is_fragment, say
from amends.desk.web.mailbox_form import MailboxForm
from amends.desk.web.shown.trial import problem_in_words, shown_trial, state_of


class AppForm(forms.Form):
    """Our registration at a provider, as its console shows it."""

    client_id = forms.CharField(label=_("Client ID"), max_length=300)
    client_secret = forms.CharField(
        label=_("Client secret"), max_length=300, widget=forms.PasswordInput(attrs={"autocomplete": "off"})
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a mailbox."""
    form = MailboxForm(request.POST or None, initial={"brand": first_brand(now=clock.now())})
    if request.method == "POST" and form.is_valid():
        mailbox = people.add_mailbox(by=agent_of(request), now=clock.now(), **form.cleaned_data)
        say(request, gettext("The mailbox is saved."))
        return _saved(mailbox)
    return render(request, "mailbox.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change a mailbox."""
    mailbox = the_mailbox(request, number)
    form = MailboxForm(request.POST or None, instance=mailbox)
    if request.method == "POST" and form.is_valid():
        kept = the_mailbox(request, number)  # the form has written on the other one already
        people.change_mailbox(kept, by=agent_of(request), now=clock.now(), **form.cleaned_data)
        say(request, gettext("The mailbox is saved."))
        return _saved(mailbox)
    shown = shown_mailbox(request, the_mailbox(request, number), form)
    if is_fragment(request):
        return render(request, "_mailbox_state.html", shown)
    return render(request, "mailbox.html", shown, status=422 if form.errors else 200)


@require_POST
def test(request: HttpRequest, number: int) -> HttpResponse:
    """Try to read from a mailbox and to send through it, say what is wrong, and offer the server's own folders."""
    mailbox = the_mailbox(request, number)
    check = try_connection(mailbox)
    trials = {"reading": shown_trial(check.reading), "sending": shown_trial(check.sending)}
    shown = shown_mailbox(request, mailbox, MailboxForm(instance=mailbox), on_server=check.folders)
    return render(request, "_mailbox_tried.html" if is_fragment(request) else "mailbox.html", shown | trials)


@require_POST
def folders(request: HttpRequest, number: int) -> HttpResponse:
    """Set which folders are read; the first one ticked is the one we listen to."""
    mailbox = the_mailbox(request, number)
    chosen = [name.strip()[:255] for name in (*request.POST.getlist("folder"), request.POST.get("another", ""))]
    if mailbox.after_reading == Mailbox.AfterReading.MOVE and mailbox.move_to in chosen:
        say(request, gettext("Mails that were read are moved to this folder, so it cannot be read itself."), kind="bad")
    else:
        choose_folders(mailbox, chosen, by=agent_of(request), now=clock.now())
        say(request, gettext("Saved."))
    return redirect("mailbox-edit", mailbox.pk)


def _saved(mailbox: Mailbox) -> HttpResponse:
    """Lead to the mailbox's page, where its connection is tried at once."""
    return redirect(f"{reverse('mailbox-edit', args=[mailbox.pk])}?saved=1")


def the_mailbox(request: HttpRequest, number: int) -> Mailbox:
    """Return the mailbox of that number, or 404 for whoever may not see it."""
    return get_object_or_404(mailboxes_for(agent_of(request)), pk=number)


def shown_mailbox(
    request: HttpRequest, mailbox: Mailbox, form: MailboxForm, *, on_server: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return everything the page of a mailbox shows."""
    read = folders_of(mailbox)
    by_grant = mailbox.sign_in != Mailbox.SignIn.PASSWORD
    return {
        "form": form,
        "mailbox": mailbox,
        "state": state_of(mailbox, is_let_in=not by_grant or is_granted(mailbox)),
        "just_saved": "saved" in request.GET,
        "folders": [(folder, problem_in_words(folder.problem) if folder.last_error else "") for folder in read],
        "more_folders": [name for name in on_server if name not in {folder.name for folder in read}],
        "by_grant": by_grant,
        "app": app_of(mailbox.sign_in) if by_grant else None,
        "app_form": AppForm(),
        "is_granted": by_grant and is_granted(mailbox),
        "back_to": settings.PUBLIC_URL + reverse("mailbox-connected"),
        "doors": _doors(mailbox),
        "files": settings.MAILDIRS.get(mailbox.address, ""),
    }


def _doors(mailbox: Mailbox) -> dict[str, str]:
    """Return the two addresses to be given to the mailbox's mail service; the secret stands in them."""
    service = SERVICES.get(mailbox.service)
    if service is None:
        return {}
    scheme, _sep, rest = settings.PUBLIC_URL.partition("://")
    start = f"{scheme}://{USER_AT_THE_DOOR}:{secret_at_the_door(service)}@{rest}"
    return {kind: start + reverse(f"service-{kind}", args=[service.module]) for kind in ("letters", "news")}
