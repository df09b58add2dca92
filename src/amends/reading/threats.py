"""Leaving, the law, the public, the regulator: what the writer says they will do, and mean."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.reading.alike import MANAGER
from amends.reading.by_letters import of_sentences
from amends.reading.claims import KINDS
from amends.reading.clauses import loudest_clause
from amends.reading.cues import Found
from amends.reading.odds import probability
from amends.reading.patterns import Hit
from amends.reading.sounding import SHORT, Sounding, Sounds
from amends.reading.values import Threat
from amends.reading.weighing import weights
from amends.text.spans import Span
from amends.vocabulary import ThreatKind

QUOTED: Final = re.compile(r"\"[^\"\n]{1,200}\"")
WORDS_OF_A_QUOTE: Final = 4
CLAUSE_END: Final = re.compile(r"[,;:.!?]")
NEAR: Final = 60
CALM: Final = -2.5
"""Log-odds of anger under which only sentences with words of a threat or for somebody senior are looked at."""
HEARD_WHOLE: Final = {MANAGER: 1.2, **dict.fromkeys(map(str, ThreatKind), 0.3)}
"""How much less is enough in a message of two sentences, which the encoder hears whole: little else is said there."""
SILENT: Final = -99.0
SOUNDS: Final = "sounds"
"""What a sentence sounds like to the encoder: the sign that the full tier weighs beside all others."""
AROUND: Final = (
    "fury", "anger", "annoyed", "condemn", "accuse", "insult", "demand", "praise", "thanks", "settled", "other_party",
    "soft", "question", "rhetorical", "sarcasm", "cold", "repeat",
)  # fmt: skip
_GROUP: Final = {kind: kind if kind == MANAGER else f"threat.{kind}" for kind in KINDS}
_LOOKED_AT: Final = (*(f"cue.{name}" for name in AROUND), *_GROUP.values())


@dataclass(frozen=True, kw_only=True)
class Worded:
    """What the phrasebook alone makes of a message: threats, the words for somebody senior, all words that hold."""

    threats: tuple[Threat, ...]
    manager: Hit | None
    holding: Mapping[str, list[Span]]


@dataclass(frozen=True, kw_only=True)
class Said:
    """A kind of KINDS that a sentence says, by all signs together, and its log-odds."""

    kind: str
    span: Span
    odds: float


def worded(found: Found) -> Worded:
    """Return what the phrasebook alone makes of a message.

    `threats`: the writer's own that still stand, one a kind, in reading order; negated, quoted, other people's and
    withdrawn ones are none. Spans are of the normal text.
    """
    manager, kept = demands_manager(found), standing(found)
    holding = {str(kind): [hit.span for hit in hits] for kind, hits in kept.items()}
    made = sorted((_threat(kind, hits) for kind, hits in kept.items()), key=lambda threat: threat.span)
    return Worded(
        threats=tuple(made), manager=manager, holding=holding | ({MANAGER: [manager.span]} if manager else {})
    )


def stated(
    found: Found, words: Worded, *, letters: NDArray[np.float32], heat: float, sounding: Sounding | None = None
) -> tuple[Said, ...]:
    """Return the threats, and the call for somebody senior, that the sentences say: one a kind, its surest sentence.

    `letters`: what those of each sentence speak for each of KINDS; `heat`: log-odds that the writer is angry, by the
    quick tier; `sounding`: the message in the ear of an encoder. The span is the phrasebook's wording where there is
    one that holds, else the clause that sounds most like it.
    """
    best, learnt = dict[str, Said](), of_sentences(found.book.pack.tag)
    is_short = len(found.sentences) <= SHORT
    for sentence, full, odds in _weighed(found, words, letters=letters, heat=heat, sounding=sounding):
        least, less = weights("claim", full=full).least, HEARD_WHOLE if full and is_short else {}
        for kind, likely in odds.items():
            if likely >= least[kind] - less.get(kind, 0.0) and (kind not in best or likely > best[kind].odds):
                span = _wording(kind, words, sentence)
                span = span or loudest_clause(found, sentence, learnt, table=0, column=KINDS.index(kind))
                best[kind] = Said(kind=kind, span=span, odds=likely)
    return tuple(best.values())


def _weighed(
    found: Found, words: Worded, *, letters: NDArray[np.float32], heat: float, sounding: Sounding | None
) -> Iterator[tuple[Span, bool, dict[str, float]]]:
    """Yield each sentence worth it, whether the encoder had its say, and the log-odds of what it may claim."""
    places = places_of(found)
    claimed = [start for name in _GROUP.values() for start in places.get(name, ())]
    looked_at = [n for n, sentence in enumerate(found.sentences) if heat >= CALM or _within(claimed, sentence)]
    spans = [found.sentences[number] for number in looked_at]
    heard = letters.tolist()
    signs = [
        signs_of(found, words, found.sentences[number], places=places, heard=heard[number], heat=heat)
        for number in looked_at
    ]
    quick = [_odds(around, own) for around, own in signs]
    sounds: list[Sounds] = [None] * len(quick)
    if sounding:
        written = [found.plain.back(span).of(found.plain.written) for span in spans]
        likely = [max(odds.values(), default=SILENT) for odds in quick]
        sounds = sounding.of_each(written, likely, short=len(found.sentences) <= SHORT)
    for span, (around, own), odds, said in zip(spans, signs, quick, sounds, strict=True):
        yield span, said is not None, _odds(around, own, said) if said is not None else odds


def _odds(
    around: Mapping[str, float], own: Mapping[str, Mapping[str, float]], sounds: Sounds = None
) -> dict[str, float]:
    """Return the log-odds of the kinds that a sentence may claim.

    Words that are denied, quoted or taken back claim nothing, whatever else the sentence sounds like.
    """
    if sounds is not None:
        own = {kind: {**own[kind], SOUNDS: heard} for kind, heard in zip(KINDS, sounds, strict=True)}
    may = {kind: signs for kind, signs in own.items() if signs["worded"] <= signs["meant"]}
    return weights("claim", full=sounds is not None).odds(may, around=around)


def signs_of(
    found: Found,
    words: Worded,
    sentence: Span,
    *,
    places: Mapping[str, list[int]],
    heard: Sequence[float],
    heat: float,
) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Return what speaks for and against in one sentence, but for an encoder: for all of KINDS, and for each.

    `places`: where each group of words was found; `heard`: what its letters speak for each of KINDS.
    """
    text = sentence.of(found.plain.normal.text)
    here = {name for name, starts in places.items() if _within(starts, sentence)}
    around = {name: 1.0 for name in here if name.startswith("cue.")} | {
        "settled": float("settled" in found.by_group), "quoted": float('"' in text), "asks": float("?" in text),
        "heat": max(-4.0, min(4.0, heat)),
    }  # fmt: skip
    named = [_GROUP[kind] in here for kind in KINDS]
    among, meant = sum(named), [float(_wording(kind, words, sentence) is not None) for kind in KINDS]
    own = {
        kind: {
            "letters": heard[number], "worded": float(named[number]), "others": float(among > named[number]),
            "meant": meant[number], "meant_hotly": meant[number] * around["heat"],
        }
        for number, kind in enumerate(KINDS)
    }  # fmt: skip
    return around, own


