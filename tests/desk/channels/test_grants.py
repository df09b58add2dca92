"""A provider lets the desk in without a password: the way there and back, renewal, and a grant that was taken back."""

import secrets
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client
from django.urls import reverse

from amends.desk import clock
from amends.desk.channels.base import Fetched
from amends.desk.channels.email.connection import try_connection
from amends.desk.channels.email.grants import access_token, app_of, xoauth2
from amends.desk.channels.email.imap import fetch_mailbox
from amends.desk.channels.email.problems import GrantLost, Problem
from amends.desk.models import Agent, Brand, Event, Mailbox, Role
from tests.provider import CLIENT_ID, CLIENT_SECRET, Provider, mail_provider
from tests.servers import Post, dovecot_server, mailbox_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    """Google, on this machine."""
    with mail_provider() as running:
        settings.OAUTH_PLACES = {"google": running.places, "microsoft": running.places}
        yield running


@pytest.fixture
def mailbox(brand: Brand) -> Mailbox:
    """A mailbox that Google keeps."""
    return mailbox_of(brand, sign_in="google")


@pytest.fixture
def browser(person: Callable[..., Agent], client_of: Callable[[Agent], Client], mailbox: Mailbox) -> Client:
    """An administrator, who has given the desk's registration."""
    known = client_of(person(Role.ADMIN))
    known.post(reverse("mailbox-app", args=[mailbox.pk]), {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET})
    return known


def go_there(browser: Client, mailbox: Mailbox) -> str:
    """Follow the way to the provider; return the address it sends the person back to."""
    away = browser.get(reverse("mailbox-connect", args=[mailbox.pk]))
    return requests.get(away["Location"], allow_redirects=False, timeout=5).headers["Location"]


def come_back(browser: Client, address: str) -> Any:
    return browser.get(address, follow=True)


def test_the_way_there_and_back_brings_a_grant(browser: Client, mailbox: Mailbox, provider: Provider) -> None:
    page = come_back(browser, go_there(browser, mailbox)).content.decode()
    assert "Connected." in page
    assert access_token(mailbox, now=clock.now()) in provider.live
    assert Event.objects.filter(kind="mailbox.connected").exists()


def test_the_way_asks_for_a_proof_of_its_own_each_time(browser: Client, mailbox: Mailbox, provider: Provider) -> None:
    ways = [
        parse_qs(urlsplit(browser.get(reverse("mailbox-connect", args=[mailbox.pk]))["Location"]).query) for _ in "12"
    ]
    assert all(way["code_challenge_method"] == ["S256"] for way in ways)
    assert ways[0]["state"] != ways[1]["state"]
    assert ways[0]["code_challenge"] != ways[1]["code_challenge"]


def test_a_way_back_that_is_not_ours_brings_nothing(browser: Client, mailbox: Mailbox, provider: Provider) -> None:
    back = go_there(browser, mailbox)
    state = parse_qs(urlsplit(back).query)["state"][0]
    come_back(browser, back.replace(state, "forged"))
    with pytest.raises(GrantLost):
        access_token(mailbox, now=clock.now())
    come_back(browser, back)  # used up by the forged one
    with pytest.raises(GrantLost):
        access_token(mailbox, now=clock.now())


def test_a_person_who_says_no_is_told_so(browser: Client, mailbox: Mailbox, provider: Provider) -> None:
    back = go_there(browser, mailbox)
    state = parse_qs(urlsplit(back).query)["state"][0]
    page = come_back(browser, f"{reverse('mailbox-connected')}?error=access_denied&state={state}").content.decode()
    assert "access_denied" in page


def test_a_token_is_renewed_before_it_runs_out_and_only_then(
    browser: Client, mailbox: Mailbox, provider: Provider
) -> None:
    come_back(browser, go_there(browser, mailbox))
    first = access_token(mailbox, now=clock.now())
    assert (access_token(mailbox, now=clock.now()), provider.renewals) == (first, 0)
    later = clock.now() + timedelta(seconds=3600 - 120)
    assert access_token(mailbox, now=later) != first
    assert access_token(mailbox, now=clock.now()) != first
    assert provider.renewals == 1


def test_a_grant_that_was_taken_back_says_what_to_do(
    browser: Client, mailbox: Mailbox, provider: Provider, post: Post, now: datetime
) -> None:
    provider.lasts_s = 1
    come_back(browser, go_there(browser, mailbox))
    provider.taken_back = True
    Mailbox.objects.update(imap_host="127.0.0.1", imap_port=post.port, imap_encryption="none")
    with pytest.raises(GrantLost):
        fetch_mailbox(mailbox.pk, now=now)
    mailbox.refresh_from_db()
    assert mailbox.problem == Problem.GRANT
    page = browser.get(reverse("mailbox-edit", args=[mailbox.pk])).content.decode()
    assert "no longer lets the desk in" in page
    assert "Connect with Google" in page


def test_a_provider_in_trouble_is_asked_again_later_and_the_grant_is_kept(
    browser: Client, mailbox: Mailbox, provider: Provider
) -> None:
    provider.lasts_s = 1
    come_back(browser, go_there(browser, mailbox))
    provider.broken = True
    with pytest.raises(ConnectionError) as trouble:
        access_token(mailbox, now=clock.now())
    assert not isinstance(trouble.value, GrantLost)
    provider.broken = False
    assert access_token(mailbox, now=clock.now()) in provider.live


def test_no_secret_is_in_a_row_or_on_a_page(browser: Client, mailbox: Mailbox, provider: Provider) -> None:
    page = come_back(browser, go_there(browser, mailbox)).content.decode()
    token = access_token(mailbox, now=clock.now())
    told = "".join(str(event.facts) for event in Event.objects.all())
    assert app_of("google") is not None
    assert all(hidden not in page + told for hidden in (CLIENT_SECRET, token, '"renew"'))


def test_the_words_of_the_log_in_are_those_google_and_microsoft_ask_for() -> None:
    assert xoauth2("care@lumi.example", "t0k") == "user=care@lumi.example\x01auth=Bearer t0k\x01\x01"


@pytest.fixture
def guarded(provider: Provider) -> Iterator[Post]:
    """A Dovecot that lets in whoever shows a token which the provider vouches for."""
    with dovecot_server(provider_port=provider.port) as post:
        yield post


@pytest.mark.dovecot
def test_a_real_server_lets_the_desk_in_by_its_token(
    browser: Client, mailbox: Mailbox, provider: Provider, guarded: Post, mail: Callable[..., bytes], now: datetime
) -> None:
    come_back(browser, go_there(browser, mailbox))
    Mailbox.objects.update(imap_host="127.0.0.1", imap_port=guarded.port, imap_encryption="none", imap_user="care")
    guarded.put(mail("1"))
    assert fetch_mailbox(mailbox.pk, now=now) == Fetched(new=1)
    provider.live = {secrets.token_hex(8)}
    assert try_connection(Mailbox.objects.get()).reading.problem is Problem.GRANT
