"""A page for every rule, made of the catalogue and the packs, that cannot rot."""

import pytest

from amends.coach.catalogue import catalogue
from amends.coach.explained import explained
from amends.coach.measured import Measured
from amends.coach.survey import GAP
from tools.rule_pages import INDEX, all_pages, complaints

RULES = list(catalogue())


def test_the_pages_in_the_docs_are_those_the_packs_make():
    assert complaints(all_pages()) == []


def test_every_rule_has_a_page_and_a_row_in_the_index():
    pages = all_pages()
    assert set(pages) == {INDEX, *(f"{rule}.md" for rule in RULES)}
    assert all(f"[{rule}]({rule}.md)" in pages[INDEX] for rule in RULES)


@pytest.mark.parametrize("rule", RULES)
def test_a_page_says_why_from_where_and_shows_both_sides_in_every_language(rule):
    told = explained(rule)
    assert told.rule.sources
    assert [one.tag for one in told.languages] == ["en", "id", "th", "fi"]
    for one in told.languages:
        assert one.detectors == GAP or (one.bad and one.good), one.tag
        assert told.rule.reason(one.tag)


def test_a_stale_page_is_named_with_what_to_do():
    pages = all_pages()
    pages["excuse.md"] += "more"
    assert complaints(pages) == [
        "docs/reference/rules/excuse.md is stale or missing. Next: .venv/bin/python -m tools.rule_pages"
    ]


def test_a_detector_that_found_nothing_has_no_precision():
    nothing = Measured(
        rule="excuse", language="en", detector="words", right=0, claimed=0, true=4, on="x", date="2026-11-22"
    )
    assert str(nothing.precision) == "not enough data"
    assert nothing.recall.value == 0
    assert nothing.as_json()["precision_interval"] is None


def test_a_page_says_how_sure_we_are_of_what_was_measured():
    row = explained("blame.customer").measured[0]
    assert f"| {row.precision} | {row.recall} |" in all_pages()["blame.customer.md"]
    low, high = row.precision.interval
    assert low < row.precision.value < high
