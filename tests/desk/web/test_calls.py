"""A colleague who is called in a note finds it before the queue and on the case, until they have seen it."""

from collections.abc import Callable

import pytest
from django.test import Client

from amends.desk.models import Agent, Case, Mention, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def ville(person: Callable[..., Agent]) -> Agent:
    """Whom Aino calls."""
    return person(Role.AGENT, "ville")


def test_the_called_find_it_and_say_that_they_saw_it(
    case: Case, aino: Agent, ville: Agent, client_of: Callable[..., Client]
):
    client_of(aino).post(f"/cases/{case.pk}/note", {"text": "@ville, can you ring them?"})
    his = client_of(ville)
    for address in ("/", f"/cases/{case.pk}/"):
        assert "Colleagues call you" in his.get(address).content.decode()
    his.post(f"/mentions/{Mention.objects.get().pk}/seen")
    assert "Colleagues call you" not in his.get("/").content.decode()


def test_nobody_else_is_called_or_may_say_so_for_them(
    case: Case, aino: Agent, ville: Agent, client_of: Callable[..., Client]
):
    hers = client_of(aino)
    said = hers.post(f"/cases/{case.pk}/note", {"text": "@ville and @vile, please."}, follow=True).content.decode()
    assert "Colleagues call you" not in said
    assert "Called: ville" in said.replace("Ville", "ville")
    assert "Nobody here has the name @vile" in said
    assert hers.post(f"/mentions/{Mention.objects.get().pk}/seen").status_code == 404


def test_the_rail_counts_the_calls_that_wait_and_leads_to_them(
    case: Case, aino: Agent, ville: Agent, client_of: Callable[..., Client]
):
    hers, his = client_of(aino), client_of(ville)
    assert '<li id="rail-calls" hidden>' in his.get("/promises/").content.decode()
    for words in ("@ville, one.", "@ville, two."):
        hers.post(f"/cases/{case.pk}/note", {"text": words})
    shown = his.get("/promises/")
    assert shown.context["rail"]()["calls"] == 2
    assert '<li id="rail-calls">' in shown.content.decode()
    assert 'href="/#called"' in shown.content.decode()
    assert 'id="called"' in his.get("/").content.decode()
    assert 'id="rail-calls" hx-swap-oob' in his.get("/", headers={"HX-Request": "true"}).content.decode()


def test_each_colleague_is_offered_by_the_name_that_calls_nobody_else(
    case: Case, aino: Agent, person: Callable[..., Agent], client_of: Callable[..., Client]
):
    for login, shown in (("ville.k", "Ville"), ("ville.l", "Ville Lahti"), ("nok", "นก")):
        Agent.objects.filter(pk=person(Role.AGENT, login).pk).update(display_name=shown)
    page = client_of(aino).get(f"/cases/{case.pk}/")
    offered = {str(who): name for who, name in page.context["callable_people"]}
    assert offered == {"Ville": "ville.k", "Ville Lahti": "ville.l", "นก": "นก"}
    assert 'data-begins="นก nok"' in page.content.decode()
