"""What views ask of a request, and where they send people afterwards."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme

from amends.desk.access import agent_of, cases_for
from amends.desk.models import Case
from amends.desk.operations.merged import led_to
from amends.desk.web.wording import refusal
from amends.vocabulary import AmendsError

ICONS = {"good": "circle-check", "bad": "triangle-alert", "warn": "info"}


def the_case(request: HttpRequest, number: int) -> Case:
    """Return the case of that number, or the one it was merged into; 404 for whoever may not see it."""
    rows = cases_for(agent_of(request)).select_related("customer", "brand", "owner", "order", "linked_to")
    case = get_object_or_404(rows, pk=number)
    return case if case.merged_into_id is None else rows.get(pk=led_to(case).pk)


def is_fragment(request: HttpRequest) -> bool:
    """Return whether htmx asks for a part of a page."""
    return request.headers.get("HX-Request") == "true"


def words(request: HttpRequest, name: str) -> str:
    """Return what somebody wrote, with line ends as the coach counts them (browsers send CRLF)."""
    return request.POST.get(name, "").replace("\r\n", "\n").replace("\x00", "")


def whole(request: HttpRequest, name: str, default: int = 0) -> int:
    """Return a whole number from a form, `default` when there is none."""
    text = request.POST.get(name) or request.GET.get(name) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else default


def moment(request: HttpRequest, name: str) -> datetime | None:
    """Return a time from a date-time field, in the reader's zone; None when it is none."""
    try:
        found = parse_datetime(request.POST.get(name, ""))
    except ValueError:
        return None
    return timezone.make_aware(found) if found and timezone.is_naive(found) else found


def say(request: HttpRequest, text: str, *, kind: str = "good") -> None:
    """Show a line on the next page."""
    messages.success(request, text, extra_tags=kind)


def say_refusal(request: HttpRequest, error: AmendsError) -> None:
    """Show on the next page why the desk refused."""
    say(request, refusal(error), kind="bad")


def to_case(case: Case, anchor: str = "") -> HttpResponseRedirect:
    """Send the browser to the case's page."""
    return HttpResponseRedirect(reverse("case", args=[case.pk]) + (f"#{anchor}" if anchor else ""))


def back(request: HttpRequest, fallback: str) -> HttpResponseRedirect:
    """Send the browser to where the form says it came from, if that is ours, else to the route `fallback`."""
    wanted = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(wanted if is_ours else reverse(fallback))


def empty() -> HttpResponse:
    """Answer that there is nothing to show."""
    return HttpResponse(status=204)
