"""A simulated quarter: the real watch over people who fall behind."""

import json

import pytest

from amends.cli.main import main
from amends.flow.quarter.report import simulate
from amends.vocabulary import JsonObject


@pytest.fixture(scope="module")
def quarter() -> JsonObject:
    """A small one, with the same load on each."""
    return simulate(number=250, agents=3, seed=11)


def test_looking_ahead_tells_nearly_every_customer_before_the_time(quarter: JsonObject) -> None:
    alone, ahead = (quarter[arm]["told_before_due"] for arm in ("ledger_alone", "looks_ahead"))
    assert ahead["n"] > 30
    assert ahead["share"] >= 0.97
    assert ahead["low"] > alone["share"]


def test_nobody_is_told_after_the_time(quarter: JsonObject) -> None:
    assert [quarter[arm]["told_after_due"] for arm in ("ledger_alone", "looks_ahead")] == [0, 0]


def test_every_promise_ends(quarter: JsonObject) -> None:
    ends = quarter["looks_ahead"]["states"]
    assert sum(ends.values()) == 250
    assert set(ends) <= {"kept", "kept_late", "broken"}


def test_the_forecast_says_more_than_the_share_that_came_true(quarter: JsonObject) -> None:
    seen = quarter["looks_ahead"]["forecast"]
    assert seen["brier"] < seen["brier_base"]


def test_the_same_seed_gives_the_same_quarter(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["promises", "simulate", "--promises", "20", "--agents", "2", "--seed", "7"]
    assert [main(asked), main(asked)] == [0, 0]
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == second
