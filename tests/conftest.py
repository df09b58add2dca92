"""What every test may use: one fixed moment, and the four languages."""

import os
from datetime import UTC, datetime

import pytest

from amends.vocabulary import FIRST_CLASS

# Before any settings are read, and for every process a test starts: no test asks the world for a name.
os.environ.setdefault("AMENDS_NAME_SERVER", "off")


@pytest.fixture
def now() -> datetime:
    """A Wednesday morning without a public holiday in any of our countries."""
    return datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


@pytest.fixture(params=FIRST_CLASS)
def language(request: pytest.FixtureRequest) -> str:
    """Each of the four languages in turn."""
    return str(request.param)
