"""The note that tells a customer ahead must itself be one that calms: the coach has nothing to say of it."""

from datetime import UTC, datetime

import pytest

from amends.coach.review import review
from amends.languages import load
from amends.promises.ledger import Entry
from amends.promises.warn import slip_note
from amends.vocabulary import CaseView, Deed, Fault

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.mark.parametrize("what", list(Deed))
def test_the_note_passes_the_coach(language: str, what: Deed) -> None:
    entry = Entry(id="1", what=what, made_at=AT, due_start=AT, due_end=AT)
    pack = load(language)
    note = slip_note(entry, pack=pack, customer_name="Dao", agent_name="Aino", due="27.11.", new_due="30.11.")
    verdict = review(note, case=CaseView(customer_name="Dao", fault=Fault.OURS, first_reply=False), pack=pack, now=AT)
    assert [(finding.rule, finding.span.of(note)) for finding in verdict.findings] == []


def test_the_coach_stops_a_note_whose_date_nobody_filled_in(language: str) -> None:
    entry = Entry(id="1", what=Deed.CALL, made_at=AT, due_start=AT, due_end=AT)
    note = slip_note(entry, pack=load(language), customer_name="Dao", agent_name="Aino", due="27.11.")
    assert "var.unresolved" in [finding.rule for finding in review(note, pack=load(language), now=AT).findings]


@pytest.mark.parametrize("name", ["ป้ามาลี", "คุณป้ามาลี"])
def test_a_title_that_stands_in_a_name_is_not_said_twice(name: str) -> None:
    entry = Entry(id="1", what=Deed.CALL, made_at=AT, due_start=AT, due_end=AT)
    note = slip_note(entry, pack=load("th"), customer_name=name, agent_name="นก", due="วันศุกร์")
    assert note.startswith("เรียน คุณป้ามาลี")
