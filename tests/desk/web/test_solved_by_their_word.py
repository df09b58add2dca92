"""How often the customers themselves say that it is solved (playbook R213)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amends.desk import clock
from amends.desk.models import Case
from amends.desk.operations.case_life import reopen, rest
from amends.desk.web.shown.figures import Figure, figures

pytestmark = pytest.mark.django_db


def solved() -> Figure:
    """The figure as it stands now."""
    return next(figure for figure in figures(now=clock.now()) if figure.name == "solved")


def rests(case: Case, ending: Case.Ending, *, days_ago: int = 1) -> None:
    """Let a case rest."""
    rest(case, ending=ending, by=None, now=clock.now() - timedelta(days=days_ago))


def test_it_counts_who_said_so_among_all_that_came_to_rest(desk: dict[str, Any]) -> None:
    for case, ending in zip(desk["cases"], (Case.Ending.CUSTOMER_SAID, Case.Ending.QUIET), strict=False):
        rests(case, ending)
    assert (solved().hits, solved().n) == (1, 2)


def test_only_the_last_rest_of_a_case_counts(desk: dict[str, Any]) -> None:
    case = desk["cases"][0]
    rests(case, Case.Ending.CUSTOMER_SAID, days_ago=3)
    reopen(case, by=None, now=clock.now() - timedelta(days=2))
    rests(case, Case.Ending.QUIET)
    assert (solved().hits, solved().n) == (0, 1)


def test_what_came_as_history_or_long_ago_is_not_counted(desk: dict[str, Any]) -> None:
    rests(desk["cases"][0], Case.Ending.HISTORY)
    rests(desk["cases"][1], Case.Ending.CUSTOMER_SAID, days_ago=120)
    assert solved().n == 0


def test_measures_shows_it_with_its_interval(browser_of: Callable[[str], Client], desk: dict[str, Any]) -> None:
    rests(desk["cases"][0], Case.Ending.CUSTOMER_SAID)
    page = browser_of("analyst").get(reverse("measures")).content.decode()
    assert "Solved, as the customer says" in page
    assert "1 of 1" in page
