"""The customer's page: a signed link, no log-in, phone first, in their language."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from amends.desk import clock
from amends.desk.models import Attachment, Case, Promise
from amends.desk.operations import customer_page, new_dates
from amends.desk.web.asking import say, say_refusal, whole, words
from amends.desk.web.attachment import picture
from amends.desk.web.locale import known_language, zone
from amends.desk.web.shown.their_page import their_page
from amends.mail.letter import Part
from amends.vocabulary import AmendsError, Intensity

LONGEST_WORDS: Final = 20_000
MOST_FILES: Final = 5
LARGEST_FILE: Final = 10 * 1024 * 1024

Page = Callable[..., HttpResponse]


def opened_by_link(page: Page) -> Page:
    """Open the case a signed link stands for, in the customer's language and zone; say so when it is over."""

    @wraps(page)
    def opened(request: HttpRequest, token: str, **rest: Any) -> HttpResponse:
        case = customer_page.case_of(token, now=clock.now())
        if case is None:
            return render(request, "page_over.html", status=404)
        with translation.override(_language(request, case)), timezone.override(_zone(case)):
            answer = page(request, case, token, **rest)
        # The link is a key, so no other site learns it; with "no-referrer" browsers would hide the origin from us too,
        # and every form of the page would be refused as forged.
        answer.setdefault("Referrer-Policy", "same-origin")
        return answer

    return never_cache(opened)


@opened_by_link
@require_safe
def page(request: HttpRequest, case: Case, token: str) -> HttpResponse:
    """Show the customer what we understood, who is on it, and what we promised."""
    shown = {"case": case, "token": token, "theirs": their_page(case, now=clock.now()), "query": _query(request)}
    return render(request, "page.html", shown)


@opened_by_link
@require_POST
def add_words(request: HttpRequest, case: Case, token: str) -> HttpResponse:
    """Take the customer's words and photos."""
    text, files = words(request, "text").strip()[:LONGEST_WORDS], _files(request)
    if text or files:
        customer_page.add_words(case, text=text, files=files, now=clock.now())
        say(request, gettext("Thank you. We have it, and a person will read it."))
    else:
        say(request, gettext("Nothing was sent yet: write a few words or choose a photo."), kind="warn")
    return _back(request, token)


@opened_by_link
@require_POST
def wish(request: HttpRequest, case: Case, token: str) -> HttpResponse:
    """Take the answer to "what would put it right?"."""
    text = words(request, "text").strip()[:LONGEST_WORDS]
    if text:
        customer_page.wish(case, text=text, now=clock.now())
        say(request, gettext("Thank you. That helps us to put it right."))
    return _back(request, token)


@opened_by_link
@require_POST
def solved(request: HttpRequest, case: Case, token: str) -> HttpResponse:
    """Take the customer's word that it is solved."""
    needless = gettext("What you still promised is not needed any more") if request.POST.get("needless") else ""
    customer_page.says_solved(case, needless=needless, now=clock.now())
    say(request, gettext("Good to hear. If anything comes up again, just write here."))
    return _back(request, token)


@opened_by_link
@require_POST
def not_kept(request: HttpRequest, case: Case, token: str) -> HttpResponse:
    """Take the customer's word that a promise was not kept."""
    promise = get_object_or_404(Promise, case=case, pk=whole(request, "promise"))
    customer_page.says_not_kept(promise, now=clock.now())
    say(request, gettext("Thank you for telling us. A person looks at it now."))
    return _back(request, token)


@opened_by_link
@require_POST
def agreed(request: HttpRequest, case: Case, token: str) -> HttpResponse:
    """Take the customer's yes to the new time that a note ahead proposed."""
    promise = get_object_or_404(Promise, case=case, pk=whole(request, "promise"))
    try:
        new_dates.agree(promise, customers_words=gettext("Yes, that suits me"), now=clock.now())
        say(request, gettext("Thank you. That is what we promise now."))
    except AmendsError as error:
        say_refusal(request, error)
    return _back(request, token)


@opened_by_link
@require_POST
def feeling(request: HttpRequest, case: Case, token: str) -> HttpResponse:
    """Take the customer's own word of how they feel."""
    felt = whole(request, "intensity", default=-1)
    if felt in set(Intensity):
        customer_page.feels(case, intensity=Intensity(felt), now=clock.now())
        say(request, gettext("Thank you for telling us."))
    return _back(request, token)


@opened_by_link
@require_safe
def photo(request: HttpRequest, case: Case, token: str, number: int) -> HttpResponse:
    """Show a small picture of a photo of this case."""
    rows = Attachment.objects.filter(message__conversation__case=case).exclude(thumbnail_sha256="")
    return picture(get_object_or_404(rows, pk=number).thumbnail_sha256)


def _language(request: HttpRequest, case: Case) -> str:
    asked = known_language(request.GET.get("lang"))
    theirs = known_language(case.customer.language) or known_language(case.language)
    return asked or theirs or translation.get_language() or "en"


def _zone(case: Case) -> Any:
    return zone(case.customer.timezone or case.brand.timezone)


def _back(request: HttpRequest, token: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("page", args=[token]) + _query(request))


def _query(request: HttpRequest) -> str:
    """Return the customer's choice of language, to be kept from page to page."""
    asked = known_language(request.GET.get("lang"))
    return f"?lang={asked}" if asked else ""


def _files(request: HttpRequest) -> tuple[Part, ...]:
    sent = [file for file in request.FILES.getlist("files")[:MOST_FILES] if (file.size or 0) <= LARGEST_FILE]
    return tuple(
        Part(name=file.name or "photo", media_type=file.content_type or "application/octet-stream", content=file.read())
        for file in sent
    )
