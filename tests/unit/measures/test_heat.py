"""What followed our answers."""

from datetime import UTC, datetime, timedelta

from amends.measures.heat import Answer, calmed, changes
from amends.vocabulary import Heat, Intensity

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def felt(hour: float, intensity: int) -> Heat:
    at = START + timedelta(hours=hour)
    return Heat(at=at, intensity=Intensity(intensity), anger_probability=intensity / 4, message_id=int(hour * 10))


def answered(hour: float) -> Answer:
    return Answer(at=START + timedelta(hours=hour), id=int(hour * 10))


def test_a_calmer_message_after_our_answer_is_put_down_to_it():
    [change] = changes([felt(0, 4), felt(2, 1)], [answered(1)])
    assert (change.reply, change.answers, change.steps, change.calmer_by) == (10, 1, -3, 0.75)


def test_two_answers_in_a_row_share_what_followed():
    [change] = changes([felt(0, 3), felt(3, 3)], [answered(1), answered(2)])
    assert (change.reply, change.answers) == (20, 2)


def test_what_they_add_before_we_answer_is_nobodys_merit():
    assert changes([felt(0, 2), felt(1, 4)], [answered(2)]) == []


def test_an_answer_nobody_wrote_back_to_shows_nothing():
    assert changes([felt(0, 2)], [answered(1)]) == []


def test_who_came_down_below_annoyed_was_calmed():
    found = changes([felt(0, 3), felt(2, 1), felt(4, 2)], [answered(1), answered(3)])
    assert calmed(found) == (1, 1)
