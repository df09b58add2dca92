"""Laws of the watch: whatever the clock and people do, nothing fires twice, nothing is skipped, nobody is told late."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from amends.flow.aftercare import GIVEN_UP_AFTER, due
from amends.promises.calendar import WorkCalendar
from amends.promises.forecast import Outlook, Past, forecast
from amends.promises.ledger import Act, Alarm, Deal, Entry, TooLateToTell, advance
from amends.promises.office import ahead_of, working_time
from amends.promises.usual import usual
from amends.promises.warn import Notice, notice
from amends.vocabulary import Deed, PromiseState

ZONES = st.sampled_from(["Europe/Helsinki", "Asia/Jakarta", "Asia/Bangkok", "America/New_York", "Australia/Lord_Howe"])
TURNS = [
    datetime(2026, 10, 25, tzinfo=UTC),  # summer time ends in Finland
    datetime(2027, 3, 28, tzinfo=UTC),  # and begins
    datetime(2028, 2, 29, tzinfo=UTC),  # a leap day
    datetime(2026, 12, 31, 22, tzinfo=UTC),  # New Year
    datetime(2026, 11, 1, tzinfo=UTC),  # the hour changes in New York
]
MADE = st.builds(lambda turn, hours: turn + timedelta(hours=hours), st.sampled_from(TURNS), st.integers(-96, 24))
MINUTES = st.integers(5, 20 * 24 * 60)
JUMPS = [timedelta(days=1), -timedelta(days=1), timedelta(hours=1), -timedelta(hours=1)]


@st.composite
def watched(draw: st.DrawFn) -> tuple[Entry, Notice]:
    """A promise near a turn of the calendar, and when people are told of it."""
    made, zone = draw(MADE), ZoneInfo(draw(ZONES))
    end = made + timedelta(minutes=draw(MINUTES))
    entry = Entry(id="1", what=Deed.REFUND, made_at=made, due_start=end, due_end=end, owner="aino")
    calendar = WorkCalendar(country=draw(st.sampled_from([None, "FI", "TH", "ID", "US"])))
    return entry, notice(entry, late=draw(st.floats(0, 1)), calendar=calendar, zone=zone)


def look(entry: Entry, when: Notice, now: datetime, said: list[Alarm]) -> Entry:
    """Let the desk look once, and write down what it is told."""
    found = due([entry], now=now, notices={entry.id: when})
    for alert in found.alerts:
        said.append(alert.alarm)
        assert alert.note_by is None or now <= alert.note_by
        entry = advance(entry, Act(deal=Deal.SLIP, alarm=alert.alarm), at=now)
    return advance(entry, Act(deal=Deal.BREAK), at=now) if found.given_up else entry


@given(
    watched(), st.lists(st.tuples(st.integers(0, 25 * 24 * 60), st.sampled_from([timedelta(0), *JUMPS])), max_size=25)
)
def test_whatever_the_clock_does_nothing_fires_twice(
    case: tuple[Entry, Notice], looks: list[tuple[int, timedelta]]
) -> None:
    entry, when = case
    said: list[Alarm] = []
    for minutes, wrong_by in looks:
        entry = look(entry, when, entry.made_at + timedelta(minutes=minutes) + wrong_by, said)
    assert len(said) == len(set(said))


@given(watched(), st.permutations(JUMPS))
def test_a_clock_that_jumped_and_came_back_skips_nothing(case: tuple[Entry, Notice], jumps: list[timedelta]) -> None:
    entry, when = case
    said: list[Alarm] = []
    start = max(entry.made_at, when.slip_at - timedelta(hours=2))
    for jump in jumps:
        for now in (start + jump, start):
            entry = look(entry, when, now, said)
    while not entry.state.final:
        start += timedelta(hours=1)
        entry = look(entry, when, start, said)
    assert Alarm.OVERDUE in said
    assert entry.state is PromiseState.BROKEN
    assert entry.steps[-1].at > entry.due_end + GIVEN_UP_AFTER


@given(watched())
def test_the_minute_watch_says_it_all_in_order(case: tuple[Entry, Notice]) -> None:
    entry, when = case
    said: list[Alarm] = []
    assert when.last_at is not None
    for now in sorted({when.slip_at, when.tell_at, when.last_at, entry.due_end}):
        entry = look(entry, when, now + timedelta(minutes=1), said)
    loudness = [list(Alarm).index(alarm) for alarm in said]
    assert loudness == sorted(loudness)
    assert said[-1] is Alarm.OVERDUE
    assert set(said) & {Alarm.TELL_NOW, Alarm.LAST_WORD} or entry.due_end - when.tell_at < timedelta(minutes=2)


@given(st.lists(watched(), min_size=2, max_size=6), st.integers(0, 20 * 24 * 60), st.randoms(use_true_random=False))
def test_the_order_in_which_promises_are_looked_at_does_not_matter(cases, minutes: int, chance) -> None:  # type: ignore[no-untyped-def]
    entries = [replace(entry, id=str(number)) for number, (entry, _) in enumerate(cases)]
    notices = {str(number): when for number, (_, when) in enumerate(cases)}
    now = entries[0].made_at + timedelta(minutes=minutes)
    mixed = chance.sample(entries, len(entries))
    one, other = (due(ledger, now=now, notices=notices) for ledger in (entries, mixed))
    assert one.alerts == other.alerts
    assert {each.id for each in one.given_up} == {each.id for each in other.given_up}


@given(watched(), st.integers(-30 * 24 * 60, 30 * 24 * 60))
def test_nobody_is_told_after_the_time(case: tuple[Entry, Notice], minutes: int) -> None:
    entry, _ = case
    at = max(entry.made_at, entry.due_end + timedelta(minutes=minutes))
    try:
        told = advance(entry, Act(deal=Deal.TELL), at=at)
    except TooLateToTell:
        assert at > entry.due_end
    else:
        assert told.told_at is not None
        assert told.told_at <= entry.due_end


@given(watched())
def test_the_owner_hears_no_later_than_the_lead_and_the_lead_before_the_last_word(case: tuple[Entry, Notice]) -> None:
    entry, when = case
    assert when.slip_at <= when.tell_at
    assert when.last_at is None or when.tell_at <= when.last_at
    assert when.last_at is None or entry.made_at <= when.last_at <= entry.due_end


@given(MADE, MINUTES, st.integers(0, 600), ZONES)
def test_time_to_act_is_really_there(made: datetime, minutes: int, needed: int, zone: str) -> None:
    end, calendar = made + timedelta(minutes=minutes), WorkCalendar()
    start = ahead_of(calendar, end, timedelta(minutes=needed), not_before=made, zone=ZoneInfo(zone))
    there = working_time(calendar, start, end, zone=ZoneInfo(zone))
    assert made <= start <= end
    assert there == min(timedelta(minutes=needed), working_time(calendar, made, end, zone=ZoneInfo(zone)))


@given(st.integers(0, 50), st.integers(0, 50), st.floats(0, 0.999), st.integers(0, 40), st.booleans())
def test_a_forecast_is_a_probability_and_a_late_order_never_lowers_it(
    late: int, kept: int, used: float, before: int, nobodys: bool
) -> None:
    past = Past(late=late, ended=late + kept)
    plain = Outlook(desk=past, owner=past, deed=past, used=used, due_before=before, nobodys=nobodys)
    seen, worse = forecast(plain), forecast(replace(plain, order_late=True))
    assert 0 < seen.late <= worse.late <= 1


@given(st.lists(st.one_of(st.none(), st.integers(0, 60)), max_size=60))
def test_a_usual_time_was_enough_for_eight_in_ten(took: list[int | None]) -> None:
    found = usual(took)
    if found is not None:
        assert sum(days is not None and days <= found.days for days in took) >= 0.8 * len(took)
