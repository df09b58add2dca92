"""A desk with one agent, for stories from the first angry word to a kept promise."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings

from amends.desk.models import Agent, Brand, Membership, Role, Team
from tests.journeys.day import DESK, Day, Story


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Blobs and secrets of a journey end in its own folder."""
    monkeypatch.setenv("AMENDS_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def brand(db: None) -> Brand:
    """The company the customers are angry with."""
    return Brand.objects.create(name="Lumi & Co", address=DESK)


@pytest.fixture
def aino(db: None) -> Agent:
    """The agent who answers."""
    agent = Agent.objects.create_user(username="aino", display_name="Aino", interface_language="en")
    Membership.objects.create(agent=agent, team=Team.objects.create(name="Satisfaction"), role=Role.AGENT)
    return agent


@pytest.fixture
def day(brand: Brand, aino: Agent, tmp_path: Path) -> Iterator[Callable[[Story], Day]]:
    """Begin a day with one story. Replies leave at once, to the local outbox."""
    browser = Client()
    browser.force_login(aino, backend="django.contrib.auth.backends.ModelBackend")
    (tmp_path / "drop").mkdir()
    with override_settings(UNDO_SECONDS=0, SENDING="outbox"):
        yield lambda story: Day(story=story, browser=browser, drop=tmp_path / "drop")
