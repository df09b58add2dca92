"""The way in and out: log-in, one-time log-in, log-out, health."""

from typing import Final

from django.contrib.auth import login, logout
from django.contrib.auth.views import LoginView
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from amends.desk import clock
from amends.desk.access import is_allowed
from amends.desk.models import Agent
from amends.desk.one_time import redeem

BACKEND: Final = "django.contrib.auth.backends.ModelBackend"
FIRST_PAGES: Final = ("now", "measures", "playbook")


class LogIn(LoginView):
    """The log-in page."""

    template_name = "log_in.html"
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        """Return where somebody begins their day."""
        person = self.request.user
        return first_page(person) if isinstance(person, Agent) else super().get_default_redirect_url()


log_in = LogIn.as_view()


@never_cache
def one_time(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody in once. The link itself only shows a button, so that a preview of it does not use it up."""
    if request.method != "POST":
        return render(request, "one_time.html")
    agent = redeem(token, now=clock.now())
    if agent is None:
        return render(request, "one_time.html", {"is_over": True}, status=410)
    login(request, agent, backend=BACKEND)
    return redirect(first_page(agent))


def first_page(agent: Agent) -> str:
    """Return the address of the first page this person may see."""
    name = next(name for name in FIRST_PAGES if name == FIRST_PAGES[-1] or is_allowed(agent, name))
    return reverse(name)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Let somebody out."""
    logout(request)
    return redirect("log-in")


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say that the pages and the database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
