"""A new desk says what it still needs, to who sets it up, until the first customer writes."""

from collections.abc import Callable

import pytest
from django.test import Client

from amends.desk import clock
from amends.desk.models import Agent, Brand, Case, Mailbox, Role
from amends.desk.operations.brands import first_brand

pytestmark = pytest.mark.django_db
Person, ClientOf = Callable[..., Agent], Callable[[Agent], Client]


def test_a_new_desk_leads_through_its_first_steps(person: Person, client_of: ClientOf, language: str) -> None:
    brand, admin = first_brand(now=clock.now()), person(Role.ADMIN, "ada")
    client = client_of(admin)
    steps = client.get("/").context["first_steps"]()
    assert [step.is_done for step in steps] == [False] * 5
    assert 'aria-labelledby="first-steps"' in client.get("/", {"lang": language}).content.decode()
    Brand.objects.update(name="Lumi")
    mailbox = Mailbox.objects.create(brand=brand, address="care@lumi.example")
    assert f"/mailboxes/{mailbox.pk}/" in client.get("/").content.decode(), "not read yet"
    Mailbox.objects.update(last_checked_at=clock.now())
    person(Role.AGENT, "aino")
    steps = client.get("/").context["first_steps"]()
    assert [step.is_done for step in steps] == [True, True, True, False, False]


def test_whoever_answers_only_is_told_that_nobody_waits(person: Person, client_of: ClientOf) -> None:
    page = client_of(person(Role.AGENT, "aino")).get("/").content.decode()
    assert "Nobody waits for us." in page
    assert "first-steps" not in page


def test_they_are_over_with_the_first_case(case: Case, person: Person, client_of: ClientOf) -> None:
    Case.objects.filter(pk=case.pk).update(status="waiting")
    assert "Nobody waits for us." in client_of(person(Role.ADMIN, "ada")).get("/").content.decode()
