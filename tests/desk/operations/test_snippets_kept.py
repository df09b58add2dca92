"""Snippets: one item with all its languages, filled with the facts of a case, offered where they are called for."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from amends.desk.access_to_coach import snippets_for
from amends.desk.models import Agent, Case, Event, Order, Promise, Snippet, SnippetText
from amends.desk.operations.errors import CannotKeepSnippet
from amends.desk.operations.offers import Offer, offers_for
from amends.desk.operations.snippets import (
    bring_back_snippet,
    keep_snippet,
    retire_snippet,
    take_in,
    take_in_starter,
    texts_of,
    written_of,
)
from amends.flow.snippet_file import Written, written_out

pytestmark = pytest.mark.django_db
LATE = Written(
    name="Late", causes=("late",), cues=("tracking",),
    texts={"en": "Order {order.number} is {order.late_days} days late.", "th": "คำสั่งซื้อ {order.number} ล่าช้า"},
)  # fmt: skip


@pytest.fixture
def late(case: Case, now: datetime) -> Case:
    case.order = Order.objects.create(
        customer=case.customer, number="TH-88213", items=["โคมไฟ"], amount="1290.00", currency="THB", state="late",
        placed_at=now - timedelta(days=9), due_at=now - timedelta(days=4),
    )  # fmt: skip
    case.cause = "delivery.late"
    case.save()
    return case


def offered(case: Case, agent: Agent, now: datetime, draft: str = "") -> list[Offer]:
    return list(offers_for(case, writer=agent, draft=draft, within=snippets_for(agent), now=now).offers)


def test_a_snippet_is_offered_in_the_customers_language_with_the_facts_in_place(late: Case, aino: Agent, now: datetime):
    keep_snippet(LATE, by=aino, now=now)
    [offer] = offered(late, aino, now)
    assert (offer.text, offer.language, offer.open, offer.is_called_for) == ("คำสั่งซื้อ TH-88213 ล่าช้า", "th", (), True)


def test_all_variables_are_filled_where_the_case_knows_them(late: Case, aino: Agent, now: datetime):
    Promise.objects.create(case=late, what="delivery", quote="x", due_at=now + timedelta(days=2), made_at=now)
    text = "{customer.name}|{order.product}|{order.late_days}|{case.number}|{agent.name}|{brand.name}|{promise.due}"
    keep_snippet(Written(name="All", texts={"th": text}), by=aino, now=now)
    [offer] = offered(late, aino, now)
    assert offer.open == ()
    assert offer.text.startswith(f"Somchai|โคมไฟ|4|{late.pk}|Aino|Lumi & Co|")


def test_what_the_case_does_not_know_stays_open_and_is_named(case: Case, aino: Agent, now: datetime):
    keep_snippet(LATE, by=aino, now=now)
    [offer] = offered(case, aino, now)
    assert offer.open == ("order.number",)
    assert "{order.number}" in offer.text


def test_an_order_in_time_is_not_said_to_be_late(late: Case, aino: Agent, now: datetime):
    Order.objects.update(due_at=now + timedelta(days=1))
    late.refresh_from_db()
    late.language = "en"
    keep_snippet(LATE, by=aino, now=now)
    assert offered(late, aino, now)[0].open == ("order.late_days",)


def test_words_in_the_draft_call_for_a_snippet(case: Case, aino: Agent, now: datetime):
    keep_snippet(LATE, by=aino, now=now)
    assert not offered(case, aino, now)[0].is_called_for
    assert offered(case, aino, now, draft="The tracking says")[0].is_called_for


def test_what_has_no_words_in_the_language_is_counted_and_not_offered(case: Case, aino: Agent, now: datetime):
    keep_snippet(Written(name="English", texts={"en": "Hello."}), by=aino, now=now)
    found = offers_for(case, writer=aino, draft="", within=snippets_for(aino), now=now)
    assert (found.offers, found.unwritten) == ((), 1)


def test_a_text_that_is_replaced_is_kept_with_its_author(aino: Agent, now: datetime):
    row = keep_snippet(LATE, by=aino, now=now)
    keep_snippet(replace(LATE, texts={"en": "New.", "th": LATE.texts["th"]}), snippet=row, by=aino, now=now)
    assert texts_of(row) == {"en": "New.", "th": LATE.texts["th"]}
    old = SnippetText.objects.get(snippet=row, language="en", replaced_at=now)
    assert (old.text, old.written_by) == (LATE.texts["en"], aino)
    assert Event.objects.get(kind="snippet.changed").facts["languages"] == ["en"]


@pytest.mark.parametrize(
    "bad", [replace(LATE, name=" "), replace(LATE, texts={"en": " "}), replace(LATE, texts={"en": "{order.colour}"})]
)
def test_what_could_not_be_used_is_not_kept(bad: Written, aino: Agent, now: datetime):
    with pytest.raises(CannotKeepSnippet):
        keep_snippet(bad, by=aino, now=now)
    assert not Snippet.objects.exists()


def test_an_unknown_variable_is_named(aino: Agent, now: datetime):
    with pytest.raises(CannotKeepSnippet) as refused:
        keep_snippet(replace(LATE, texts={"en": "Your {order.colour} one."}), by=aino, now=now)
    assert refused.value.context["variables"] == ["{order.colour}"]


def test_two_snippets_never_share_a_name(aino: Agent, now: datetime):
    keep_snippet(LATE, by=aino, now=now)
    with pytest.raises(CannotKeepSnippet):
        keep_snippet(replace(LATE, name="LATE"), by=aino, now=now)


def test_a_snippet_put_away_is_not_offered_until_it_is_brought_back(case: Case, aino: Agent, now: datetime):
    row = keep_snippet(LATE, by=aino, now=now)
    assert retire_snippet(row, by=aino, now=now)
    assert offered(case, aino, now) == []
    assert not retire_snippet(row, by=aino, now=now)
    assert bring_back_snippet(row, by=aino, now=now)
    assert len(offered(case, aino, now)) == 1


def test_what_is_given_out_is_taken_in_again_as_the_same(aino: Agent, now: datetime):
    take_in_starter(by=aino, now=now)
    before = {row.name: written_of(row) for row in Snippet.objects.all()}
    taken = take_in(written_out(before.values()), by=aino, now=now)
    assert (taken.added, taken.changed, len(taken.same)) == ([], [], 20)


def test_the_starter_set_leaves_what_somebody_changed(aino: Agent, now: datetime):
    take_in_starter(by=aino, now=now)
    row = Snippet.objects.get(name="Two photos")
    keep_snippet(replace(written_of(row), texts={"en": "One photo, please."}), snippet=row, by=aino, now=now)
    assert len(take_in_starter(by=aino, now=now).same) == 20
    assert texts_of(Snippet.objects.get(pk=row.pk)) == {"en": "One photo, please."}


def test_a_file_with_one_bad_item_changes_nothing(aino: Agent, now: datetime):
    bad = written_out([LATE, replace(LATE, name="Other", texts={"en": "{nobody.knows}"})])
    with pytest.raises(CannotKeepSnippet):
        take_in(bad, by=aino, now=now)
    assert not Snippet.objects.exists()
