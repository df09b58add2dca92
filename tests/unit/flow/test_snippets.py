"""Snippets carry facts, never feelings, and are offered where they are called for."""

import tomllib
from importlib import resources

import pytest

from amends.flow.snippets import VARIABLES, DoubtKind, Topic, by_topic, doubts, example
from amends.text.placeholders import slots
from amends.vocabulary import Stage

STARTER = tomllib.loads((resources.files("amends.desk") / "starter" / "snippets.toml").read_text("utf-8"))["snippet"]
TEXTS = [(row["name"], tag, text) for row in STARTER for tag, text in row["texts"].items()]


def test_the_starter_set_has_twenty_items_in_four_languages() -> None:
    assert len(STARTER) == 20
    assert {tuple(sorted(row["texts"])) for row in STARTER} == {("en", "fi", "id", "th")}


@pytest.mark.parametrize(("name", "tag", "text"), TEXTS, ids=lambda value: value[:24])
def test_a_starter_snippet_carries_facts_alone(name: str, tag: str, text: str) -> None:
    assert doubts(text, language=tag) == []


@pytest.mark.parametrize("row", STARTER, ids=lambda row: row["name"])
def test_all_languages_of_an_item_name_the_same_facts(row: dict[str, dict[str, str]]) -> None:
    named = {tag: frozenset(slot.name for slot in slots(text)) for tag, text in row["texts"].items()}
    assert len(set(named.values())) == 1, named


@pytest.mark.parametrize(
    ("tag", "text"),
    [("en", "I am so sorry that your parcel is late."), ("id", "Saya minta maaf karena paket Anda terlambat."),
     ("th", "ขอโทษที่พัสดุของคุณมาช้า"), ("fi", "Olen pahoillani, että pakettisi on myöhässä.")],
)  # fmt: skip
def test_a_prepared_apology_is_doubted(tag: str, text: str) -> None:
    assert DoubtKind.APOLOGY in {doubt.kind for doubt in doubts(text, language=tag)}


@pytest.mark.parametrize(
    ("tag", "text"),
    [("en", "I understand how frustrating this is."), ("id", "Saya mengerti Anda kecewa karena ini."),
     ("th", "เข้าใจดีว่าคุณรู้สึกผิดหวัง"), ("fi", "Ymmärrän, kuinka turhauttavaa tämä on.")],
)  # fmt: skip
def test_a_prepared_feeling_is_doubted(tag: str, text: str) -> None:
    assert DoubtKind.FEELING in {doubt.kind for doubt in doubts(text, language=tag)}


def test_a_variable_nobody_knows_is_named_with_its_place() -> None:
    [doubt] = doubts("Your order {order.colour} is here.", language="en")
    assert (doubt.kind, doubt.words) == (DoubtKind.VARIABLE, "{order.colour}")


@pytest.mark.parametrize("tag", ["en", "id", "th", "fi", "sv"])
def test_an_example_leaves_no_variable_open(tag: str) -> None:
    assert "{" not in example(" ".join("{" + name + "}" for name in VARIABLES), language=tag)


TOPICS = [
    Topic(key=1, causes=["refund"], stages=["act"]),
    Topic(key=2, causes=["late"], stages=["listen"], cues=["tracking"]),
    Topic(key=3, stages=["act"]),
]


def test_what_fits_the_cause_comes_first() -> None:
    assert by_topic(TOPICS, cause="refund", missing=[], written="")[0] == (1, True)


def test_words_typed_call_for_a_snippet_too() -> None:
    assert by_topic(TOPICS, cause="", missing=[], written="the TRACKING says nothing")[0] == (2, True)


def test_a_stage_not_walked_breaks_a_tie_and_calls_for_nothing_by_itself() -> None:
    assert by_topic(TOPICS, cause="", missing=[Stage.ACT], written="")[-1] == (2, False)
    assert not any(called for _, called in by_topic(TOPICS, cause="", missing=list(Stage), written=""))
