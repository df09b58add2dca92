"""What a detector may look at: the page, what stands on it, the case, the customer's message."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from amends.coach.culture import Manner, Voice, manner
from amends.coach.finding import Detector
from amends.coach.matcher import Sightings
from amends.coach.page import Page, neighbours
from amends.coach.retold import RETOLD
from amends.coach.sensing import Chances, clears, evidence
from amends.coach.sheet import Sheet, content
from amends.languages.pack import LanguagePack
from amends.ports import Embedder
from amends.text.spans import Span
from amends.vocabulary import CaseView

ASSUMED_ANGER = 3
HEARD = (RETOLD, "feel", "meant")
NO_MATCHES: list[Span] = []


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One place where an entry applies; `span` of the page, None for the reply as a whole.

    `about`: words of the customer's that it is about.
    """

    span: Span | None
    detector: Detector
    suggestions: tuple[str, ...] = ()
    confidence: float = 1.0
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A reply as the detectors see it. `found`: spans by matcher number; `labels`: one set a sentence.

    `chances`: what the encoder makes of each sentence, empty without one; it adds to `labels`, which patterns make.

    `letter`: the message as a sheet; `recent`: what its writer sent to others lately; `former`: what we wrote on this
    case. `cues`: numbers of the words that comparisons look for. `embed`: the encoder, None without one.
    `voice`: who writes to whom.
    Without a case the customer is taken to be angry and the reply to be the first, fault unknown.
    """

    page: Page
    pack: LanguagePack
    found: Sightings
    labels: tuple[frozenset[str], ...]
    case: CaseView = field(default_factory=CaseView)
    message: str | None = None
    chances: tuple[Chances, ...] = ()
    letter: Sheet | None = None
    recent: tuple[Sheet, ...] = ()
    former: tuple[Sheet, ...] = ()
    cues: Mapping[str, int] = field(default_factory=dict)
    embed: Embedder | None = None
    voice: Voice = field(default_factory=Voice)

    @cached_property
    def manner(self) -> Manner:
        """Return how the letter speaks to this customer."""
        return manner(self.pack, self.voice, name=self.case.customer_name, reply=self.page.reply, message=self.message)

    @property
    def anger(self) -> int:
        """Return how upset the customer is, 0–4; angry until somebody has read the message."""
        return ASSUMED_ANGER if self.case.anger is None else self.case.anger

    @cached_property
    def said(self) -> frozenset[str]:
        """Return the labels of all sentences together."""
        return frozenset().union(*self.labels)

    @cached_property
    def meant(self) -> tuple[frozenset[str], ...]:
        """Return the labels that each sentence likely carries by its meaning, none without an encoder."""
        return tuple(map(clears, self.chances))

    @cached_property
    def content(self) -> frozenset[str]:
        """Return the words of the reply that carry its matter, as those of a sheet."""
        return content(self.page.reply, self.pack)

    def cue(self, name: str) -> list[Span]:
        """Return where the words of a cue stand on the page, outside of quotation marks."""
        spans = self.found.spans(self.cues[name]) if name in self.cues else NO_MATCHES
        return [span for span in spans if not any(quote.contains(span) for quote in self.page.quoted)]

    def spans(self, number: int | None) -> list[Span]:
        """Return where the words of a matcher number stand."""
        return NO_MATCHES if number is None else self.found.spans(number)

    def says(self, *labels: str) -> bool:
        """Return whether any sentence carries one of the labels."""
        return not self.said.isdisjoint(labels)

    @cached_property
    def is_whole(self) -> bool:
        """Return whether the reply does all that a good letter does: hears, acts, says by when, and asks or offers."""
        steps = (HEARD, ("act", "offer"), ("promise",), ("ask", "offer"))
        return self.letter is not None and all(self.says(*labels) for labels in steps)

    def means(self, *labels: str) -> bool:
        """Return whether any sentence likely carries one of the labels, in whatever words."""
        return any(not marks.isdisjoint(labels) for marks in self.meant)

    def share(self, *labels: str) -> float:
        """Return how surely the reply carries one of the labels, 0–1: 1 when patterns find it."""
        return 1.0 if self.says(*labels) else max((evidence(self.chances, label) for label in labels), default=0.0)

    def beside(self, number: int, labels: frozenset[str]) -> bool:
        """Return whether a sentence or one right beside it carries one of the labels."""
        return any(self.labels[near] & labels for near in neighbours(number, len(self.labels)))
