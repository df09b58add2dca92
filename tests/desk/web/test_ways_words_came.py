"""Every message says by which way it came: what a customer wrote on their own page is not called mail."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from amends.desk.models import Agent, Case, Message, RawMessage
from amends.desk.operations.customer_page import add_words

pytestmark = pytest.mark.django_db


def test_words_of_their_page_are_called_that(case: Case, aino: Agent, client_of: Callable[..., Client], now: datetime):
    said = add_words(case, text="Still nothing here.", now=now)
    assert said is not None
    shown = client_of(aino).get(f"/cases/{case.pk}/").content.decode()
    assert "on their page ·" in _header(shown, said)


@pytest.mark.parametrize(
    ("way", "called"),
    [
        ("imap", "mail"),
        ("maildir", "mail"),
        ("service", "mail"),
        ("file", "mail"),
        ("webform", "web form"),
    ],
)
def test_each_other_way_has_a_name(
    case: Case, aino: Agent, client_of: Callable[..., Client], now: datetime, way: str, called: str
):
    said = add_words(case, text="Still nothing here.", now=now)
    assert said is not None
    RawMessage.objects.update(channel=way)
    assert f"{called} ·" in _header(client_of(aino).get(f"/cases/{case.pk}/").content.decode(), said)


def test_our_answer_to_a_form_left_by_mail(agents_browser: Client, english_case: Case):
    ours = Message.objects.get(conversation__case=english_case, direction="out")
    shown = agents_browser.get(f"/cases/{english_case.pk}/").content.decode()
    assert "mail ·" in _header(shown, ours)


def _header(page: str, message: Message) -> str:
    article = page.partition(f'id="message-{message.pk}"')[2]
    return " ".join(article.partition("</header>")[0].split())
