"""A message in its own layout, inside a frame without scripts, cookies or a way out; and its pictures."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from amends.desk import clock
from amends.desk.access import attachments_for, is_allowed, layouts_for
from amends.desk.far_pictures import fetch
from amends.desk.models import Agent
from amends.desk.operations.pictures import drawn_again
from amends.desk.web import attachment
from amends.desk.web.asking import empty
from amends.desk.web.sealed import opened
from amends.desk.web.shown.laid_out import FAR_PICTURE, LETTER, PICTURE, laid_out

POLICY: Final = "; ".join(
    [
        "sandbox allow-popups allow-popups-to-escape-sandbox",
        "default-src 'none'",
        "img-src 'self' data:",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    ]
)
"""Links open in windows of their own; nothing else may happen. Written styles stay, cut down by `safe_style`."""


@require_safe
@xframe_options_sameorigin
def page(request: HttpRequest, word: str) -> HttpResponse:
    """Show a message as it was laid out."""
    facts = opened(LETTER, word, now=clock.now())
    if facts is None:
        return _guarded(render(request, "letter_over.html", status=410))
    agent = _agent(facts["agent"])
    layout = get_object_or_404(layouts_for(agent).select_related("message"), pk=facts["message"])
    shown = laid_out(layout, agent, shows_pictures=facts["pictures"], now=clock.now())
    return _guarded(render(request, "letter.html", {"letter": shown}))


@require_safe
def picture(request: HttpRequest, word: str) -> HttpResponse:
    """Show a picture that came with a message, as we drew it."""
    facts = opened(PICTURE, word, now=clock.now())
    if facts is None:
        raise Http404
    files = attachments_for(_agent(facts["agent"])).exclude(thumbnail_sha256="")
    return attachment.picture(get_object_or_404(files, pk=facts["file"]).thumbnail_sha256)


@require_safe
def far_picture(request: HttpRequest, word: str) -> HttpResponse:
    """Show a picture from elsewhere, fetched and drawn by us."""
    facts = opened(FAR_PICTURE, word, now=clock.now())
    if facts is None or not is_allowed(_agent(facts["agent"]), "case"):
        raise Http404
    drawn = drawn_again(fetch(facts["at"]).content)
    if drawn is None:
        # Not an error of ours: a refusal would be logged, with the seal that still opens this address.
        return empty()
    answer = HttpResponse(drawn.content, content_type=drawn.media_type)
    answer["Cache-Control"] = "private, max-age=86400, immutable"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _agent(number: int) -> Agent:
    """Return for whom it was sealed, if they are still here."""
    return get_object_or_404(Agent, pk=number, is_active=True)


def _guarded(answer: HttpResponse) -> HttpResponse:
    answer["Content-Security-Policy"] = POLICY
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "private, no-store"
    # A sandboxed page in a window of its own is refused by browsers when it asks for an opener of its own kind.
    answer["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return answer
