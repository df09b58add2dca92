"""The page that says in plain words what the reader learnt, and by whom it is used."""

from typing import Any

import pytest
from django.urls import reverse

from amends.desk import clock
from amends.desk.models import Refit, RefitChoice
from amends.desk.operations.refit import in_use
from amends.reading.read import READER

pytestmark = pytest.mark.django_db
BEFORE = {"loss": 0.6, "exact": 0.5, "within_one": 0.9, "said_angry": 0.62, "were_angry": 0.31}
AFTER = {"loss": 0.5, "exact": 0.7, "within_one": 0.95, "said_angry": 0.33, "were_angry": 0.31}


@pytest.fixture
def card(desk: dict[str, Any]) -> Refit:
    return Refit.objects.create(
        language="fi", reader=READER, outcome="better", corrected=80, standing=20, learnt=60, held=40, upto=80,
        adjustment={"slope": 1.0, "shifts": [-1, -1, -1, -1]}, before=BEFORE, after=AFTER, at=clock.now(),
    )  # fmt: skip


def test_an_administrator_sees_before_and_after_in_plain_words(browser_of: Any, card: Refit) -> None:
    page = browser_of("admin").get(reverse("learnt")).content.decode()
    assert all(f"<td>{number}</td>" in page for number in (20, 28, 36, 38))
    assert "you say 31 of 100" in page
    assert "80 corrected messages" in page


def test_it_is_used_and_taken_back_in_one_press_each(browser_of: Any, card: Refit) -> None:
    admin = browser_of("admin")
    admin.post(reverse("learnt-use", args=[card.pk]))
    assert in_use() == {"fi": card}
    assert "Put to use by" in admin.get(reverse("learnt")).content.decode()
    admin.post(reverse("learnt-back", args=["fi"]))
    assert in_use() == {}
    assert list(RefitChoice.objects.values_list("by_a_person", flat=True)) == [True, True]


def test_what_was_no_better_cannot_be_used(browser_of: Any, card: Refit) -> None:
    Refit.objects.update(outcome="no_better")
    admin = browser_of("admin")
    assert "not used" in admin.get(reverse("learnt")).content.decode()
    assert "not better" in admin.post(reverse("learnt-use", args=[card.pk]), follow=True).content.decode()
    assert in_use() == {}


def test_an_agent_is_not_let_in(browser_of: Any, card: Refit) -> None:
    assert browser_of("agent").get(reverse("learnt")).status_code == 403
    assert browser_of("agent").post(reverse("learnt-use", args=[card.pk])).status_code == 403
    assert in_use() == {}
