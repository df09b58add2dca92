"""Prepared words: what they may hold, what the coach makes of them, and which of them a reply might need now.

A snippet carries facts and next steps. Feelings and apologies are written anew each time: a prepared one is heard as
what it is (R1, R106 against R183, R186).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from amends.coach.finding import Detector, Severity
from amends.coach.judge import findings, look
from amends.coach.proof import proven_rules
from amends.languages import load
from amends.text.normal import normal
from amends.text.placeholders import fill, slots
from amends.text.spans import Span
from amends.vocabulary import CaseView, Fault, LanguageTag, Stage

VARIABLES: Final = {
    "customer.name": {"en": "Dewi Lestari", "id": "Dewi Lestari", "th": "สมชาย ใจดี", "fi": "Matti Korhonen"},
    "order.number": {"en": "EN-5120", "id": "ID-20417", "th": "TH-88213", "fi": "FI-7741"},
    "order.product": {"en": "desk lamp", "id": "lampu meja", "th": "โคมไฟ", "fi": "pöytävalaisin"},
    "order.amount": {"en": "£119.90", "id": "Rp649.000", "th": "฿1,290.00", "fi": "119,90 €"},
    "order.due": {"en": "November 20", "id": "20 November", "th": "20 พฤศจิกายน", "fi": "20. marraskuuta"},
    "order.late_days": {"en": "4", "id": "4", "th": "4", "fi": "4"},
    "promise.due": {"en": "November 27", "id": "27 November", "th": "27 พฤศจิกายน", "fi": "27. marraskuuta"},
    "case.number": {"en": "42", "id": "42", "th": "42", "fi": "42"},
    "agent.name": {"en": "Aino", "id": "Aino", "th": "Aino", "fi": "Aino"},
    "brand.name": {"en": "Lumi & Co", "id": "Lumi & Co", "th": "Lumi & Co", "fi": "Lumi & Co"},
}
"""Every variable a snippet may name, with an example in each language for its preview."""
SHOWS: Final = {"feel": "feeling", "apologise": "apology", "specific": "apology", "forgive": "apology"}
"""Labels of sentences that a snippet should leave to the one who writes."""
IN_WORDS: Final = frozenset({Detector.PHRASE, Detector.PATTERN})
CAUSE_WEIGHS: Final = 4
CUE_WEIGHS: Final = 2
STAGE_WEIGHS: Final = 1
MOST_CUES: Final = 2
UNNAMED: Final = "var.unresolved"


class DoubtKind(StrEnum):
    """What is wrong with a prepared text: only an unknown variable keeps it from being saved."""

    VARIABLE = "variable"
    FEELING = "feeling"
    APOLOGY = "apology"
    RULE = "rule"


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Words of a prepared text that should not be there. `rule` names the coach's rule, for that kind."""

    kind: DoubtKind
    span: Span
    words: str
    rule: str = ""


@dataclass(frozen=True, kw_only=True)
class Topic:
    """When a snippet is called for. No causes or no stages: any."""

    key: int
    causes: Collection[str] = ()
    stages: Collection[str] = ()
    cues: Collection[str] = ()


def doubts(text: str, *, language: LanguageTag) -> list[Doubt]:
    """Return what should not stand in a snippet of that language, in reading order. Raises BadPack."""
    unknown = [
        Doubt(kind=DoubtKind.VARIABLE, span=slot.span, words=slot.span.of(text))
        for slot in slots(text)
        if slot.name not in VARIABLES
    ]
    return sorted([*unknown, *_coached(text, language)], key=lambda doubt: doubt.span)


def example(text: str, *, language: LanguageTag) -> str:
    """Return a snippet filled with invented facts, as a customer of that language might see it."""
    tag = load(language).tag
    return fill(text, {name: said.get(tag, said["en"]) for name, said in VARIABLES.items()}).text


def by_topic(
    topics: Iterable[Topic], *, cause: str, missing: Collection[Stage], written: str
) -> list[tuple[int, bool]]:
    """Return the keys of snippets, those most called for first, each with whether it is called for at all.

    `cause`: a leaf, "" while unknown; `missing`: stages that neither the case nor the draft has walked; `written`: what
    the customer wrote and what stands in the draft.
    """
    plain = normal(written).text
    weighed = [(_weight(topic, cause=cause, missing=missing, plain=plain), topic) for topic in topics]
    weighed.sort(key=lambda pair: -pair[0])
    return [(topic.key, weight > STAGE_WEIGHS) for weight, topic in weighed]


def _weight(topic: Topic, *, cause: str, missing: Collection[Stage], plain: str) -> int:
    cues = sum(normal(cue).text in plain for cue in topic.cues if cue.strip())
    return (
        CAUSE_WEIGHS * (bool(cause) and cause in topic.causes)
        + CUE_WEIGHS * min(cues, MOST_CUES)
        + STAGE_WEIGHS * any(stage.value in topic.stages for stage in missing)
    )


def _coached(text: str, language: LanguageTag) -> list[Doubt]:
    """Return what the coach hears in the words themselves; what a whole reply lacks is no fault of a part of it."""
    rules = proven_rules(load(language))
    scene = look(rules, text, case=CaseView(fault=Fault.OURS), message=None)
    found = [
        Doubt(kind=DoubtKind.RULE, span=one.span, words=one.span.of(text), rule=one.rule)
        for one in findings(rules, scene, interface=language)
        if len(one.span) and one.detector in IN_WORDS and one.severity is not Severity.HINT and one.rule != UNNAMED
    ]
    spans = [scene.page.stretch(span) for span in scene.page.sentences]
    return found + _labelled(text, spans, scene.labels)


def _labelled(text: str, spans: Sequence[Span], labels: Sequence[Collection[str]]) -> list[Doubt]:
    found: Mapping[tuple[Span, str], Doubt] = {
        (span, SHOWS[label]): Doubt(kind=DoubtKind(SHOWS[label]), span=span, words=span.of(text))
        for span, said in zip(spans, labels, strict=True)
        for label in sorted(said)
        if label in SHOWS
    }
    return list(found.values())
