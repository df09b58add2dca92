"""What happens on the desk, pushed to open pages (server-sent events)."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Final

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from amends.desk.events import follow, latest
from amends.desk.models import Event

STILL_HERE_AFTER_S: Final = 15.0
"""Proxies and browsers close a silent line; a comment keeps it open."""


async def stream(request: HttpRequest) -> HttpResponseBase:
    """Push the kind and the case of each event, from the cursor the browser saw last."""
    asked = request.headers.get("Last-Event-ID") or request.GET.get("after") or ""
    after = int(asked) if asked.isascii() and asked.isdigit() else await latest()
    answer = StreamingHttpResponse(_lines(after), content_type="text/event-stream")
    answer["Cache-Control"] = "no-cache"
    answer["X-Accel-Buffering"] = "no"
    return answer


async def _lines(after: int) -> AsyncIterator[str]:
    yield f"retry: 2000\nid: {after}\n\n"
    events = follow(after)
    waited = asyncio.ensure_future(anext(events))
    try:
        while True:
            done, _ = await asyncio.wait({waited}, timeout=STILL_HERE_AFTER_S)
            if not done:
                yield ": still here\n\n"
                continue
            if waited.result().kind not in Event.COACHING:
                yield _line(waited.result())
            waited = asyncio.ensure_future(anext(events))
    finally:
        waited.cancel()


def _line(event: Event) -> str:
    """Return one event: ids only, what they mean is asked for through the access door."""
    told = json.dumps({"kind": event.kind, "case": event.case_id})
    return f"id: {event.pk}\ndata: {told}\n\n"
