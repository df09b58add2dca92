"""Laws of the ledger, for any acts at any times, with clocks that jump."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from amends.promises.ledger import Act, Alarm, Deal, Entry, NeedsTheirWord, NotDueYet, TooLateToTell, advance
from amends.promises.warn import Alert, due_now
from amends.vocabulary import Deed, FinalState

MADE = datetime(2026, 10, 24, 12, tzinfo=UTC)  # summer time ends in Finland that night
DUE = MADE + timedelta(days=3)
JUMPS = st.sampled_from([timedelta(minutes=1), timedelta(hours=1), timedelta(hours=9), timedelta(days=1)])


class APromise(RuleBasedStateMachine):
    """One promise, watched by a desk whose clock also goes backwards."""

    def __init__(self) -> None:
        super().__init__()
        self.entry = Entry(id="1", what=Deed.CALL, made_at=MADE, due_start=DUE, due_end=DUE, owner="aino")
        self.now, self.ended, self.alerts = MADE, False, list[Alert]()

    @rule(jump=JUMPS, backwards=st.booleans())
    def time_passes(self, jump: timedelta, backwards: bool) -> None:
        self.now += -jump if backwards else jump

    @rule(deal=st.sampled_from(Deal), words=st.sampled_from(["", "Monday is fine"]))
    def somebody_acts(self, deal: Deal, words: str) -> None:
        try:
            self.entry = advance(self.entry, Act(deal=deal, words=words), at=self.now)
            assert not self.ended
        except FinalState:
            assert self.ended
        except (NeedsTheirWord, NotDueYet):
            assert not self.entry.state.final
        except TooLateToTell:
            assert deal is Deal.TELL
            assert max([self.now, *(step.at for step in self.entry.steps)]) > DUE

    @rule(away=st.sampled_from([(), ("aino",)]))
    def the_desk_looks(self, away: tuple[str, ...]) -> None:
        for alert in due_now([self.entry], now=self.now, away=away):
            self.alerts.append(alert)
            self.entry = advance(self.entry, Act(deal=Deal.SLIP, alarm=alert.alarm), at=self.now)

    @invariant()
    def what_has_ended_stays_ended(self) -> None:
        assert self.entry.state.final or not self.ended
        self.ended = self.entry.state.final

    @invariant()
    def history_runs_forwards(self) -> None:
        times = [step.at for step in self.entry.steps]
        assert times == sorted(times)

    @invariant()
    def nothing_is_said_twice(self) -> None:
        said = [alert.alarm for alert in self.alerts]
        assert len(said) == len(set(said))

    @invariant()
    def no_note_ahead_is_asked_for_when_the_time_is_over(self) -> None:
        assert all(alert.note_by is None for alert in self.alerts if alert.alarm is Alarm.OVERDUE)


TestAPromise = APromise.TestCase
