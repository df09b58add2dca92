"""The page on which anybody can write to us. Without cookies, without JavaScript, without a riddle to solve."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from amends.desk import clock
from amends.desk.channels.webform.budget import CHANNEL, connection_name, is_spent
from amends.desk.channels.webform.form import WebForm
from amends.desk.channels.webform.stamp import Stamp, new_stamp, read_stamp
from amends.desk.models import Brand
from amends.desk.operations.receive import receive
from amends.flow.web_form import WebFormMessage
from amends.vocabulary import Moment

LONGEST_SUBJECT = 80


# No log-in and no cookie stands behind this page, so there is nothing a foreign page could borrow; the stamp is
# signed, and a customer whose browser keeps no cookies can still reach us.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def web_form(request: HttpRequest) -> HttpResponse:
    """Show the blank form; keep what was written, or say what is missing with every word still there."""
    now = clock.now()
    if request.method != "POST":
        return _page(request, WebForm(initial={"stamp": new_stamp(now=now)}))
    form = WebForm(request.POST, request.FILES)
    stamp = read_stamp(request.POST.get("stamp", ""), now=now)
    if not form.is_valid() or not stamp.usable:
        return _again(request, form, now=now, status=422)
    connection = connection_name(request.META.get("REMOTE_ADDR", ""))
    if is_spent(email=form.cleaned_data["email"], connection=connection, now=now):
        return _again(request, form, now=now, status=429)
    _keep(form, stamp=stamp, connection=connection, now=now)
    return HttpResponseRedirect(f"{reverse('web-form-thanks')}?{urlencode({'lang': get_language() or 'en'})}")


@require_safe
def web_form_thanks(request: HttpRequest) -> HttpResponse:
    """Say that we have it, and what happens next."""
    return render(request, "webform/thanks.html", {"brand": _brand()})


def _keep(form: WebForm, *, stamp: Stamp, connection: str, now: Moment) -> None:
    written: dict[str, Any] = form.cleaned_data
    message = WebFormMessage(
        name=written["name"],
        email=written["email"],
        order=written["order"],
        text=written["text"],
        subject=_subject(written["text"]),
        language=get_language() or "und",
        files=form.parts(),
        at=now,
    )
    brand = _brand()
    envelope = {
        "way": CHANNEL,
        "peer": connection,
        "email": written["email"].lower(),
        "delivery": stamp.nonce,
        "rcpt": [brand.address] if brand else [],
    }
    receive(message.as_bytes(), channel=CHANNEL, external_id=stamp.nonce, envelope=envelope, now=now)


def _again(request: HttpRequest, form: WebForm, *, now: Moment, status: int) -> HttpResponse:
    """Show the form with everything that was written, under a new stamp, and say in words why it was not sent."""
    asked = QueryDict(mutable=True)
    asked.update(form.data)
    asked["stamp"], asked["website"] = new_stamp(now=now), ""
    page = _page(request, WebForm(asked), problem=_problem(form, status), photos_gone=bool(form.photos()))
    page.status_code = status
    return page


def _problem(form: WebForm, status: int) -> str:
    brand = _brand()
    if status == 429 and brand:
        words = gettext("We got many messages from you within the hour. Please write to %(address)s; nothing is lost.")
        return words % {"address": brand.address}
    if form.non_field_errors():
        return str(form.non_field_errors()[0])
    if form.errors.get("website"):
        return str(form.errors["website"][0])
    if form.errors.keys() <= {"stamp"}:
        return gettext("The page was open for a very short or a very long time. Please press Send once more.")
    return gettext("Something is missing. Please look at the marked fields.")


def _page(request: HttpRequest, form: WebForm, **more: Any) -> HttpResponse:
    wrong = {name: str(errors[0]) for name, errors in form.errors.items()} if more.get("problem") else {}
    return render(request, "webform/form.html", {"form": form, "brand": _brand(), "wrong": wrong, **more})


def _brand() -> Brand | None:
    return Brand.objects.order_by("pk").first()


def _subject(text: str) -> str:
    """Return the first words, cut between words where there are any."""
    first = " ".join(text.split("\n", 1)[0].split())
    if len(first) <= LONGEST_SUBJECT:
        return first
    return first[:LONGEST_SUBJECT].rsplit(" ", 1)[0] + "…"