def threat_of(said: Said) -> Threat:
    """Return a stated threat; its confidence is calibrated on messages that were not learnt from."""
    return Threat(kind=ThreatKind(said.kind), span=said.span, confidence=probability(said.odds))


def _wording(kind: str, words: Worded, sentence: Span) -> Span | None:
    """Return the longest words that hold for a kind inside a sentence."""
    held = words.holding.get(kind)
    if not held:
        return None
    return max((span for span in held if sentence.start <= span.start < sentence.end), key=len, default=None)


def _within(starts: list[int], sentence: Span) -> bool:
    first, last = sentence.start, sentence.end
    return bool([start for start in starts if first <= start < last])


def places_of(found: Found) -> dict[str, list[int]]:
    """Return where the groups of words that speak for or against a threat begin."""
    return {name: [hit.span.start for hit in found.by_group[name]] for name in _LOOKED_AT if name in found.by_group}


def standing(found: Found) -> dict[ThreatKind, list[Hit]]:
    """Return all words of each threat that are the writer's own and still stand."""
    kept: dict[ThreatKind, list[Hit]] = {}
    if not found.count("settled"):
        for hit in found.under("threat."):
            if _meant(hit, found):
                kept.setdefault(ThreatKind(hit.group.removeprefix("threat.")), []).append(hit)
    _leave_to_bodies(kept)
    _leave_to_reviews(kept)
    return kept


def _leave_to_bodies(kept: dict[ThreatKind, list[Hit]]) -> None:
    """Take what names a court or a supervisor out of the public: a complaint sent to a body is not a post."""
    named = [hit.span for kind in (ThreatKind.LEGAL, ThreatKind.REGULATOR) for hit in kept.get(kind, ())]
    told = [hit for hit in kept.pop(ThreatKind.PUBLIC, ()) if not any(hit.span.overlaps(span) for span in named)]
    if told:
        kept[ThreatKind.PUBLIC] = told


def _leave_to_reviews(kept: dict[ThreatKind, list[Hit]]) -> None:
    """Take what names a review out of leaving: who leaves one star may stay a customer."""
    posts = [hit.span for hit in kept.get(ThreatKind.PUBLIC, ())]
    going = [hit for hit in kept.pop(ThreatKind.LEAVE, ()) if not any(hit.span.overlaps(span) for span in posts)]
    if going:
        kept[ThreatKind.LEAVE] = going


def demands_manager(found: Found) -> Hit | None:
    """Return the words that ask for somebody senior, None when nobody is asked for."""
    for hit in found.by_group.get("manager", ()):
        sentence = found.sentence_of(hit.span)
        behind = CLAUSE_END.split(found.plain.blanked[hit.span.end : hit.span.end + 20])[0]
        around = found.plain.blanked[max(sentence.start, hit.span.start - 30) : hit.span.end] + behind
        if not found.book.no_demand.search(around.encode("utf-8", "replace")) and not found.denied(hit.span):
            return hit
    return None


def _meant(hit: Hit, found: Found) -> bool:
    sentence = found.sentence_of(hit.span)
    text = found.plain.blanked
    before = text[max(sentence.start, hit.span.start - 90) : hit.span.start].encode("utf-8", "replace")
    after = text[hit.span.end : min(sentence.end, hit.span.end + 90)].encode("utf-8", "replace")
    clause = found.main_clause_before(hit.span)
    return not (
        found.book.denial_next_to.search(clause)
        or found.book.will_not.search(clause[-NEAR:] + b" ")
        or _quoted(hit.span, text)
        or found.book.not_theirs.search(before + b" ")
        or found.book.taken_back.search(b" " + after)
    )


def _quoted(span: Span, text: str) -> bool:
    """Return whether the words stand in a longer quotation; a single quoted word is only stressed."""
    return any(
        match.start() <= span.start and span.end <= match.end() and len(match.group().split()) >= WORDS_OF_A_QUOTE
        for match in QUOTED.finditer(text)
    )


def _threat(kind: ThreatKind, hits: list[Hit]) -> Threat:
    """Return one threat: its longest wording, surer when it is said more than once."""
    longest = max(hits, key=lambda hit: len(hit.span))
    return Threat(kind=kind, span=longest.span, confidence=min(0.95, 0.7 + 0.1 * (len(hits) - 1)))
