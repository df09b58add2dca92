"""What every test may use: one fixed moment, and the four languages."""

import os
from datetime import UTC, datetime

import pytest

from amends.vocabulary import FIRST_CLASS

# Before any settings are read, and for every process a test starts: no test asks the world for a name.
os.environ.setdefault("AMENDS_NAME_SERVER", "off")

LONGEST = (
    "tests/journeys/test_through_real_servers.py", "tests/desk/screens/test_every_screen.py", "tests/desk/chaos",
    "tests/desk/screens", "tests/desk/cli/test_up.py", "tests/desk/demo", "tests/desk/failpoints", "tests/desk/channels",
    "tests/desk/web", "tests/unit/coach/test_packs.py", "tests/desk/test_access.py", "tests/quality",
)  # fmt: skip
"""Files that take half a minute and more, begun first: whoever works beside the last one would wait for it."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest; whatever is named nowhere follows as it came."""
    items.sort(
        key=lambda item: next((at for at, path in enumerate(LONGEST) if item.nodeid.startswith(path)), len(LONGEST))
    )


@pytest.fixture
def now() -> datetime:
    """A Wednesday morning without a public holiday in any of our countries."""
    return datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


@pytest.fixture(params=FIRST_CLASS)
def language(request: pytest.FixtureRequest) -> str:
    """Each of the four languages in turn."""
    return str(request.param)
