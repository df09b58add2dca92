"""The language of the screens: the agent's own choice, else what the browser asks for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from amends.desk.models import Agent

Responder = Callable[[HttpRequest], HttpResponseBase]


class InterfaceLanguageMiddleware:
    """Set the language of the screens for one request."""

    sync_capable = True
    async_capable = False

    def __init__(self, respond: Responder) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the agent's language."""
        with translation.override(_language(request)):
            response = self.respond(request)
            response.setdefault("Content-Language", translation.get_language() or "en")
            return response


def _language(request: HttpRequest) -> str:
    agent = request.user
    if isinstance(agent, Agent):
        return agent.interface_language
    return request.GET.get("lang") or translation.get_language_from_request(request)
