"""The one door: a customer's message in, what it says out, each claim with the words that carry it."""

from dataclasses import replace
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from amends.languages import load
from amends.languages.guess import language as guess_language
from amends.languages.guess import nearest
from amends.ports import Embedder
from amends.reading import calibrate, claims, encoder, heads, letters, tone
from amends.reading.alike import MANAGER
from amends.reading.by_letters import of_sentences
from amends.reading.complaint import causes
from amends.reading.cues import Found, look, phrasebook
from amends.reading.declared import BARE_COMPLAINT, declared, is_bare, raised
from amends.reading.emotion import emotions
from amends.reading.encoder import Sensed, sense
from amends.reading.facts import facts
from amends.reading.feelings import averaged
from amends.reading.hearing import hear
from amends.reading.natural import rate
from amends.reading.odds import log_odds
from amends.reading.plain import Plain, plain
from amends.reading.sounding import Sounding
from amends.reading.sparing import fitted_spare, is_sure
from amends.reading.story import story
from amends.reading.tagger import tagged
from amends.reading.threats import Worded, stated, threat_of
from amends.reading.trades import trade_of
from amends.reading.values import Cause, Evidence, ReadFact, Reading, Threat, Wish
from amends.reading.wishes import Heard, wishes
from amends.text.spans import Span
from amends.vocabulary import Intensity, LanguageTag, Moment

Tier = Literal["quick", "full"]
EVIDENT: Final = {
    "anger": ("fury", "anger", "condemn", "accuse", "insult", "profanity", "annoyed", "rhetorical", "sarcasm", "cold"),
    "complaint": ("repeat", "waiting", "broken_word", "cost"),
    "calm": ("soft", "praise", "settled"),
}
MOST_EVIDENCE: Final = 24
UPSET: Final = 0.5
"""How likely it is at least that the writer of a threat is not content, by the quick tier."""
READER: Final = "+".join([calibrate.VERSION, heads.VERSION, letters.VERSION, tone.VERSION, encoder.VERSION])
"""The reader of this release, whatever of it runs on a message: what a desk has learnt holds for one reader only."""


def read(
    text: str,
    *,
    language: LanguageTag | None = None,
    now: Moment | None = None,
    tier: Tier = "full",
    embed: Embedder | None = None,
    spare: float | None = None,
) -> Reading:
    """Return what one message of a customer says; only its first 20,000 code points are read.

    `text`: the new words only, without quoted history. `language` spares the guess; an unknown one is read with the
    cues all languages share. `now` will date relative words and changes nothing yet. `tier`: `quick` leaves out the
    heads of public data, so emotions go by words alone, and the encoder. `embed`: the encoder of the full tier; without
    one the rest is read all the same. `spare`: with so little doubt the rest spares the encoder (`is_sure`), by default
    with as little as was fitted; 0 asks it always. `Reading.engine` names what ran. Never raises on any text.
    """
    tag, sure = (language, 1.0) if language else guess_language(text)
    ready = plain(text)
    found = look(ready, phrasebook(load(nearest(tag))))
    if not text.strip():
        return replace(_reading(tag, sure, found, tier, named=()), intensity=Intensity.CALM, anger=0.0, complaint=0.0)
    if tier == "quick":
        return _reading(tag, sure, found, tier, named=facts(found))
    named = tagged(text, facts(found), pack=found.book.pack, embed=embed)
    first = _reading(tag, sure, found, tier, named=named)
    if embed is not None and is_sure(first, fitted_spare() if spare is None else spare):
        return replace(first, engine=f"{first.engine}+{encoder.SPARED}")
    sensed = sense(text, language=found.book.pack.tag, embed=embed)
    if embed is None or sensed is None:
        return replace(first, engine=f"{first.engine}+{encoder.NONE}")
    reading = _reading(tag, sure, found, tier, sensed, named=named)
    return replace(reading, engine=f"{reading.engine}+{embed.name}+{encoder.VERSION}")


