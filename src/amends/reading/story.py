"""What happened to the writer, beside how they feel: whom it is aimed at, what it cost, what an answer must hold.

The words stand in each pack's story.toml, in the language of reading.toml; a language without one tells only what its
causes, wishes and facts tell.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from amends.languages import LanguagePack
from amends.reading.cues import Found
from amends.reading.patterns import Groups, Hit, Script, groups
from amends.reading.told import Cost, CostKind, Point, PointKind, Target, Told
from amends.reading.values import Cause, ReadFact, Wish
from amends.text.spans import Span
from amends.vocabulary import BadPack, CauseKind

FILE: Final = "story.toml"
TABLES: Final = ("target", "cost", "deadline", "again", "question")
UPSET: Final = 0.5
QUESTION_MARKS: Final = "?？"
FULL_STOPS: Final = ".!。！"
FURTHEST: Final = {"question.opens": 5, "question.asks": 14, "question.words": 14}
"""How far into its sentence words may stand to ask: further on they only join clauses ("the one which …")."""
WEAK: Final = "question.words"
"""Words that ask or cry out ("what a surprise!"): a content writer who ends with a full stop asks nothing by them."""
ASKS: Final = ("cue.request", "cue.demand", "manager")
GLAD: Final = ("praise", "thanks", "settled")
HEAT_HIDES: Final = 1.2
"""How much of what a sentence tells each hot word in it hides: "useless idiots" is heat, not a defect."""
MOST_SENTENCES: Final = 3
LONGEST_SENTENCE: Final = 240
HOT: Final = ("fury", "anger", "condemn", "accuse", "profanity", "insult", "rhetorical", "sarcasm")
ASKING: Final = (PointKind.REQUEST, PointKind.QUESTION)
LOUD: Final = ("profanity", "insult", "fury")
TROUBLE: Final = ("waiting", "broken_word", "repeat", "cost")
_HOT: Final = frozenset({*HOT, *(f"cue.{name}" for name in HOT)})
_TROUBLE: Final = frozenset({*TROUBLE, *(f"cue.{name}" for name in TROUBLE)})
_GLAD: Final = frozenset({*GLAD, *(f"cue.{name}" for name in GLAD)})
AIMED_AT: Final = {
    CauseKind.DAMAGED: Target.PRODUCT, CauseKind.DEFECTIVE: Target.PRODUCT, CauseKind.WRONG_ITEM: Target.PRODUCT,
    CauseKind.MISSING: Target.PRODUCT, CauseKind.WARRANTY: Target.PRODUCT, CauseKind.RUDE_STAFF: Target.PERSON,
}  # fmt: skip
"""What a cause is usually held against; all others are held against the service."""


def story(
    found: Found,
    *,
    upset: float,
    complaint: float,
    causes: Sequence[Cause],
    wishes: Sequence[Wish],
    facts: Sequence[ReadFact],
) -> Told:
    """Return what the message tells, its spans in the text as written.

    `upset`: how likely intensity is 2 or more; `complaint` likewise, both 0–1. `wishes` and `facts` as read, with spans
    of the written text.
    """
    hits = _hits(found)
    cues, told_in = _by_sentence(found, found.under("")), _by_sentence(found, hits)
    sentences = [
        _Sentence(found, span, cues=cues.get(number, ()), told=told_in.get(number, ()))
        for number, span in enumerate(found.sentences)
    ]
    asked = {found.sentence_of(_forth(found, wish.span)).start for wish in wishes}
    named = Counter(found.sentence_of(_forth(found, fact.span)).start for fact in facts)
    back = found.plain.back
    kinds = [sentence.point(asked=sentence.span.start in asked, complaint=complaint) for sentence in sentences]
    worth = [_worth(s, kind, facts=named[s.span.start]) for s, kind in zip(sentences, kinds, strict=True)]
    return Told(
        target=_target(found, hits, causes, upset=upset, complaint=complaint),
        sarcasm=_sarcasm(found, complaint=complaint, upset=upset),
        cold=_cold(found, upset=upset),
        contacts=tuple(back(hit.span) for hit in _apart(hits, "again.")) if complaint >= UPSET else (),
        deadlines=tuple(back(hit.span) for hit in _deadlines(hits, sentences, kinds)),
        costs=_costs(found, hits, complaint=complaint),
        points=tuple(
            Point(kind=kind, span=back(s.span))
            for s, kind, told in zip(sentences, kinds, worth, strict=True)
            if kind and (told > 0 or kind in ASKING)
        ),
        summary=tuple(back(span) for span in _best(sentences, worth)),
        outbursts=tuple(back(s.span) for s, w in zip(sentences, worth, strict=True) if s.hot and w <= 0),
    )


def _by_sentence(found: Found, hits: Iterable[Hit]) -> dict[int, list[Hit]]:
    """Return what was found in each sentence that holds any of it."""
    inside: dict[int, list[Hit]] = {}
    for hit in hits:
        place = found.place_of(hit.span)
        if place is not None:
            inside.setdefault(place, []).append(hit)
    return inside


class _Sentence:
    """One sentence with what was found in it."""

    def __init__(self, found: Found, span: Span, *, cues: Sequence[Hit], told: Sequence[Hit]) -> None:
        self.span = span
        self.text = span.of(found.plain.blanked)
        groups_inside = [hit.group for hit in cues]
        self.hot = len([group for group in groups_inside if group in _HOT])
        self.trouble = len([group for group in groups_inside if group in _TROUBLE])
        self.clear = len([group for group in groups_inside if group.endswith(".clear")])
        self.hints = len([group for group in groups_inside if group.endswith(".hint")])
        self.told = told
        self.spaced = found.book.script.spaced
        self.words_ask = any(group.startswith("wish.") or group in ASKS for group in groups_inside)
        self.glad = any(group in _GLAD for group in groups_inside)

    def asks(self, *, complaint: float) -> bool:
        """Return whether the sentence is a question; marks without a word ask nothing."""
        last = self.text.rstrip()[-1:]
        if last in QUESTION_MARKS:
            return any(map(str.isalnum, self.text))
        cried = complaint < UPSET and (self.glad or (self.spaced and last in FULL_STOPS))
        asking = [hit for hit in self.told if hit.group in FURTHEST and not (cried and hit.group == WEAK)]
        return any(not self.spaced or self._opens(hit) for hit in asking)

    def _opens(self, hit: Hit) -> bool:
        """Return whether words stand near enough to the start of the sentence, and behind no number, to ask."""
        away = hit.span.start - self.span.start
        return away <= FURTHEST[hit.group] and not any(letter.isdigit() for letter in self.text[:away])

    def point(self, *, asked: bool, complaint: float) -> PointKind | None:
        """Return what the sentence wants of an answer, None when it wants nothing."""
        if self.asks(complaint=complaint):
            return PointKind.QUESTION
        if asked and self.words_ask:
            return PointKind.REQUEST
        # A wish that no words say is shown by the sentence that tells most of it: "nobody called" asks nothing.
        reports = (
            asked or self.clear or self.trouble or any(hit.group.startswith(("again.", "cost.")) for hit in self.told)
        )
        return PointKind.REPORT if reports and complaint >= UPSET else None


def _worth(sentence: _Sentence, kind: PointKind | None, *, facts: int) -> float:
    """Return how much a sentence tells, for the summary: what happened and what is wanted, not how loud."""
    told = 2.0 * sentence.clear + 0.5 * min(2, sentence.hints) + 1.0 * min(2, facts) + 0.7 * sentence.trouble
    told += {PointKind.REQUEST: 1.5, PointKind.QUESTION: 0.8, None: 0.0}.get(kind, 0.3)
    told += 0.8 * sum(hit.group.startswith(("cost.", "deadline.")) for hit in sentence.told)
    return told - HEAT_HIDES * sentence.hot if told else 0.0


def _best(sentences: Sequence[_Sentence], worth: Sequence[float]) -> list[Span]:
    """Return the spans of the sentences that tell most, in reading order; long ones only when nothing else tells."""
    telling = [(value, s.span) for s, value in zip(sentences, worth, strict=True) if value > 0]
    telling.sort(key=lambda pair: (len(pair[1]) > LONGEST_SENTENCE, -pair[0], pair[1].start))
    return sorted(span for _, span in telling[:MOST_SENTENCES])


def _target(
    found: Found, hits: Sequence[Hit], causes: Sequence[Cause], *, upset: float, complaint: float
) -> Target | None:
    """Return what the anger is aimed at: the main cause speaks first, the words they use second."""
    if max(upset, complaint) < UPSET:
        return Target.OTHER if found.count("cue.other_party") and _angry_words(found) else None
    weight: dict[Target, float] = defaultdict(float)
    for hit in hits:
        if hit.group.startswith("target."):
            target = Target(hit.group.removeprefix("target."))
            # A person stands out: few write about one who did nothing.
            weight[target] += 1.2 if target is Target.PERSON else 0.6
    for place, cause in enumerate(causes[:2]):
        weight[AIMED_AT.get(cause.kind, Target.SERVICE)] += (2.0 if place == 0 else 0.7) * cause.confidence
    return max(weight, key=lambda target: weight[target]) if weight else Target.SERVICE


def _angry_words(found: Found) -> bool:
    return any(found.count(f"cue.{name}") for name in HOT)


def _sarcasm(found: Found, *, complaint: float, upset: float) -> float:
    """Return how likely praise is meant the other way round: kind words where something went wrong."""
    mocking = min(2, found.count("cue.sarcasm"))
    kind = min(2, found.count("cue.praise") + found.count("cue.thanks"))
    return min(0.95, complaint * (0.25 + 0.75 * upset) * (0.4 * mocking + 0.2 * kind * bool(mocking)))


def _cold(found: Found, *, upset: float) -> float:
    """Return how likely fury hides behind manners: hard words, none of them loud."""
    if any(found.count(f"cue.{name}") for name in LOUD) or "!!" in found.plain.written:
        return 0.0
    return min(0.95, upset * 0.45 * min(2, found.count("cue.cold")))


def _costs(found: Found, hits: Sequence[Hit], *, complaint: float) -> tuple[Cost, ...]:
    """Return what it cost them, each kind once by its longest wording; a happy customer lost nothing."""
    if complaint < UPSET:
        return ()
    longest: dict[CostKind, Span] = {}
    for hit in hits:
        if hit.group.startswith("cost.") and not found.denied(hit.span):
            kind = CostKind(hit.group.removeprefix("cost."))
            longest[kind] = max(longest.get(kind, hit.span), hit.span, key=len)
    made = [Cost(kind=kind, span=found.plain.back(span)) for kind, span in longest.items()]
    return tuple(sorted(made, key=lambda cost: cost.span))


def _deadlines(hits: Sequence[Hit], sentences: Sequence[_Sentence], kinds: Sequence[PointKind | None]) -> list[Hit]:
    """Return by when they need it: an event of theirs, or a time beside something they ask for."""
    asking = [s.span for s, kind in zip(sentences, kinds, strict=True) if kind in ASKING]
    kept = [h for h in hits if h.group == "deadline.event" or any(_within(h.span, span) for span in asking)]
    return _apart(kept, "deadline.")


def _apart(hits: Iterable[Hit], prefix: str) -> list[Hit]:
    """Return the hits under a prefix that do not overlap one before, in reading order."""
    kept: list[Hit] = []
    for hit in sorted((hit for hit in hits if hit.group.startswith(prefix)), key=lambda hit: hit.span):
        if not (kept and kept[-1].span.overlaps(hit.span)):
            kept.append(hit)
    return kept


def _hits(found: Found) -> list[Hit]:
    return _groups(found.book.pack).hits(found.plain)


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start < outer.end


def _forth(found: Found, written: Span) -> Span:
    """Return where a stretch of the written text stands in the normal one."""
    return found.plain.normal.forward(written)


@cache
def _groups(pack: LanguagePack) -> Groups:
    """Return the groups of a pack's story.toml under dotted names. Raises BadPack naming the pattern that is wrong."""
    source = pack.toml(FILE)
    named = {f"{table}.{name}": these for table in TABLES for name, these in source.get(table, {}).items() if these}
    try:
        return groups(named, Script(spaced=source.get("script", "spaced") == "spaced"))
    except BadPack as wrong:
        raise BadPack(f"{pack.tag}/{FILE}: {wrong}") from wrong
