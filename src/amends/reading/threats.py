"""Leaving, the law, the public, the regulator: what the writer says they will do, and mean."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from amends.reading.alike import MANAGER
from amends.reading.claims import KINDS, Sentences, least, odds
from amends.reading.cues import Found
from amends.reading.odds import probability
from amends.reading.patterns import Hit
from amends.reading.values import Threat
from amends.text.spans import Span
from amends.vocabulary import ThreatKind

QUOTED: Final = re.compile(r"\"[^\"\n]{1,200}\"")
WORDS_OF_A_QUOTE: Final = 4
NEAR: Final = 60
CALM: Final = -2.5
"""Log-odds of anger under which only sentences with words of a threat or for somebody senior are looked at."""
AROUND: Final = (
    "fury", "anger", "annoyed", "condemn", "accuse", "insult", "demand", "praise", "thanks", "settled", "other_party",
    "soft", "question", "rhetorical", "sarcasm", "cold", "repeat",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Worded:
    """What the phrasebook alone makes of a message: its threats and the words that ask for somebody senior."""

    threats: tuple[Threat, ...]
    manager: Hit | None


@dataclass(frozen=True, kw_only=True)
class Said:
    """A kind of KINDS that a sentence says, by all signs together; `odds` are above the least."""

    kind: str
    span: Span
    odds: float


def worded(found: Found) -> Worded:
    """Return what the phrasebook alone makes of a message."""
    return Worded(threats=threats(found), manager=demands_manager(found))


def stated(
    found: Found, words: Worded, *, learnt: Sentences, heat: float, like: Mapping[str, float] | None = None
) -> tuple[Said, ...]:
    """Return the threats, and the call for somebody senior, that the sentences say: one a kind, its surest sentence.

    `heat`: log-odds that the writer is angry; `like`: the stories that the message is like, with an encoder. The span
    is the phrasebook's wording where there is one that holds, else the sentence.
    """
    best: dict[str, Said] = {}
    for sentence in found.sentences:
        if heat < CALM and not _any_words(found, sentence):
            continue
        for kind, signs in signs_of(found, words, sentence, learnt=learnt, heat=heat, like=like).items():
            above = odds("claim", kind, signs) - least("claim", signs)
            # Words that are denied, quoted or taken back stay no threat, whatever else the sentence sounds like.
            denied = kind != MANAGER and signs["worded"] > signs["meant"]
            if above >= 0 and not denied and (kind not in best or above > best[kind].odds):
                best[kind] = Said(kind=kind, span=_wording(kind, words, sentence), odds=above)
    return tuple(best.values())


def signs_of(
    found: Found, words: Worded, sentence: Span, *, learnt: Sentences, heat: float, like: Mapping[str, float] | None
) -> dict[str, dict[str, float]]:
    """Return what speaks for and against each of KINDS in one sentence."""
    text = sentence.of(found.plain.normal.text)
    heard = learnt.scores(text)
    named = {kind: _words(kind, found, sentence) for kind in KINDS}
    around = {f"cue.{name}": 1.0 for name in AROUND if _inside(found.by_group.get(f"cue.{name}", ()), sentence)}
    common = around | {
        "settled": float(found.count("settled") > 0), "quoted": float('"' in text), "asks": float("?" in text),
        "heat": max(-4.0, min(4.0, heat)),
    }  # fmt: skip
    told = {}
    for number, kind in enumerate(KINDS):
        meant = _wording(kind, words, sentence) != sentence
        told[kind] = common | {
            "letters": float(heard[number]), "worded": float(named[kind]), "meant": float(meant),
            "others": float(any(named[other] for other in KINDS if other != kind)),
        }  # fmt: skip
        if like:
            told[kind]["alike"] = like[kind if kind == MANAGER else f"threat.{kind}"]
    return told


def threat_of(said: Said) -> Threat:
    """Return a stated threat; its confidence is calibrated on messages that were not learnt from."""
    return Threat(kind=ThreatKind(said.kind), span=said.span, confidence=probability(said.odds))


def _wording(kind: str, words: Worded, sentence: Span) -> Span:
    """Return the phrasebook's words for a kind inside a sentence, the sentence itself where there are none."""
    spans = [threat.span for threat in words.threats if threat.kind == kind]
    spans += [words.manager.span] if kind == MANAGER and words.manager else []
    return next((span for span in spans if sentence.start <= span.start < sentence.end), sentence)


def _any_words(found: Found, sentence: Span) -> bool:
    return any(_words(kind, found, sentence) for kind in KINDS)


def _words(kind: str, found: Found, sentence: Span) -> bool:
    return _inside(found.by_group.get(kind if kind == MANAGER else f"threat.{kind}", ()), sentence)


def _inside(hits: Iterable[Hit], sentence: Span) -> bool:
    return any(sentence.start <= hit.span.start < sentence.end for hit in hits)


def threats(found: Found) -> tuple[Threat, ...]:
    """Return the writer's own threats that still stand, one a kind, in reading order.

    Negated, quoted, other people's and withdrawn ones are none; `span` is of the normal text.
    """
    if found.count("settled"):
        return ()
    kept: dict[ThreatKind, list[Hit]] = {}
    for hit in found.under("threat."):
        if _meant(hit, found):
            kept.setdefault(ThreatKind(hit.group.removeprefix("threat.")), []).append(hit)
    _leave_to_bodies(kept)
    made = [_threat(kind, hits, found) for kind, hits in kept.items()]
    return tuple(sorted(made, key=lambda threat: threat.span))


def _leave_to_bodies(kept: dict[ThreatKind, list[Hit]]) -> None:
    """Take what names a court or a supervisor out of the public: a complaint sent to a body is not a post."""
    named = [hit.span for kind in (ThreatKind.LEGAL, ThreatKind.REGULATOR) for hit in kept.get(kind, ())]
    told = [hit for hit in kept.pop(ThreatKind.PUBLIC, ()) if not any(hit.span.overlaps(span) for span in named)]
    if told:
        kept[ThreatKind.PUBLIC] = told


def demands_manager(found: Found) -> Hit | None:
    """Return the words that ask for somebody senior, None when nobody is asked for."""
    for hit in found.by_group.get("manager", ()):
        sentence = found.sentence_of(hit.span)
        around = found.plain.blanked[max(sentence.start, hit.span.start - 30) : hit.span.end + 20]
        if not found.book.no_demand.search(around.encode("utf-8", "replace")) and not found.denied(hit.span):
            return hit
    return None


def _meant(hit: Hit, found: Found) -> bool:
    sentence = found.sentence_of(hit.span)
    text = found.plain.blanked
    before = text[max(sentence.start, hit.span.start - 90) : hit.span.start].encode("utf-8", "replace")
    after = text[hit.span.end : min(sentence.end, hit.span.end + 90)].encode("utf-8", "replace")
    return not (
        found.book.denial_next_to.search(found.clause_before(hit.span))
        or found.book.will_not.search(found.clause_before(hit.span)[-NEAR:] + b" ")
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


def _threat(kind: ThreatKind, hits: list[Hit], found: Found) -> Threat:
    """Return one threat: its longest wording, surer when it is said more than once."""
    longest = max(hits, key=lambda hit: len(hit.span))
    return Threat(kind=kind, span=longest.span, confidence=min(0.95, 0.7 + 0.1 * (len(hits) - 1)))
