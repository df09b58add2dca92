"""What a message tells beside its heat: values, each with the words that carry it."""

from dataclasses import dataclass
from enum import StrEnum

from amends.text.spans import Span
from amends.vocabulary import JsonObject


class Target(StrEnum):
    """What the writer is upset with. `other`: somebody who is not us."""

    PRODUCT = "product"
    SERVICE = "service"
    PERSON = "person"
    OTHER = "other"


class CostKind(StrEnum):
    """What the trouble took from them (R129)."""

    TIME = "time"
    MONEY = "money"
    OCCASION = "occasion"
    HEALTH = "health"
    TRUST = "trust"


class PointKind(StrEnum):
    """What a point wants of the answer: a reply to a question, an act, or to be heard (R148, R152)."""

    QUESTION = "question"
    REQUEST = "request"
    REPORT = "report"


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Something the trouble cost the writer, in their words."""

    kind: CostKind
    span: Span


@dataclass(frozen=True, kw_only=True)
class Point:
    """One thing that an answer must not leave out: a whole sentence of theirs."""

    kind: PointKind
    span: Span


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one message tells.

    `target`: None when they are not upset. `sarcasm` and `cold`: 0–1, that the words say the opposite of what they
    mean, and that they are polite in form and hard in meaning; estimates by rule, not calibrated. `contacts`: words
    that say they came to us before about this. `deadlines`: by when they need it. `summary`: at most three sentences
    that hold what happened and what is wanted; `outbursts`: sentences that hold heat alone.
    """

    target: Target | None = None
    sarcasm: float = 0.0
    cold: float = 0.0
    contacts: tuple[Span, ...] = ()
    deadlines: tuple[Span, ...] = ()
    costs: tuple[Cost, ...] = ()
    points: tuple[Point, ...] = ()
    summary: tuple[Span, ...] = ()
    outbursts: tuple[Span, ...] = ()

    def as_json(self) -> JsonObject:
        """Return what `amends read` adds to its contract."""
        return {
            "target": self.target,
            "sarcasm": round(self.sarcasm, 4),
            "cold": round(self.cold, 4),
            "repeated_contact": bool(self.contacts),
            "contacts": [_span(span) for span in self.contacts],
            "deadlines": [_span(span) for span in self.deadlines],
            "costs": [{"kind": cost.kind, **_span(cost.span)} for cost in self.costs],
            "points": [{"kind": point.kind, **_span(point.span)} for point in self.points],
            "summary": [_span(span) for span in self.summary],
            "outbursts": [_span(span) for span in self.outbursts],
        }


def _span(span: Span) -> JsonObject:
    return {"start": span.start, "end": span.end}
