"""What followed our answers."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.measures.heat import Answer, Sign, calmed, changes, felt, standing
from amends.vocabulary import Heat, Intensity

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def heat(hour: float, intensity: int) -> Heat:
    at = START + timedelta(hours=hour)
    return Heat(at=at, intensity=Intensity(intensity), anger_probability=intensity / 4, message_id=int(hour * 10))


def answered(hour: float) -> Answer:
    return Answer(at=START + timedelta(hours=hour), id=int(hour * 10))


def test_a_calmer_message_after_our_answer_is_put_down_to_it():
    [change] = changes([heat(0, 4), heat(2, 1)], [answered(1)])
    assert (change.reply, change.answers, change.steps, change.calmer_by) == (10, 1, -3, 0.75)


def test_two_answers_in_a_row_share_what_followed():
    [change] = changes([heat(0, 3), heat(3, 3)], [answered(1), answered(2)])
    assert (change.reply, change.answers) == (20, 2)


def test_what_they_add_before_we_answer_is_nobodys_merit():
    assert changes([heat(0, 2), heat(1, 4)], [answered(2)]) == []


def test_an_answer_nobody_wrote_back_to_shows_nothing():
    assert changes([heat(0, 2)], [answered(1)]) == []


def test_who_came_down_below_annoyed_was_calmed():
    found = changes([heat(0, 3), heat(2, 1), heat(4, 2)], [answered(1), answered(3)])
    assert calmed(found) == (1, 1)


@pytest.mark.parametrize(("plain", "followed"), [((), [-3, 3]), ((20,), [0])])
def test_nobody_calmed_down_by_writing_their_order_number(plain: tuple[int, ...], followed: list[int]):
    said = felt([heat(0, 3), heat(2, 0), heat(4, 3)], plain=plain)
    assert [change.steps for change in changes(said, [answered(1), answered(3)])] == followed


@pytest.mark.parametrize(("solved_at", "followed"), [(1, [0]), (3, [0, -3]), (5, [0])])
def test_a_plain_line_counts_only_right_after_they_said_that_all_is_solved(solved_at: int, followed: list[int]):
    settled = [START + timedelta(hours=solved_at)]
    said = felt([heat(0, 3), heat(2, 3), heat(4, 0)], plain=(40,), settled=settled)
    assert [change.steps for change in changes(said, [answered(1), answered(3)])] == followed


def test_a_plain_line_of_who_was_calm_all_along_stays():
    said = felt([heat(0, 0), heat(2, 0)], plain=(0, 20))
    assert [change.steps for change in changes(said, [answered(1)])] == [0]


def sign(hour: float, intensity: int, *, plain: bool = False) -> Sign:
    at = START + timedelta(hours=hour)
    return Sign(at=at, intensity=Intensity(intensity), anger=intensity / 4, message_id=int(hour), is_plain=plain)


@pytest.mark.parametrize(("answers", "heat"), [((), 4), ((1,), 3), ((1, 1.5), 3), ((1, 4), 2), ((6,), 4)])
def test_a_plain_line_wipes_no_anger_and_an_answer_lowers_it_by_a_step(answers: tuple[float, ...], heat: int):
    said = [sign(0, 4), sign(2, 0, plain=True), sign(5, 0, plain=True)]
    found = standing(said, [START + timedelta(hours=hour) for hour in answers])
    assert found is not None
    assert (found.intensity, found.anger, found.message_id) == (heat, 1.0, 0)


def test_thanks_and_new_anger_count_as_they_read():
    assert [standing([sign(0, 3), sign(1, to)], []).intensity for to in (0, 1, 4)] == [0, 1, 4]


def test_their_own_word_counts_and_a_plain_line_leaves_it():
    felt = Sign(at=START + timedelta(hours=1), intensity=Intensity(2))
    found = standing([sign(0, 4), felt, sign(2, 0, plain=True)], [])
    assert (found.intensity, found.anger) == (2, 1.0)


def test_what_they_write_after_they_said_solved_counts_as_it_reads():
    found = standing([sign(0, 4), sign(2, 0, plain=True)], [], settled=[START + timedelta(hours=1)])
    assert found.intensity == 0


def test_who_showed_nothing_has_no_heat():
    assert standing([], []) is None
