"""Two figures that matter most: who was angry and calmed down, and which promises were kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.desk import clock
from amends.desk.web.shown.figures import figures


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the figures with their number of cases and their interval; no customer is named."""
    return render(request, "measures.html", {"figures": figures(now=clock.now())})
