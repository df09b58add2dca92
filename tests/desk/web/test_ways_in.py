"""Passwords, new links, and colleagues who leave and come back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amends.desk.models import Agent, Case, Event

pytestmark = pytest.mark.django_db
FIRST, SECOND = "kahvia ja pullaa 7", "teh manis tanpa es 9"


def sets(browser: Client, new: str, **old: str) -> int:
    """Send the password form; return the status."""
    told = {"new_password1": new, "new_password2": new, **old}
    return browser.post(reverse("preferences-password"), told).status_code


def test_a_first_password_is_kept_as_argon2_and_the_session_goes_on(agents_browser: Client) -> None:
    assert sets(agents_browser, FIRST) == 302
    assert Agent.objects.get(username="aino").password.startswith("argon2")
    assert agents_browser.get(reverse("preferences")).status_code == 200


def test_a_weak_password_is_refused(agents_browser: Client) -> None:
    assert sets(agents_browser, "short") == 422
    assert not Agent.objects.get(username="aino").has_usable_password()


def test_a_change_needs_the_old_password(agents_browser: Client) -> None:
    sets(agents_browser, FIRST)
    assert (sets(agents_browser, SECOND), sets(agents_browser, SECOND, old_password="wrong")) == (422, 422)
    assert sets(agents_browser, SECOND, old_password=FIRST) == 302
    assert Agent.objects.get(username="aino").check_password(SECOND)


def test_an_administrator_gives_a_colleague_a_new_link_that_lets_them_in_once(
    browser_of: Callable[[str], Client], desk: dict[str, Any], client: Client
) -> None:
    page = browser_of("admin").post(reverse("agent-link", args=[desk["people"]["agent"].pk]))
    address = "/log-in/once/" + page.context["link"].split("/log-in/once/")[1]
    assert [client.post(address).status_code, Client().post(address).status_code] == [302, 410]
    assert Event.objects.filter(kind="agent.link_given").count() == 1


def test_who_has_left_is_out_at_once_and_their_cases_are_nobodys(
    browser_of: Callable[[str], Client], desk: dict[str, Any], agents_browser: Client
) -> None:
    aino = desk["people"]["agent"]
    assert Case.objects.filter(owner=aino).exists()
    browser_of("admin").post(reverse("agent-active", args=[aino.pk]))
    assert agents_browser.get(reverse("now")).status_code == 302
    assert not Case.objects.filter(owner=aino).exclude(status="resolved").exists()
    assert Event.objects.filter(kind="agent.left").count() == 1


def test_who_is_back_may_come_in_again_but_not_by_an_old_session(
    browser_of: Callable[[str], Client], desk: dict[str, Any], agents_browser: Client
) -> None:
    address = reverse("agent-active", args=[desk["people"]["agent"].pk])
    browser_of("admin").post(address)
    browser_of("admin").post(address, {"active": "yes"})
    assert Agent.objects.get(username="aino").is_active
    assert agents_browser.get(reverse("now")).status_code == 302


def test_nobody_lets_themself_go(browser_of: Callable[[str], Client], desk: dict[str, Any]) -> None:
    browser_of("admin").post(reverse("agent-active", args=[desk["people"]["admin"].pk]))
    assert Agent.objects.get(username="grace").is_active


def test_the_password_takes_no_focus_from_the_other_preferences(agents_browser: Client) -> None:
    assert sets(agents_browser, FIRST) == 302
    assert "autofocus" not in agents_browser.get(reverse("preferences")).content.decode()


def test_another_language_of_the_log_in_leads_to_the_same_page(client: Client, desk: dict[str, Any]) -> None:
    page = client.get(reverse("log-in"), {"next": "/cases/2/?a=b"}).content.decode()
    assert 'href="?lang=fi&amp;next=%2Fcases%2F2%2F%3Fa%3Db"' in page


def test_the_preferences_are_whole_in_thai(agents_browser: Client) -> None:
    Agent.objects.update(interface_language="th")
    agents_browser.post(reverse("feed-add"), {"team": "0"})
    page = agents_browser.get(reverse("preferences")).content.decode()
    assert "คำสัญญา: Aino" in page
    assert "for verification" not in page
