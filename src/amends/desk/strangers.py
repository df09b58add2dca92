"""Strangers: who is not logged in is sent to log in, and afterwards back to the page they asked from."""

from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase


def to_log_in(request: HttpRequest) -> HttpResponseBase:
    """Return the way to the log-in page; a part of a page cannot be one, so htmx is told to leave its page (401)."""
    is_part, is_page = request.headers.get("HX-Request") == "true", request.method in ("GET", "HEAD")
    # Neither a part nor an act is a page to come back to: that is the page it was asked from.
    asked_from = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "").path
    found = redirect_to_login(request.get_full_path() if is_page and not is_part else asked_from or "/")
    return HttpResponse(status=401, headers={"HX-Redirect": found.url}) if is_part else found
