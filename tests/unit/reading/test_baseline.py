"""Sharp for them, or only sharp."""

from amends.reading.baseline import against_usual
from amends.vocabulary import Intensity


def test_the_mild_customer_who_is_angry_today_stands_out():
    assert against_usual(Intensity.ANGRY, before=[0, 0, 1, 0]).is_notable


def test_the_one_who_is_always_angry_does_not():
    assert not against_usual(Intensity.ANGRY, before=[3, 3, 4, 3, 3]).is_notable


def test_of_a_stranger_nothing_is_unusual():
    assert not against_usual(Intensity.FURIOUS, before=[]).is_notable


def test_only_the_last_twenty_messages_count():
    assert against_usual(Intensity.CALM, before=[4] * 500).n == 20
