"""A small desk full of people for the pages."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from amends.desk import clock
from amends.desk.models import Agent, Case
from tests.desk.web.rows import found_desk


@pytest.fixture(scope="module")
def founded(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """The rows of the desk, written once for the tests of a file; each of them takes back what it changed."""
    with ExitStack() as written:
        with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
            patch.setenv("AMENDS_HOME", str(tmp_path_factory.mktemp("founded")))
            written.enter_context(transaction.atomic())
            found = found_desk(clock.now())
        yield found
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            written.close()


@pytest.fixture
def desk(founded: dict[str, Any], db: None) -> dict[str, Any]:
    """People of every role, and seven cases in four languages."""
    return deepcopy(founded)


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
