"""What a detector may look at: the page, what stands on it, the case, the customer's message."""

from dataclasses import dataclass, field
from functools import cached_property

from amends.coach.finding import Detector
from amends.coach.matcher import Sightings
from amends.coach.page import Page, neighbours
from amends.languages.pack import LanguagePack
from amends.text.spans import Span
from amends.vocabulary import CaseView

ASSUMED_ANGER = 3
NO_MATCHES: list[Span] = []


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One place where an entry applies; `span` of the page, None for the reply as a whole."""

    span: Span | None
    detector: Detector
    suggestions: tuple[str, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A reply as the detectors see it. `found`: spans by matcher number; `labels`: one set a sentence.

    Without a case the customer is taken to be angry and the reply to be the first, fault unknown.
    """

    page: Page
    pack: LanguagePack
    found: Sightings
    labels: tuple[frozenset[str], ...]
    case: CaseView = field(default_factory=CaseView)
    message: str | None = None

    @property
    def anger(self) -> int:
        """Return how upset the customer is, 0–4; angry until somebody has read the message."""
        return ASSUMED_ANGER if self.case.anger is None else self.case.anger

    @cached_property
    def said(self) -> frozenset[str]:
        """Return the labels of all sentences together."""
        return frozenset().union(*self.labels)

    def spans(self, number: int | None) -> list[Span]:
        """Return where the words of a matcher number stand."""
        return NO_MATCHES if number is None else self.found.spans(number)

    def says(self, *labels: str) -> bool:
        """Return whether any sentence carries one of the labels."""
        return not self.said.isdisjoint(labels)

    def beside(self, number: int, labels: frozenset[str]) -> bool:
        """Return whether a sentence or one right beside it carries one of the labels."""
        return any(self.labels[near] & labels for near in neighbours(number, len(self.labels)))
