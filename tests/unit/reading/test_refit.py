"""The reader learns from a desk's own corrections, and only what holds on messages it has not seen."""

from dataclasses import replace
from random import Random

import pytest

from amends.reading.odds import log_odds, probability
from amends.reading.read import read
from amends.reading.refit import AS_RELEASED, Adjustment, Label, Outcome, figures, fitted, refit
from amends.vocabulary import Intensity

TRUTH = Adjustment(slope=1.0, shifts=(-1.2, -1.5, -1.2, -0.8))


def desk(truth: Adjustment, *, n: int, seed: int = 1) -> list[Label]:
    """Messages of a desk whose people find them as `truth` says."""
    luck, made = Random(seed), []
    for number in range(n):
        heat = luck.gauss(0.3, 2.2)
        released = tuple(probability(heat - step) for step in (-1.5, 0.0, 1.6, 3.4))
        draw = luck.random()
        said = sum(chance > draw for chance in truth.at_least(released))
        made.append(Label(key=f"{seed}-{number}", released=released, intensity=Intensity(said)))
    return made


def test_a_desk_that_reads_cooler_gets_a_cooler_reader():
    found = refit(desk(TRUTH, n=300), [])
    assert found.outcome is Outcome.BETTER
    assert found.before.said_angry - found.before.were_angry > 0.1
    assert abs(found.after.said_angry - found.after.were_angry) < 0.07


def test_a_desk_that_agrees_with_the_reader_leaves_it_alone():
    outcomes = [refit(desk(AS_RELEASED, n=300, seed=seed), []).outcome for seed in range(12)]
    # Better by more than a standard error comes about by luck now and then; mostly it must not.
    assert outcomes.count(Outcome.BETTER) <= 3


@pytest.mark.parametrize("n", [0, 1, 59])
def test_few_corrections_are_not_enough_however_much_stands(n):
    assert refit(desk(TRUTH, n=n), desk(AS_RELEASED, n=500, seed=2)).outcome is Outcome.NOT_ENOUGH


def test_what_was_left_standing_holds_a_reader_that_is_mostly_right():
    wrong = [replace(label, intensity=Intensity.CALM) for label in desk(AS_RELEASED, n=150)]
    right = desk(AS_RELEASED, n=600, seed=2)
    alone, held = refit(wrong, []).adjustment, refit(wrong, right).adjustment
    assert alone.shifts[1] < held.shifts[1] < 0


def test_a_refit_is_judged_against_what_is_used_now():
    labels = desk(TRUTH, n=300)
    first = refit(labels, [])
    assert refit(labels, [], now_used=first.adjustment).outcome is Outcome.NO_BETTER


def test_the_same_labels_teach_the_same():
    labels = desk(TRUTH, n=120)
    assert fitted(labels).shifts == pytest.approx(fitted(labels[::-1]).shifts)


def test_held_out_messages_teach_nothing():
    labels = desk(TRUTH, n=200)
    turned = [replace(label, intensity=Intensity.FURIOUS) if label.is_held else label for label in labels]
    assert refit(labels, []).adjustment == refit(turned, []).adjustment


def test_no_labels_move_nothing():
    moved = fitted([Label(key="x", released=(0.9, 0.6, 0.2, 0.1), intensity=Intensity.ANNOYED)])
    assert moved.slope == pytest.approx(1, abs=0.1)
    assert max(map(abs, moved.shifts)) < 0.1


def test_heat_is_adjusted_and_nothing_else():
    calm = read("Third time I write! Where is my parcel? I want a refund!", language="en", tier="quick")
    adjusted = Adjustment(shifts=(-2.0, -2.0, -2.0, -2.0)).applied(calm)
    assert adjusted.anger < calm.anger
    assert adjusted.intensity <= calm.intensity
    same = replace(adjusted, anger=calm.anger, intensity=calm.intensity, at_least=calm.at_least)
    assert same == calm


def test_a_reading_without_its_steps_is_left_alone():
    plain = replace(read("Hello", language="en", tier="quick"), at_least=())
    assert Adjustment(shifts=(5, 5, 5, 5)).applied(plain) == plain


def test_figures_are_shares_of_the_messages():
    labels = [Label(key="a", released=(0.9, 0.8, 0.1, 0.1), intensity=Intensity(step)) for step in (2, 3, 0, 2)]
    told = figures(labels, AS_RELEASED)
    assert (told.exact, told.within_one, told.were_angry) == (0.5, 0.75, 0.75)
    assert log_odds(told.said_angry) == pytest.approx(log_odds(0.8))
