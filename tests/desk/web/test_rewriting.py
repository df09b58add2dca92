"""Other words by a model: off by default, shown before it leaves, marked, and never put in place by itself."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amends.desk.models import Case, Draft, Event
from amends.engines.llm_http import Endpoint
from tests.unit.flow.test_rewrite import Model, model

__all__ = ["model"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(english_case: Case, agents_browser: Client) -> Draft:
    told = {"text": "Dear Priya, we apologise for the inconvenience.", "seen_version": "1"}
    agents_browser.post(reverse("draft", args=[english_case.pk]), told)
    return Draft.objects.get(case=english_case)


def test_without_a_model_there_is_no_such_page(agents_browser: Client, draft: Draft) -> None:
    assert agents_browser.get(reverse("draft-rewrite", args=[draft.case_id])).status_code == 404
    assert "Other words" not in agents_browser.get(reverse("case", args=[draft.case_id])).content.decode()


def test_what_would_leave_is_shown_before_and_nothing_has_left(
    agents_browser: Client, draft: Draft, model: type[Model], settings: Any
) -> None:
    settings.WRITER = Endpoint(url=model.url, model="small")
    page = agents_browser.get(reverse("draft-rewrite", args=[draft.case_id])).content.decode()
    assert "Dear [[1]], we apologise" in page
    assert model.sent == []


def test_the_words_are_shown_marked_and_the_draft_stays(
    agents_browser: Client, draft: Draft, model: type[Model], settings: Any
) -> None:
    settings.WRITER = Endpoint(url=model.url, model="small")
    model.answer = "Dear [[1]], I am sorry that your parcel is not with you."
    page = agents_browser.post(reverse("draft-rewrite", args=[draft.case_id])).content.decode()
    assert "Dear Priya, I am sorry that your parcel" in page
    assert "Written by a model" in page
    assert Draft.objects.get(pk=draft.pk).text == draft.text
    assert Event.objects.get(kind="rewrite.asked").facts == {"host": "127.0.0.1", "outcome": "offered"}


@pytest.mark.parametrize(("answer", "said"), [("Dear [[1]], you get 50 % off.", "differ"), (b"<", "nobody can read")])
def test_a_refusal_is_said_plainly(
    agents_browser: Client, draft: Draft, model: type[Model], settings: Any, answer: Any, said: str
) -> None:
    settings.WRITER, model.answer = Endpoint(url=model.url, model="small"), answer
    page = agents_browser.post(reverse("draft-rewrite", args=[draft.case_id]))
    assert (page.status_code, said in page.content.decode()) == (422, True)
    assert "Written by a model" not in page.content.decode()
