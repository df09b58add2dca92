"""What the reader learnt from this desk: each attempt in plain words, used or taken back in one press."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from amends.desk import clock
from amends.desk.access import agent_of
from amends.desk.access_to_reading import refit_choices_for, refits_for
from amends.desk.models import Refit, RefitChoice
from amends.desk.operations import refit
from amends.desk.web.asking import say
from amends.desk.web.wording import refusal
from amends.reading.read import READER
from amends.reading.refit import FEWEST_CORRECTED
from amends.vocabulary import AmendsError

MOST_SHOWN: Final = 30


@dataclass(frozen=True, kw_only=True)
class CardShown:
    """One attempt as the page shows it: counts of held-out messages read rightly, shares in percent."""

    card: Refit
    choice: RefitChoice | None
    is_used: bool
    can_be_used: bool
    right: tuple[int, int] = (0, 0)
    near: tuple[int, int] = (0, 0)
    said_angry: tuple[int, int] = (0, 0)
    were_angry: int = 0


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what was learnt, newest first."""
    agent, used = agent_of(request), refit.in_use()
    choices = {choice.refit_id: choice for choice in refit_choices_for(agent).order_by("pk")}
    cards = [_shown(card, choices.get(card.pk), used.get(card.language)) for card in refits_for(agent)[:MOST_SHOWN]]
    return render(request, "learnt.html", {"cards": cards, "used": sorted(used), "fewest": FEWEST_CORRECTED})


@require_POST
def use(request: HttpRequest, number: int) -> HttpResponse:
    """Read a language by what was learnt."""
    agent = agent_of(request)
    card = get_object_or_404(refits_for(agent), pk=number)
    try:
        refit.use_refit(card, by=agent, now=clock.now())
    except AmendsError as error:
        say(request, refusal(error), kind="bad")
    else:
        say(request, gettext("New messages are read by what was learnt here."))
    return HttpResponseRedirect(reverse("learnt"))


@require_POST
def back(request: HttpRequest, language: str) -> HttpResponse:
    """Go back to the reader as released."""
    refit.read_as_released(language, by=agent_of(request), now=clock.now())
    say(request, gettext("New messages are read as released. Nothing learnt is used until you say so."))
    return HttpResponseRedirect(reverse("learnt"))


def _shown(card: Refit, choice: RefitChoice | None, used: Refit | None) -> CardShown:
    is_used = card == used
    can_be_used = card.outcome == Refit.Outcome.BETTER and card.reader == READER and not is_used
    if not card.before:
        return CardShown(card=card, choice=choice, is_used=is_used, can_be_used=can_be_used)
    both = (card.before, card.after)
    first, second = (round(each["exact"] * card.held) for each in both)
    near, nearer = (round(each["within_one"] * card.held) for each in both)
    said, says = (round(100 * each["said_angry"]) for each in both)
    return CardShown(
        card=card, choice=choice, is_used=is_used, can_be_used=can_be_used, right=(first, second), near=(near, nearer),
        said_angry=(said, says), were_angry=round(100 * card.after["were_angry"]),
    )  # fmt: skip
