"""A reply is read as strictly as its occasion asks: by stage, anger, load and hour."""

from dataclasses import replace

import pytest

from amends.coach.catalogue import catalogue
from amends.coach.finding import Detector, Finding, Severity
from amends.coach.limits import BadStrictness, Limits, limits_in
from amends.coach.strictness import CALM, Because, Occasion, raised, reasons
from amends.text.spans import Span
from amends.vocabulary import Stage

TIRED = Occasion(hot_cases=9, hour=22)


def found(rule: str, severity: Severity, detector: Detector = Detector.PHRASE) -> Finding:
    return Finding(rule=rule, span=Span(0, 4), severity=severity, why="", sources=(), detector=detector)


def level(finding: Finding, occasion: Occasion, limits: Limits | None = None) -> Severity:
    return raised([finding], occasion=occasion, limits=limits or Limits())[0].severity


def test_on_a_calm_occasion_the_catalogue_stands() -> None:
    as_it_is = [found(rule.id, rule.level) for rule in catalogue().values()]
    assert raised(as_it_is, occasion=CALM) == tuple(as_it_is)


@pytest.mark.parametrize("occasion", [Occasion(hot_cases=8), Occasion(hour=20), Occasion(hour=3)], ids=str)
def test_under_stress_shaming_is_what_rises_first(occasion: Occasion) -> None:
    assert level(found("org.internal", Severity.WARNING), occasion) is Severity.ERROR
    assert level(found("impatient", Severity.WARNING), occasion) is Severity.WARNING


def test_late_and_busy_at_once_impatience_rises_too() -> None:
    assert level(found("impatient", Severity.WARNING), TIRED) is Severity.ERROR


@pytest.mark.parametrize("detector", [Detector.SEMANTIC, Detector.STRUCTURE, Detector.COMPARE])
def test_a_surmise_never_becomes_an_error(detector: Detector) -> None:
    assert level(found("blame.customer", Severity.WARNING, detector), TIRED) is Severity.WARNING


@pytest.mark.parametrize("rule", ["restate.missing", "explain.long", "isolate"])
def test_a_first_reply_weighs_more(rule: str) -> None:
    assert level(found(rule, Severity.HINT), Occasion(is_first_reply=True)) is Severity.WARNING


def test_what_a_case_has_walked_already_is_not_asked_for_twice() -> None:
    later = Occasion(is_first_reply=True, walked=frozenset({Stage.LISTEN}))
    assert level(found("restate.missing", Severity.HINT), later) is Severity.HINT


def test_an_angry_customer_waits_for_the_whole_apology() -> None:
    assert level(found("apology.thin", Severity.HINT), Occasion(anger=3)) is Severity.WARNING
    assert level(found("apology.thin", Severity.HINT), Occasion(anger=2)) is Severity.HINT


def test_every_limit_can_be_switched_off() -> None:
    off = Limits(is_first_reply_strict=False, angry_from=None, busy_from=None, late_from=None)
    assert reasons(replace(TIRED, is_first_reply=True, anger=4), off) == ()


def test_the_reasons_are_named_in_one_order() -> None:
    assert reasons(replace(TIRED, is_first_reply=True, anger=4)) == tuple(Because)


@pytest.mark.parametrize("rule", sorted(catalogue()))
def test_no_occasion_makes_a_finding_milder(rule: str) -> None:
    order = [Severity.HINT, Severity.WARNING, Severity.ERROR]
    hardest = replace(TIRED, is_first_reply=True, anger=4)
    assert all(order.index(level(found(rule, s), hardest)) >= order.index(s) for s in order)


def test_settings_say_the_limits() -> None:
    said = limits_in({"busy_from": 3, "late_from": "never", "first_reply": False})
    assert said == Limits(is_first_reply_strict=False, busy_from=3, late_from=None)


@pytest.mark.parametrize(
    "table",
    [{"angry_from": 9}, {"busy_from": "soon"}, {"first_reply": "yes"}, {"strict": 1}, {"late_from": True}],
    ids=str,
)
def test_a_setting_that_is_not_right_is_refused_by_name(table: dict[str, object]) -> None:
    with pytest.raises(BadStrictness, match=next(iter(table))):
        limits_in(table)
