"""One entry of a rule pack: how one rule is found in one language."""

from collections.abc import Mapping
from dataclasses import dataclass

from amends.coach.catalogue import Rule, When
from amends.vocabulary import CaseView, LanguageTag

Pairs = tuple[tuple[str, str], ...]
"""Names of cues, two and two."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """A reply that an entry must (or must not) find, with the case, message and recent replies it needs for that.

    `line`: where it stands in somebody's own pack, 0 in those that ship.
    """

    reply: str
    case: CaseView
    message: str | None = None
    recent: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Entry:
    """How one rule is found. Numbers name what the matcher looks for; docs/reference/coach-packs.md tells the rest.

    `clears`: words in the same sentence that make it harmless; `clears_reply`: anywhere in the reply.
    `unless_label`: labels of the sentence, or one beside it, that do; `only_label`: labels the sentence must carry.
    `softer_beside`: a label elsewhere in the reply that makes an error a warning. `yields_to`: rules whose finding on
    the same words says it already. `parts`: sets of labels of which `least` must be said, once one of `labels` is.
    `in_capitals`: only words that stand out in capitals. `certain`: words so plain that nothing learnt takes them back.
    `is_own`: of a pack that somebody here wrote; `own`: the rule itself where the catalogue has none of that id.
    `clash`: cues that do not go together in one reply; `follows`: a cue of the message and one that does not suit it.
    """

    id: str
    rule: str
    kind: str
    number: int | None = None
    clears: int | None = None
    clears_reply: int | None = None
    unless_label: frozenset[str] = frozenset()
    unless_said: frozenset[str] = frozenset()
    only_label: frozenset[str] = frozenset()
    softer_beside: str = ""
    yields_to: frozenset[str] = frozenset()
    unless_fixed: bool = False
    in_quotes: bool = False
    in_capitals: bool = False
    certain: bool = False
    most_length: int = 160
    when: When | None = None
    why: Mapping[LanguageTag, str]
    suggestions: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    more_than: tuple[str, ...] = ()
    most: int = 0
    per_words: int = 0
    check: str = ""
    parts: tuple[frozenset[str], ...] = ()
    least: int = 0
    clash: Pairs = ()
    follows: Pairs = ()
    swaps: tuple[tuple[int, str], ...] = ()
    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()
    line: int = 0
    is_own: bool = False
    own: Rule | None = None


@dataclass(frozen=True, kw_only=True)
class Label:
    """What makes a sentence do something: feel, own, apologise, act … `hollow_by` rules undo it."""

    name: str
    number: int
    clears: int | None = None
    hollow_by: frozenset[str] = frozenset()
    said: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
