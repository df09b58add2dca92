"""The language and the clock of the screens: the agent's own choice, else what the browser asks for."""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation

from amends.desk.models import Agent

Responder = Callable[[HttpRequest], HttpResponseBase]


class InterfaceLanguageMiddleware:
    """Set the language and the time zone of the screens for one request."""

    sync_capable = True
    async_capable = False

    def __init__(self, respond: Responder) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the agent's language and zone."""
        with translation.override(_language(request)), timezone.override(_zone(request)):
            response = self.respond(request)
            response.setdefault("Content-Language", translation.get_language() or "en")
            return response


def zone(name: str) -> ZoneInfo:
    """Return the time zone of that name, UTC when nobody knows it."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def known_language(tag: str | None) -> str | None:
    """Return `tag` when the screens exist in that language."""
    return tag if tag in dict(settings.LANGUAGES) else None


def _language(request: HttpRequest) -> str:
    asked = known_language(request.GET.get("lang"))
    agent = request.user
    if isinstance(agent, Agent):
        return asked or known_language(agent.interface_language) or "en"
    return asked or translation.get_language_from_request(request)


def _zone(request: HttpRequest) -> ZoneInfo:
    return zone(request.user.timezone if isinstance(request.user, Agent) else "UTC")
