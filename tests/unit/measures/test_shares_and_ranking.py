"""Figures that we report are the ones in the books."""

import math

import pytest

from amends.measures.ranking import auroc, calibration_error, quadratic_kappa
from amends.measures.shares import Share


def test_a_share_says_how_sure_it_is():
    # Newcombe 1998, table I: 81 of 263.
    low, high = Share(hits=81, n=263).interval
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_nothing_counted_is_not_enough_data():
    assert str(Share(hits=0, n=0)) == "not enough data"
    assert Share(hits=0, n=0).interval == (0.0, 1.0)


def test_a_share_of_all_stays_below_one_and_never_leaves_its_bounds():
    low, high = Share(hits=20, n=20).interval
    assert 0.8 < low < high == 1.0


def test_the_area_counts_ties_half():
    assert auroc([0.1, 0.5, 0.5, 0.9], [False, False, True, True]).value == pytest.approx(0.875)
    assert auroc([1.0, 1.0], [True, False]).value == pytest.approx(0.5)


def test_one_class_alone_ranks_nothing():
    assert math.isnan(auroc([0.2, 0.3], [True, True]).value)
    assert str(auroc([], [])) == "not enough data"


def test_probabilities_that_come_true_are_calibrated():
    assert calibration_error([0.5] * 10, [True, False] * 5) == pytest.approx(0.0)
    assert calibration_error([1.0] * 4, [False] * 4) == pytest.approx(1.0)


def test_far_misses_count_by_their_square():
    assert quadratic_kappa([0, 1, 2, 3], [0, 1, 2, 3], steps=4) == 1.0
    assert quadratic_kappa([3, 2, 1, 0], [0, 1, 2, 3], steps=4) == pytest.approx(-1.0)