def _reading(
    tag: LanguageTag,
    sure: float,
    found: Found,
    tier: Tier,
    sensed: Sensed | None = None,
    *,
    named: tuple[ReadFact, ...],
) -> Reading:
    heard, own = hear(found, full=tier == "full", sensed=sensed), found.book.pack.tag
    words, steps, complaint = heard.words, heard.steps, heard.complaint
    like, said = sensed.alike if sensed else None, claims.spoken(found)
    of_claims, of_wishes = of_sentences(own).of_each(found.known)
    sounding = sensed.sounding if sensed else None
    meant, manager = _claimed(found, words, upset=heard.quick, letters=of_claims, sounding=sounding)
    bare = is_bare(found, meant)
    steps = raised(steps, max(declared(found), Intensity.ANNOYED if bare else Intensity.CALM))
    complaint = max(complaint, BARE_COMPLAINT) if bare else complaint
    ready = found.plain
    caused = causes(found, complaint=complaint, said=said, heard=heard.spreads, like=like)
    wishing = wishes(
        found, manager=words.manager, complaint=complaint,
        heard=Heard(
            cues=said, letters=heard.spreads, sentences=of_wishes, sounds=sounding.wishes() if sounding else None
        ),
    )  # fmt: skip
    wished = tuple(_wish(wish, ready) for wish in wishing)
    felt = emotions(found, averaged(heard.heads, sensed.feelings if sensed else None, language=own))
    return Reading(
        language=tag,
        language_confidence=sure,
        emotions=tone.without_mock_joy(felt, complaint=complaint, upset=steps[1]),
        anger=rate(steps[1], language=own, encoded=sensed is not None),
        intensity=calibrate.intensity_of(steps),
        complaint=complaint,
        engine=heard.engine,
        threats=meant,
        demands_manager=manager is not None,
        causes=tuple(_cause(cause, ready) for cause in caused),
        wishes=wished,
        facts=named,
        evidence=_evidence(found, meant, manager),
        at_least=steps,
        trade=trade_of(found),
        told=story(found, upset=steps[1], complaint=complaint, causes=caused, wishes=wished, facts=named),
    )


def _claimed(
    found: Found,
    words: Worded,
    *,
    upset: tuple[float, ...],
    letters: NDArray[np.float32] | None,
    sounding: Sounding | None,
) -> tuple[tuple[Threat, ...], Span | None]:
    """Return the threats and the words that ask for somebody senior, with spans of the written text.

    `letters`: what those of each sentence speak for each of `claims.KINDS`; where none were taught the phrasebook
    decides. A content writer threatens nobody, whatever the words.
    """
    ready = found.plain
    if letters is None:
        made, asked = words.threats, words.manager.span if words.manager else None
    else:
        hears = sounding if upset[0] >= UPSET else None
        said = stated(found, words, letters=letters, heat=log_odds(upset[1]), sounding=hears)
        made = tuple(threat_of(one) for one in said if one.kind != MANAGER)
        asked = next((one.span for one in said if one.kind == MANAGER), None)
    back = [replace(threat, span=ready.back(threat.span)) for threat in made if upset[0] >= UPSET]
    return tuple(sorted(back, key=lambda threat: threat.span)), ready.back(asked) if asked else None


def _cause(cause: Cause, ready: Plain) -> Cause:
    if not cause.span:
        return cause
    return Cause(kind=cause.kind, confidence=cause.confidence, span=ready.back(cause.span))


def _wish(wish: Wish, ready: Plain) -> Wish:
    return Wish(kind=wish.kind, span=ready.back(wish.span))


def _evidence(found: Found, made: tuple[Threat, ...], manager: Span | None) -> tuple[Evidence, ...]:
    """Return the words that moved the reading, the heaviest kinds first, without repeating a place."""
    claims = [(threat.span, f"threat.{threat.kind}") for threat in made]
    claims += [(manager, "demands_manager")] if manager else []
    for why, groups in EVIDENT.items():
        claims += [
            (found.plain.back(hit.span), why) for name in groups for hit in found.by_group.get(f"cue.{name}", ())
        ]
    kept: list[tuple[Span, str]] = []
    for span, why in claims:
        if len(kept) < MOST_EVIDENCE and not any(span.overlaps(other) for other, _ in kept):
            kept.append((span, why))
    return tuple(Evidence(span=span, why=why) for span, why in sorted(kept))
