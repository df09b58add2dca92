"""The brands of the desk: named, and signed for, by administrators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from amends.desk import clock
from amends.desk.access import agent_of, brands_for
from amends.desk.operations import brands
from amends.desk.web.asking import say
from amends.desk.web.brand_form import BrandForm


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a brand."""
    form = BrandForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        brands.add_brand(by=agent_of(request), now=clock.now(), **form.columns())
        say(request, gettext("Saved."))
        return redirect("people")
    return _shown(request, form)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change a brand."""
    brand = get_object_or_404(brands_for(agent_of(request)), pk=number)
    form = BrandForm(request.POST or None, instance=brand)
    if request.method == "POST" and form.is_valid():
        brands.change_brand(brand, by=agent_of(request), now=clock.now(), **form.columns())
        say(request, gettext("Saved."))
        return redirect("people")
    return _shown(request, form)


def _shown(request: HttpRequest, form: BrandForm) -> HttpResponse:
    return render(request, "brand.html", {"form": form}, status=422 if form.errors else 200)
