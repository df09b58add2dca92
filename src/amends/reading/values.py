"""What a reading holds: every claim with the words that carry it."""

from dataclasses import dataclass, field

from amends.reading.told import Told
from amends.text.spans import Span
from amends.vocabulary import CauseKind, FactKind, Intensity, JsonObject, LanguageTag, ThreatKind, WishKind


@dataclass(frozen=True, kw_only=True)
class Threat:
    """Something the writer says they will do, not negated, not quoted, not taken back."""

    kind: ThreatKind
    span: Span
    confidence: float


@dataclass(frozen=True, kw_only=True)
class Cause:
    """What went wrong, `confidence` 0–1."""

    kind: CauseKind
    confidence: float
    span: Span | None = None


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the writer asks us to do."""

    kind: WishKind
    span: Span


@dataclass(frozen=True, kw_only=True)
class ReadFact:
    """A thing named in the text, `value` exactly as written."""

    kind: FactKind
    span: Span
    value: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Words that moved the reading, and in which way (`anger`, `complaint`, `calm`, `threat.legal` …)."""

    span: Span
    why: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What one message of a customer says, by its new words only.

    `anger`: calibrated probability, 0–1, that the writer is angry with us (intensity 2 or more).
    `emotions`: each of EMOTIONS, 0–1, at anything. `complaint`: 0–1. `engine` names what ran, with its version.
    `told`: what it tells beside its heat. `trade`: the trade its words are of, "" where they tell none. `at_least`: the
    probabilities that intensity is at least 1, 2, 3 and 4.
    """

    language: LanguageTag
    language_confidence: float
    emotions: dict[str, float]
    anger: float
    intensity: Intensity
    complaint: float
    engine: str
    threats: tuple[Threat, ...] = ()
    demands_manager: bool = False
    causes: tuple[Cause, ...] = ()
    wishes: tuple[Wish, ...] = ()
    facts: tuple[ReadFact, ...] = ()
    evidence: tuple[Evidence, ...] = field(default=())
    told: Told = field(default_factory=Told)
    trade: str = ""
    at_least: tuple[float, ...] = ()

    def as_json(self) -> JsonObject:
        """Return the reading in the shape of the `amends read` contract, without its id."""
        return {
            "language": self.language,
            "language_confidence": round(self.language_confidence, 4),
            "emotions": {name: round(score, 4) for name, score in self.emotions.items()},
            "anger": round(self.anger, 4),
            "intensity": int(self.intensity),
            "at_least": [round(chance, 4) for chance in self.at_least],
            "complaint": round(self.complaint, 4),
            "threats": [{"kind": t.kind, **_span(t.span), "confidence": round(t.confidence, 4)} for t in self.threats],
            "demands_manager": self.demands_manager,
            "causes": [{"cause": c.kind, "confidence": round(c.confidence, 4)} for c in self.causes],
            "wishes": [{"kind": w.kind, **_span(w.span)} for w in self.wishes],
            "facts": [{"kind": f.kind, **_span(f.span), "value": f.value} for f in self.facts],
            "evidence": [{**_span(e.span), "why": e.why} for e in self.evidence],
            "engine": self.engine,
            "trade": self.trade,
            **self.told.as_json(),
        }


def _span(span: Span) -> JsonObject:
    return {"start": span.start, "end": span.end}
