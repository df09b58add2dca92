"""The page of a mailbox: its folders, what becomes of a mail, plus-addresses of its own."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amends.desk.channels.email.letters import composed
from amends.desk.models import Agent, Brand, Case, Mailbox, MailFolder, Reply, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(brand: Brand) -> Mailbox:
    return Mailbox.objects.create(brand=brand, address="care@lumi.example", imap_host="imap.example")


@pytest.fixture
def browser(person: Callable[..., Agent], client_of: Callable[[Agent], Client]) -> Client:
    return client_of(person(Role.ADMIN))


def test_folders_are_chosen_and_their_trouble_is_said_in_words(browser: Client, mailbox: Mailbox) -> None:
    browser.post(reverse("mailbox-folders", args=[mailbox.pk]), {"folder": ["INBOX"], "another": "Care"})
    MailFolder.objects.filter(name="Care").update(problem="folder", last_error="IMAPClientError: no such")
    page = browser.get(reverse("mailbox-edit", args=[mailbox.pk])).content.decode()
    assert [folder.name for folder in mailbox.folders.all()] == ["INBOX", "Care"]
    assert "there is no such folder" in page


def test_a_mail_cannot_be_moved_to_where_it_is_read(browser: Client, mailbox: Mailbox, brand: Brand) -> None:
    told = {
        "brand": brand.pk, "address": mailbox.address, "imap_host": "imap.example", "imap_port": "993", "imap_encryption": "tls",
        "after_reading": "move", "move_to": "INBOX", "smtp_port": "587", "smtp_encryption": "tls",
    }  # fmt: skip
    assert browser.post(reverse("mailbox-edit", args=[mailbox.pk]), told).status_code == 422
    assert browser.post(reverse("mailbox-edit", args=[mailbox.pk]), told | {"move_to": "Done"}).status_code == 302
    mailbox.refresh_from_db()
    assert (mailbox.after_reading, mailbox.move_to) == ("move", "Done")


@pytest.mark.parametrize(("used", "sealed"), [(True, True), (False, False), (None, False)])
def test_plus_addresses_are_each_mailbox_s_own_affair(
    mailbox: Mailbox, case: Case, now: datetime, used: bool | None, sealed: bool
) -> None:
    Mailbox.objects.update(plus_addresses=used)
    conversation = case.conversations.get()
    conversation.mailbox = Mailbox.objects.get()
    reply = Reply(
        conversation=conversation, recipient="somchai@example.org", text="Hello", queued_at=now, undo_until=now, due_at=now,
        internet_message_id="<amends.t0.1.abcdefghijklmnop@desk.localhost>",
    )  # fmt: skip
    assert (b"care+t0." in composed(reply, now=now)) is sealed


def test_a_saved_mailbox_says_so_what_comes_next_and_is_tried_at_once(browser: Client, brand: Brand) -> None:
    told = {
        "brand": brand.pk, "address": "new@lumi.example", "imap_host": "imap.invalid", "imap_port": "993", "enabled": "on",
        "imap_encryption": "tls", "smtp_port": "587", "smtp_encryption": "tls",
    }  # fmt: skip
    page = browser.post(reverse("mailbox-add"), told, follow=True).content.decode()
    assert "The mailbox is saved." in page
    assert "for the first time within a minute" in page
    assert 'hx-trigger="submit, load"' in page
    tried = reverse("mailbox-test", args=[Mailbox.objects.get(address="new@lumi.example").pk])
    part = browser.post(tried, headers={"HX-Request": "true"}).content.decode()
    assert "Reading:" in part
    assert "<html" not in part


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"enabled": False}, "Not in use"),
        ({"imap_host": ""}, "No mail comes in by it yet"),
        ({"sign_in": "google"}, "One step is left: press Connect"),
        ({"last_error": "no", "problem": "password"}, "refused the log-in name or the password"),
        ({"imap_host": "", "service": "mailgun"}, "as soon as the service is given the addresses"),
    ],
)
def test_a_mailbox_says_how_it_is(browser: Client, mailbox: Mailbox, told: dict[str, Any], said: str) -> None:
    Mailbox.objects.update(**told)
    assert said in browser.get(reverse("mailbox-edit", args=[mailbox.pk])).content.decode()


def test_the_first_look_is_waited_for_and_told(browser: Client, mailbox: Mailbox, now: datetime) -> None:
    address, part = reverse("mailbox-edit", args=[mailbox.pk]), {"HX-Request": "true"}
    assert 'hx-trigger="every 4s"' in browser.get(address, headers=part).content.decode()
    Mailbox.objects.update(last_checked_at=now)
    shown = browser.get(address, headers=part).content.decode()
    assert "every 4s" not in shown
    assert "0 conversations came in by it." in shown
