"""Every address of the desk × every role: who may, who may not, and no door without a row in the table."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import AsyncRequestFactory, Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter
from django.utils.functional import SimpleLazyObject

from amends.desk import access
from amends.desk.models import Agent, Case, Draft, RawMessage, Role

pytestmark = pytest.mark.django_db


def _patterns(within: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in within:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern


def routes() -> list[URLPattern]:
    return list(_patterns(get_resolver().url_patterns))


def address(pattern: URLPattern) -> str:
    """Return some address of the route; the row it names need not exist."""
    kinds = pattern.pattern.converters.items()
    numbers = {name: 1 if isinstance(kind, IntConverter) else "0" * 64 for name, kind in kinds}
    return reverse(str(pattern.name), kwargs=numbers)


NAMES = sorted(str(pattern.name) for pattern in routes())
OTHERS = [*(role for role in Role if role != Role.ADMIN), None]
ONCE = pytest.mark.one_database
"""The table says who may, whatever the database; that every page opens on each is seen as an admin."""
GUARDED = [pattern for pattern in routes() if pattern.name not in access.PUBLIC]


def test_every_route_has_a_name_and_a_row() -> None:
    unlisted = [name for name in NAMES if name not in access.TABLE and name not in access.PUBLIC]
    assert unlisted == []


def test_no_route_is_both_public_and_guarded() -> None:
    assert access.PUBLIC.isdisjoint(access.TABLE)


@pytest.mark.parametrize("pattern", GUARDED, ids=lambda pattern: pattern.name)
def test_every_guarded_view_asks_for_its_own_row(pattern: URLPattern) -> None:
    assert getattr(pattern.callback, "amends_route", None) == pattern.name


@pytest.mark.parametrize("pattern", GUARDED, ids=lambda pattern: pattern.name)
def test_a_stranger_is_sent_to_log_in(pattern: URLPattern, client: Client) -> None:
    for answer in (client.get(address(pattern)), client.post(address(pattern))):
        assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("log-in"))


@pytest.mark.parametrize("role", [Role.ADMIN, *(pytest.param(role, marks=ONCE) for role in OTHERS)], ids=str)
@pytest.mark.parametrize("pattern", GUARDED, ids=lambda pattern: pattern.name)
def test_a_role_opens_exactly_its_doors(
    pattern: URLPattern, role: Role | None, person: Callable[..., Agent], client_of: Callable[..., Client]
) -> None:
    if pattern.name == "events" and role in access.TABLE["events"]:
        pytest.skip("an endless answer; test_events.py reads it")
    client = client_of(person(role))
    client.raise_request_exception = False
    answer = client.get(address(pattern))
    assert (answer.status_code == 403) == (role not in access.TABLE[str(pattern.name)])


def test_a_view_without_a_row_cannot_even_be_written() -> None:
    with pytest.raises(KeyError):
        access.may("a-door-nobody-listed")


@access.may("now")
def a_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("secrets")


@access.may("now")
async def a_live_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("live secrets")


def test_a_fragment_for_somebody_logged_out_leaves_the_page(rf: RequestFactory, settings: LazySettings) -> None:
    request = rf.get("/", headers={"HX-Request": "true"})
    request.user = AnonymousUser()
    settings.LOGIN_URL = "/log-in/"
    answer = a_page(request)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/log-in/?next=/")


async def test_an_async_view_is_guarded_as_well(async_rf: AsyncRequestFactory, settings: LazySettings) -> None:
    settings.LOGIN_URL = "/log-in/"
    request = async_rf.get("/")
    request.auser = nobody
    assert (await a_live_page(request)).status_code == 302


async def nobody() -> AnonymousUser:
    return AnonymousUser()


def test_whoever_asks_is_a_row_that_can_be_locked(
    rf: RequestFactory, person: Callable[..., Agent], django_assert_num_queries: Callable[..., Any]
) -> None:
    lead, request, seen = person(Role.LEAD), rf.get("/"), []
    request.user = SimpleLazyObject(lambda: Agent.objects.get(pk=lead.pk))

    @access.may("now")
    def view(request: HttpRequest) -> HttpResponse:
        seen.append(access.agent_of(request))
        return HttpResponse(access.roles_of(seen[0]) | access.roles_of(access.agent_of(request)))

    with django_assert_num_queries(2):
        assert view(request).status_code == 200
    assert (type(seen[0]), seen[0]) == (Agent, lead)


def test_roles_taken_away_are_gone_in_the_next_request(
    person: Callable[..., Agent], client_of: Callable[..., Client]
) -> None:
    lead = person(Role.LEAD)
    browser = client_of(lead)
    assert browser.get(reverse("quarantine")).status_code == 200
    lead.memberships.all().delete()
    assert browser.get(reverse("quarantine")).status_code == 403


def test_somebody_who_left_the_company_has_no_role(person: Callable[..., Agent]) -> None:
    left = person(Role.ADMIN)
    left.is_active = False
    assert access.roles_of(left) == frozenset()


@pytest.mark.parametrize("role", [Role.ANALYST, Role.OWNER, None])
def test_who_does_not_work_on_cases_sees_no_customer(
    role: Role | None, case: Case, person: Callable[..., Agent]
) -> None:
    agent = person(role)
    for door in (access.cases_for, access.customers_for, access.messages_for, access.notes_for, access.promises_for):
        assert not door(agent).exists()
    assert not access.colleagues_for(agent).exists()


@pytest.mark.parametrize("role", [Role.AGENT, Role.LEAD, Role.ADMIN])
def test_who_works_on_cases_sees_every_case(role: Role, case: Case, person: Callable[..., Agent]) -> None:
    assert list(access.cases_for(person(role))) == [case]


def test_a_draft_is_seen_by_its_writer_only(case: Case, aino: Agent, person: Callable[..., Agent], now: object) -> None:
    draft = Draft.objects.create(case=case, conversation=case.conversations.get(), author=aino, updated_at=now)
    assert list(access.drafts_for(aino)) == [draft]
    assert not access.drafts_for(person(Role.LEAD)).exists()


def test_raw_mail_is_for_leads_and_administrators(person: Callable[..., Agent], now: object) -> None:
    RawMessage.objects.create(channel="email", external_id="1", sha256="0" * 64, size=1, received_at=now)
    allowed = {role for role in Role if access.raw_messages_for(person(role)).exists()}
    assert allowed == {Role.LEAD, Role.ADMIN}
