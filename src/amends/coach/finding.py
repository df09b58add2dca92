"""Findings: what the coach says of a reply. They speak of the text, never of the person who wrote it."""

from dataclasses import dataclass
from enum import StrEnum

from amends.text.spans import Span
from amends.vocabulary import JsonObject, LanguageTag, Stage


class Severity(StrEnum):
    """How much a finding matters: an error would probably make an upset customer angrier."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Detector(StrEnum):
    """What found it."""

    PHRASE = "phrase"
    PATTERN = "pattern"
    SEMANTIC = "semantic"
    STRUCTURE = "structure"
    COMPARE = "compare"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing worth changing: `rule` is an id of rules.md, `sources` are rows of the playbook (R52)."""

    rule: str
    span: Span
    severity: Severity
    why: str
    sources: tuple[str, ...]
    detector: Detector
    suggestions: tuple[str, ...] = ()
    confidence: float = 1.0

    def as_json(self) -> JsonObject:
        """Return the finding in the shape of the `amends coach` contract."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "start": self.span.start,
            "end": self.span.end,
            "why": self.why,
            "suggestions": list(self.suggestions),
            "sources": list(self.sources),
            "confidence": round(self.confidence, 4),
            "detector": self.detector,
        }


@dataclass(frozen=True, kw_only=True)
class Apology:
    """Which parts of an apology the reply holds, each 0–1; `score` weighs them (Lewicki et al. 2016)."""

    parts: dict[str, float]
    score: float


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Everything the coach has to say of one reply. `score` 0–100; `stages` 0–1 each."""

    language: LanguageTag
    findings: tuple[Finding, ...]
    stages: dict[Stage, float]
    apology: Apology
    score: int

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Return the findings that need a written reason to send."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    def as_json(self) -> JsonObject:
        """Return the verdict in the shape of the `amends coach` contract, without its id."""
        return {
            "language": self.language,
            "findings": [f.as_json() for f in self.findings],
            "stages": {stage.value: round(part, 4) for stage, part in self.stages.items()},
            "apology": {
                **{k: round(v, 4) for k, v in self.apology.parts.items()},
                "score": round(self.apology.score, 4),
            },
            "score": self.score,
        }
