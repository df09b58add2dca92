"""Findings: what the coach says of a reply. They speak of the text, never of the person who wrote it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

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
    """One thing worth changing: `rule` is an id of rules.md, `sources` are rows of the playbook (R52).

    `replaces`: what of the reply a suggestion takes the place of, None for the words of `span` alone.
    """

    rule: str
    span: Span
    severity: Severity
    why: str
    sources: tuple[str, ...]
    detector: Detector
    suggestions: tuple[str, ...] = ()
    confidence: float = 1.0
    replaces: Span | None = None

    @property
    def stretch(self) -> Span:
        """Return what of the reply a suggestion takes the place of; empty where it is added."""
        return self.span if self.replaces is None else self.replaces

    def as_json(self) -> JsonObject:
        """Return the finding in the shape of the `amends coach` contract."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "start": self.span.start,
            "end": self.span.end,
            "why": self.why,
            "suggestions": list(self.suggestions),
            "replace": [self.stretch.start, self.stretch.end],
            "sources": list(self.sources),
            "confidence": round(self.confidence, 4),
            "detector": self.detector,
        }


@dataclass(frozen=True, kw_only=True)
class Apology:
    """Which parts of an apology the reply holds, each 0–1; `score` weighs them (Lewicki et al. 2016).

    `earned`: the words that earned each part that is there.
    """

    parts: dict[str, float]
    score: float
    earned: dict[str, Span] = field(default_factory=dict)


EMPATHY_PARTS: Final = ("reaction", "interpretation", "exploration")
FULL: Final = 2


@dataclass(frozen=True, kw_only=True)
class Empathy:
    """How far the reply shows empathy. `levels` 0 (missing), 1 (in general words), 2 (in full).

    `earned`: the words that earned each part that is there.
    """

    levels: dict[str, int] = field(default_factory=lambda: dict.fromkeys(EMPATHY_PARTS, 0))
    earned: dict[str, Span] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """Return the levels together, 0–1; each part weighs the same."""
        return round(sum(self.levels.values()) / (FULL * len(EMPATHY_PARTS)), 4)


@dataclass(frozen=True, kw_only=True)
class NextSentence:
    """The sentence that would do most for the reply now, in its language and filled from the case.

    `part`: what it adds. `meaning`: the same in the language of the interface, "" where that is the reply's. It goes
    to `place` of the reply, in code points, with `before` and `after` around it.
    """

    id: str
    part: str
    text: str
    meaning: str
    place: int
    before: str = ""
    after: str = ""

    @property
    def insert(self) -> str:
        """Return what is put in: the sentence with the space or line end it needs."""
        return self.before + self.text + self.after

    def as_json(self) -> JsonObject:
        """Return the sentence in the shape of the `amends coach` contract."""
        return {
            "part": self.part,
            "text": self.text,
            "meaning": self.meaning,
            "start": self.place,
            "insert": self.insert,
        }


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Everything the coach has to say of one reply. `score` 0–100; `stages` 0–1 each.

    `steps`: for each kind of sentence that walks a stage, the words that say it. `next_sentence`: None when nothing
    that the packs know would add a part.
    """

    language: LanguageTag
    findings: tuple[Finding, ...]
    stages: dict[Stage, float]
    apology: Apology
    score: int
    empathy: Empathy = field(default_factory=Empathy)
    steps: dict[str, Span] = field(default_factory=dict)
    next_sentence: NextSentence | None = None

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
            "empathy": {**self.empathy.levels, "score": self.empathy.score},
            "earned": {part: [span.start, span.end] for part, span in self._earned.items()},
            "next": self.next_sentence.as_json() if self.next_sentence else None,
            "score": self.score,
        }

    @property
    def _earned(self) -> dict[str, Span]:
        return self.steps | self.apology.earned | self.empathy.earned
