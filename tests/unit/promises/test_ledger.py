"""What becomes of a promise, and who is told before it is too late."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from amends.languages import load
from amends.promises.ledger import (
    Act,
    Alarm,
    Deal,
    Entry,
    NeedsTheirWord,
    NotDueYet,
    advance,
    handed_over,
)
from amends.promises.warn import due_now, slip_note
from amends.vocabulary import Deed, FinalState, PromiseState

MADE = datetime(2026, 11, 24, 9, tzinfo=UTC)
DUE = MADE + timedelta(days=2)
DAY = timedelta(days=1)
ENTRY = Entry(id="1", what=Deed.REFUND, made_at=MADE, due_start=DUE, due_end=DUE, owner="aino")


def test_a_promise_kept_in_time_is_kept() -> None:
    assert advance(ENTRY, Act(deal=Deal.KEEP, words="refund 88"), at=DUE).state is PromiseState.KEPT


def test_a_promise_kept_after_its_time_is_kept_late() -> None:
    assert advance(ENTRY, Act(deal=Deal.KEEP), at=DUE + timedelta(seconds=1)).state is PromiseState.KEPT_LATE


def test_it_slips_then_the_customer_is_told_then_it_is_kept() -> None:
    slipping = advance(ENTRY, Act(deal=Deal.SLIP), at=MADE)
    told = advance(slipping, Act(deal=Deal.TELL, by="aino"), at=MADE + DAY)
    assert (slipping.state, told.state, told.told_at) == (PromiseState.SLIPPING, PromiseState.TOLD, MADE + DAY)


def test_what_was_told_does_not_slip_back() -> None:
    told = advance(ENTRY, Act(deal=Deal.TELL), at=MADE)
    assert advance(told, Act(deal=Deal.SLIP), at=MADE).state is PromiseState.TOLD


@pytest.mark.parametrize("deal", list(Deal))
def test_nothing_leads_out_of_a_final_state(deal: Deal) -> None:
    kept = advance(ENTRY, Act(deal=Deal.KEEP), at=MADE)
    with pytest.raises(FinalState):
        advance(kept, Act(deal=deal, words="words"), at=DUE + DAY)


def test_only_the_customer_releases_us() -> None:
    with pytest.raises(NeedsTheirWord):
        advance(ENTRY, Act(deal=Deal.RELEASE, by="aino", words="  "), at=MADE)


def test_a_promise_does_not_break_before_its_time() -> None:
    with pytest.raises(NotDueYet):
        advance(ENTRY, Act(deal=Deal.BREAK), at=DUE)


def test_a_clock_set_back_does_not_turn_history_round() -> None:
    told = advance(ENTRY, Act(deal=Deal.TELL), at=DUE)
    kept = advance(told, Act(deal=Deal.KEEP), at=MADE - DAY)
    assert [step.at for step in kept.steps] == [DUE, DUE]


def test_nobody_is_warned_while_there_is_time() -> None:
    assert due_now([ENTRY], now=MADE + timedelta(hours=12)) == []


def test_the_owner_is_warned_when_a_quarter_of_the_time_is_left() -> None:
    (alert,) = due_now([ENTRY], now=DUE - timedelta(hours=11))
    assert (alert.alarm, alert.to_owner, alert.to_lead, alert.note_by) == (Alarm.SLIPPING, True, False, DUE)


def test_the_lead_is_told_when_the_note_must_leave() -> None:
    (alert,) = due_now([ENTRY], now=DUE - timedelta(hours=2))
    assert (alert.alarm, alert.to_lead) == (Alarm.TELL_NOW, True)


def test_an_owner_who_is_away_is_replaced_in_time() -> None:
    (alert,) = due_now([ENTRY], now=DUE - timedelta(hours=20), away={"aino"})
    assert (alert.alarm, alert.to_owner, alert.to_lead) == (Alarm.OWNER_AWAY, False, True)
    assert due_now([handed_over(ENTRY, to="mika")], now=DUE - timedelta(hours=20), away={"aino"}) == []


def test_no_note_goes_ahead_of_a_time_that_is_over() -> None:
    (alert,) = due_now([ENTRY], now=DUE + DAY)
    assert (alert.alarm, alert.note_by) == (Alarm.OVERDUE, None)


def test_who_was_told_is_left_in_peace_until_it_is_due() -> None:
    told = advance(ENTRY, Act(deal=Deal.TELL), at=MADE)
    assert due_now([told], now=DUE - timedelta(minutes=5)) == []


@pytest.mark.parametrize("jump", [-DAY, -timedelta(hours=1), timedelta(hours=1), DAY])
def test_a_clock_that_jumps_warns_once(jump: timedelta) -> None:
    now = DUE - timedelta(hours=11)
    (alert,) = due_now([ENTRY], now=now)
    warned = advance(ENTRY, Act(deal=Deal.SLIP, alarm=alert.alarm), at=now)
    again = [other.alarm for moment in (now + jump, now) for other in due_now([warned], now=moment)]
    assert Alarm.SLIPPING not in again


def test_a_night_without_a_look_skips_to_what_matters_now() -> None:
    long_promise = replace(ENTRY, due_start=DUE + 9 * DAY, due_end=DUE + 9 * DAY)
    assert [a.alarm for a in due_now([long_promise], now=DUE + 9 * DAY - timedelta(hours=1))] == [Alarm.TELL_NOW]


def test_the_note_is_in_their_language_and_names_the_deed(language: str) -> None:
    pack = load(language)
    note = slip_note(ENTRY, pack=pack, customer_name="Dao", agent_name="Aino", due="27.11.", new_due="30.11.")
    deed = pack.toml("promises.toml")["note"]["deeds"]["refund"]
    assert all(words in note for words in ("Dao", "Aino", "27.11.", "30.11.", deed))
    assert "{" not in note
    assert "[" not in note


def test_a_note_without_a_new_date_keeps_a_slot_to_fill(language: str) -> None:
    note = slip_note(ENTRY, pack=load(language), customer_name="Dao", agent_name="Aino", due="27.11.")
    assert "[" in note
