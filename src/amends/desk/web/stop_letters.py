"""The page behind List-Unsubscribe: one click stops letters that nobody asked for, another brings them back."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from amends.desk import clock
from amends.desk.models import Handle
from amends.desk.operations import unsubscribe
from amends.desk.web.locale import known_language

Page = Callable[[HttpRequest, Handle, str], HttpResponse]


def opened_by_link(page: Page) -> Callable[[HttpRequest, str], HttpResponse]:
    """Open the address a signed link stands for, in its owner's language; say so when the link was cut off."""

    @wraps(page)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        handle = unsubscribe.handle_of(token)
        if handle is None:
            return render(request, "page_over.html", status=404)
        asked = known_language(request.GET.get("lang")) or known_language(handle.customer.language)
        with translation.override(asked or translation.get_language() or "en"):
            return page(request, handle, token)

    return never_cache(opened)


# A mail program that presses the button for its reader knows no form of ours (RFC 8058): the signature is the key.
@csrf_exempt
@opened_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, handle: Handle, token: str) -> HttpResponse:
    """Ask, and when the button was pressed, stop. Looking at the page changes nothing: mail scanners look at links."""
    if request.method == "POST":
        unsubscribe.stop_letters(handle, now=clock.now())
        handle.refresh_from_db()
    return render(request, "stop.html", {"handle": handle, "token": token})


@opened_by_link
@require_POST
def again(request: HttpRequest, handle: Handle, token: str) -> HttpResponse:
    """Bring such letters back."""
    unsubscribe.allow_letters(handle, now=clock.now())
    handle.refresh_from_db()
    return render(request, "stop.html", {"handle": handle, "token": token})
