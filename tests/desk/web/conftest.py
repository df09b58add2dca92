"""A small desk full of people for the pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from amends.desk import clock
from amends.desk.models import Agent, Case
from tests.desk.web.rows import found_desk


@pytest.fixture
def desk(db: None) -> dict[str, Any]:
    """People of every role, and seven cases in four languages."""
    return found_desk(clock.now())


@pytest.fixture
def browser_of(desk: dict[str, Any], client_of: Callable[[Agent | None], Client]) -> Callable[[str], Client]:
    """A browser of the person with that role."""
    return lambda role: client_of(desk["people"][role])


@pytest.fixture
def agents_browser(browser_of: Callable[[str], Client]) -> Client:
    """An agent's browser."""
    return browser_of("agent")


@pytest.fixture
def english_case(desk: dict[str, Any]) -> Case:
    """Priya's case: an agent's draft with three faults and a promise lies on it."""
    found: Case = desk["cases"][3]
    return found
