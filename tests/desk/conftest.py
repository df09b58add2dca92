"""A desk with people in it, in a home of its own."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase

from amends.desk.models import Agent, Brand, Case, Conversation, Customer, Handle, Membership, Role, Team


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks this desk's database nothing: pure words and files, and desks started on a database of their own."""
    for item in items:
        if not asks_the_database(item):
            item.add_marker(pytest.mark.one_database)


def asks_the_database(item: pytest.Item) -> bool:
    """Return whether a test may read or write rows of the desk it runs in."""
    fixtures, case = getattr(item, "fixturenames", ()), getattr(item, "cls", None) or object
    asked = not {"db", "transactional_db"}.isdisjoint(fixtures) or issubclass(case, TransactionTestCase)
    return asked or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session", autouse=True)
def emptied_as_a_whole() -> None:
    """PostgreSQL empties our tables only together with the words of the search, which no model names."""
    plain = connection.ops.sql_flush
    connection.ops.sql_flush = lambda *words, **named: plain(*words, **named | {"allow_cascade": True})


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Blobs and secrets of a test end in its own folder, never in ./var."""
    monkeypatch.setenv("AMENDS_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def team(db: None) -> Team:
    """The one team."""
    return Team.objects.create(name="Satisfaction")


@pytest.fixture
def person(team: Team) -> Callable[..., Agent]:
    """Make a person of that role: `person(Role.LEAD)`; no role for None."""

    def made(role: Role | None, name: str = "") -> Agent:
        agent = Agent.objects.create_user(username=name or f"the-{role}", display_name=name.title())
        if role:
            Membership.objects.create(agent=agent, team=team, role=role)
        return agent

    return made


@pytest.fixture
def aino(person: Callable[..., Agent]) -> Agent:
    """An agent."""
    return person(Role.AGENT, "aino")


@pytest.fixture
def client_of() -> Callable[[Agent | None], Client]:
    """A browser in which that person is logged in, or nobody."""

    def opened(agent: Agent | None) -> Client:
        client = Client()
        if agent:
            client.force_login(agent, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return opened


@pytest.fixture
def brand(db: None) -> Brand:
    """The one brand, with a signature in each language."""
    signatures = {"en": "Lumi & Co", "id": "Lumi & Co", "th": "Lumi & Co", "fi": "Lumi & Co"}
    return Brand.objects.create(name="Lumi & Co", address="care@lumi.example", signatures=signatures)


@pytest.fixture
def customer(db: None, now: datetime) -> Customer:
    """A customer with an address."""
    somchai = Customer.objects.create(name="Somchai", language="th", country="TH", timezone="Asia/Bangkok", since=now)
    Handle.objects.create(customer=somchai, channel="email", value="somchai@example.org")
    return somchai


@pytest.fixture
def case(brand: Brand, customer: Customer, now: datetime) -> Case:
    """An open case with one conversation by mail."""
    made = Case.objects.create(customer=customer, brand=brand, subject="พัสดุล่าช้า", language="th", opened_at=now)
    Conversation.objects.create(
        case=made, token="t0", subject=made.subject, participants=["somchai@example.org"], started_at=now
    )
    return made
