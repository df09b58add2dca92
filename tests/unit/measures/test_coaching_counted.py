"""What the coach said is counted by week and by rule, for one person."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from amends.measures.coaching import Count, Outcome, Said, by_rule, by_week, week_of

SUNDAY = datetime(2026, 11, 22, 20, tzinfo=UTC)


def said(rule: str, outcome: str, *, reply: int = 1, days_ago: int = 0) -> Said:
    at = SUNDAY - timedelta(days=days_ago)
    return Said(
        rule=rule, severity="error", quote="", outcome=Outcome(outcome), why="", at=at, case=1, reply=reply
    )  # fmt: skip


def test_a_week_begins_on_monday_where_the_reader_is():
    assert week_of(SUNDAY) == date(2026, 11, 16)
    assert week_of(SUNDAY.astimezone(ZoneInfo("Asia/Bangkok"))) == date(2026, 11, 23)


def test_the_latest_week_stands_first_and_empty_ones_are_left_out():
    found = by_week([said("excuse", "sent", days_ago=21), said("excuse", "changed")])
    assert [(monday.isoformat(), count.said) for monday, count in found] == [("2026-11-16", 1), ("2026-10-26", 1)]


def test_a_rule_says_in_how_many_replies_and_what_became_of_it():
    told = [
        said("excuse", "changed"),
        said("excuse", "sent"),
        said("excuse", "set_aside", reply=2),
        said("argue", "sent"),
    ]
    assert by_rule(told)[0] == ("excuse", Count(replies=2, used=0, changed=1, set_aside=1, sent=1))
    assert [rule for rule, _ in by_rule(told)] == ["excuse", "argue"]


def test_words_of_the_coach_that_were_used_are_words_that_were_changed():
    ((_, count),) = by_rule([said("excuse", "used"), said("excuse", "changed")])
    assert (count.used, count.changed, count.said) == (1, 2, 2)


def test_nothing_said_counts_nothing():
    assert (by_week([]), by_rule([])) == ([], [])
