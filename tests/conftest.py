"""What every test may use: one fixed moment, and the four languages."""

from datetime import UTC, datetime

import pytest

from amends.vocabulary import FIRST_CLASS


@pytest.fixture
def now() -> datetime:
    """A Wednesday morning without a public holiday in any of our countries."""
    return datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


@pytest.fixture(params=FIRST_CLASS)
def language(request: pytest.FixtureRequest) -> str:
    """Each of the four languages in turn."""
    return str(request.param)
