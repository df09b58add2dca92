"""What stands on a case by all that its customer wrote: a line that names nothing takes nothing back."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amends.desk import clock
from amends.desk.models import Case
from amends.desk.operations.customer_page import add_words, feels, says_solved, token
from amends.desk.operations.read import read_message
from amends.desk.web.shown.gist import so_far

FIRST = {
    "wishes": [{"kind": "refund"}], "causes": [{"cause": "late"}], "threats": [{"kind": "leave"}],
    "facts": [{"kind": "product", "value": "lamp"}], "trade": "shop", "demands_manager": True,
}  # fmt: skip
PLAIN = {"wishes": [{"kind": "other"}], "causes": [], "threats": [], "facts": [], "trade": "", "emotions": {}}
GLAD = {**PLAIN, "emotions": {"joy": 0.9}}


def test_a_line_that_names_none_leaves_wish_cause_thing_and_threat() -> None:
    found = so_far([FIRST, PLAIN])
    assert found is not None
    assert {name: found[name] for name in FIRST} == FIRST


def test_another_wish_takes_the_place_of_the_one_before() -> None:
    found = so_far([FIRST, {**PLAIN, "wishes": [{"kind": "contact"}]}])
    assert found is not None
    assert (found["wishes"], found["threats"]) == ([{"kind": "contact"}], FIRST["threats"])


def test_thanks_end_a_threat_but_not_what_was_asked_for() -> None:
    found = so_far([FIRST, GLAD, PLAIN])
    assert found is not None
    assert (found["threats"], found["demands_manager"], found["wishes"]) == ([], False, FIRST["wishes"])


def test_nothing_read_is_nothing_known() -> None:
    assert so_far([]) is None


@pytest.mark.django_db
def test_their_page_keeps_what_they_asked_for(client: Client, desk: dict[str, Any]) -> None:
    case, now = Case.objects.get(customer__name="Dewi Lestari"), clock.now()
    message = add_words(case, text="Ada kabar?", now=now)
    assert message is not None
    read_message(message.pk, now=now)
    feels(case, intensity=1, now=now)
    says_solved(case, now=now)
    page = client.get(reverse("page", args=[token(case, now=now)]) + "?lang=en").content.decode()
    assert "You would like: your money back" in " ".join(page.split())
