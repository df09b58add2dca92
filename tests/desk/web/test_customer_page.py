"""The customer's own page: what they see, what they can say, in their language."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amends.desk import clock
from amends.desk.models import Case, Message, Promise
from amends.desk.operations.customer_page import token

pytestmark = pytest.mark.django_db


@pytest.fixture
def words(desk: dict[str, Any]) -> Any:
    """The address of a case's page: `words(case, "page")`."""
    return lambda case, route: reverse(route, args=[token(case, now=clock.now())])


def test_a_customer_reads_their_page_in_their_language(client: Client, desk: dict[str, Any], words: Any) -> None:
    headings = {"th": "สิ่งที่เราเข้าใจ", "id": "Yang kami pahami", "fi": "Mitä ymmärsimme", "en": "What we understood"}
    for case in desk["cases"]:
        page = client.get(words(case, "page")).content.decode()
        assert headings[case.customer.language] in page


def test_it_says_what_was_promised_and_by_when(client: Client, english_case: Case, words: Any) -> None:
    page = client.get(words(english_case, "page")).content.decode()
    assert "What we promised" in page
    assert "<time datetime=" in page


def test_notes_and_readings_stay_with_us(client: Client, desk: dict[str, Any], words: Any) -> None:
    page = client.get(words(desk["cases"][0], "page") + "?lang=en").content.decode()
    for ours in ("Ville took the lamp out", "Furious</span>", "consumer authority", "No vouchers"):
        assert ours not in page


def test_their_words_reach_the_case(client: Client, english_case: Case, words: Any) -> None:
    client.post(words(english_case, "page-words"), {"text": "It came, but broken."})
    assert Message.objects.filter(conversation__case=english_case, new_text__contains="It came, but broken.").exists()


def test_their_feeling_counts(client: Client, english_case: Case, words: Any) -> None:
    client.post(words(english_case, "page-feeling"), {"intensity": "0"})
    english_case.refresh_from_db()
    assert english_case.intensity == 0


def test_a_feeling_out_of_range_is_no_feeling(client: Client, english_case: Case, words: Any) -> None:
    client.post(words(english_case, "page-feeling"), {"intensity": "9"})
    english_case.refresh_from_db()
    assert english_case.intensity == 2


def test_they_say_it_is_solved(client: Client, english_case: Case, words: Any) -> None:
    client.post(words(english_case, "page-solved"))
    english_case.refresh_from_db()
    assert (english_case.status, english_case.ending) == ("resolved", "customer_said")


def test_they_say_it_did_not_happen(client: Client, english_case: Case, words: Any) -> None:
    promise = Promise.objects.get(case=english_case)
    client.post(words(english_case, "page-not-kept"), {"promise": promise.pk})
    assert english_case.events.filter(kind="promise.disputed").exists()


def test_nobody_disputes_a_promise_of_another_case(client: Client, desk: dict[str, Any], words: Any) -> None:
    other = Promise.objects.exclude(case=desk["cases"][0]).first()
    assert other is not None
    assert client.post(words(desk["cases"][0], "page-not-kept"), {"promise": other.pk}).status_code == 404


def test_a_link_that_was_altered_opens_nothing(client: Client, english_case: Case, words: Any) -> None:
    for address in (words(english_case, "page").replace(f"/{english_case.pk}.", "/1."), "/page/x/", "/page/1.2.3/"):
        page = client.get(address)
        assert page.status_code == 404
        assert b"This link is over" in page.content
