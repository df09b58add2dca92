"""Files of messages: always a download; only pictures we drew again ourselves are shown."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from amends.desk import blobs
from amends.desk.access import agent_of, attachments_for, messages_for
from amends.desk.operations.pictures import keep_picture
from amends.desk.operations.receive import raw_bytes

THUMBNAIL_TYPES = ((b"\x89PNG", "image/png"), (b"RIFF", "image/webp"), (b"\xff\xd8", "image/jpeg"))


@require_safe
def file(request: HttpRequest, number: int) -> HttpResponse:
    """Give a file of a message, never to be shown inside our pages."""
    row = get_object_or_404(attachments_for(agent_of(request)), pk=number)
    return download(_bytes(row.sha256), name=row.name)


@require_safe
def small(request: HttpRequest, number: int) -> HttpResponse:
    """Show the small picture we drew of a file."""
    row = get_object_or_404(attachments_for(agent_of(request)).exclude(thumbnail_sha256=""), pk=number)
    return picture(row.thumbnail_sha256)


@require_safe
def large(request: HttpRequest, number: int) -> HttpResponse:
    """Show a photo large enough to see what is broken: drawn again by us, so pixels only."""
    row = get_object_or_404(attachments_for(agent_of(request)).exclude(thumbnail_sha256=""), pk=number)
    try:
        return picture(row.picture_sha256 or keep_picture(row))
    except FileNotFoundError as lost:
        raise Http404 from lost


@require_safe
def as_it_came(request: HttpRequest, number: int) -> HttpResponse:
    """Give a message byte for byte as it came, however badly it could be read."""
    message = get_object_or_404(messages_for(agent_of(request)).exclude(raw=None).select_related("raw"), pk=number)
    if message.raw is None:
        raise Http404
    try:
        return download(raw_bytes(message.raw), name=f"message-{message.pk}.eml")
    except FileNotFoundError as lost:
        raise Http404 from lost


def download(content: bytes, *, name: str) -> HttpResponse:
    """Return bytes that a browser saves and never runs."""
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def picture(digest: str) -> HttpResponse:
    """Return a picture of ours."""
    content = _bytes(digest)
    media_type = next((kind for head, kind in THUMBNAIL_TYPES if content.startswith(head)), None)
    if media_type is None:
        raise Http404
    return _shown(content, media_type)


def _shown(content: bytes, media_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Cache-Control"] = "private, max-age=86400, immutable"
    return answer


def _bytes(digest: str) -> bytes:
    try:
        return blobs.read(digest)
    except FileNotFoundError as lost:
        raise Http404 from lost
