"""What the writer asks us to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.reading.by_letters import of_sentences
from amends.reading.clauses import loudest_clause
from amends.reading.cues import Found
from amends.reading.patterns import Hit
from amends.reading.values import Wish
from amends.reading.weighing import weights
from amends.text.spans import Span
from amends.vocabulary import WishKind

KINDS: Final = tuple(WishKind)
CONTENT: Final = 0.5
"""How likely a complaint may be for its writer to be content."""
THANKFUL: Final = ("cue.thanks", "cue.praise", "cue.settled", "settled")
ASKING: Final = ("cue.request", "cue.question", "cue.demand", "wish.cancel", "wish.other", "wish.contact")
"""Words that ask; of what was done nobody writes "please" or "I would like to"."""
ENDING: Final = (WishKind.CANCEL, WishKind.OTHER)
"""Wishes that something should not be: "do not send any more"."""
NAMED: Final = ("wish.", "ask.")
SIGNS: Final = (
    "said", "letters", "cues", "sentence", "told", "thankful", "settled", "asks", "others", "sounds",
)  # fmt: skip
"""What is weighed: the last with an encoder alone."""
ENCODED: Final = 1
_NAMES: Final = tuple((kind, f"wish.{kind}", f"letters.wish.{kind}") for kind in KINDS)
NONE: Final = np.zeros((0, len(KINDS)), dtype=np.float32)


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What speaks for wishes in a message besides its words.

    `cues`: its other words (`claims.spoken`); `letters`: the whole, as spreads; `sentences`: what letters of each speak
    for each of KINDS (sentence × kind), None where none were taught; `sounds`, with an encoder: the log-odds of each of
    KINDS by heads that were taught single sentences.
    """

    cues: Mapping[str, float]
    letters: Mapping[str, float]
    sentences: NDArray[np.float32] | None = None
    sounds: Sequence[float] | None = None


def wishes(found: Found, *, manager: Hit | None, complaint: float, heard: Heard) -> tuple[Wish, ...]:
    """Return one wish a kind, in reading order; what they decline is none, nor what a thankful writer tells was done.

    The span is the phrasebook's wording where there is one, else the clause that speaks most for it. `manager`: the
    words that ask for somebody senior, which is a wish to be contacted.
    """
    worded_as, refused = worded(found, manager=manager), declined(found)
    table = weights("wish", full=heard.sounds is not None)
    letters = NONE if heard.sentences is None else heard.sentences
    around, signs = signs_of(found, worded_as, heard=heard, sentences=letters)
    may = {kind: signs[kind] for kind in KINDS if kind in worded_as or kind not in refused}
    meant = [kind for kind, odds in table.odds(may, around=around).items() if odds >= table.least[kind]]
    places = {kind: _place(kind, found, worded_as.get(kind), letters) for kind in meant}
    thankful = complaint < CONTENT and any(found.count(name) for name in THANKFUL)
    kept = [
        Wish(kind=kind, span=span)
        for kind, span in places.items()
        if span is not None and not (thankful and _tells(found, span))
    ]
    return tuple(sorted(kept, key=lambda wish: wish.span))


def signs_of(
    found: Found, worded_as: Mapping[WishKind, Hit], *, heard: Heard, sentences: NDArray[np.float32]
) -> tuple[dict[str, float], dict[WishKind, dict[str, float]]]:
    """Return what speaks for and against all wishes, and each, by the names of SIGNS.

    `sentences`: as in Heard, none untaught.
    """
    loudest = sentences.max(axis=0).tolist() if len(sentences) else [0.0] * len(KINDS)
    places = sentences.argmax(axis=0).tolist() if len(sentences) else [None] * len(KINDS)
    held = found.by_group
    around = {
        "thankful": float("cue.thanks" in held or "cue.praise" in held),
        "settled": float("settled" in held or "cue.settled" in held),
        "asks": float("?" in found.plain.blanked),
    }
    told = {found.place_of(hit.span) for hit in held.get("told.wish", ())}
    sounds, among = heard.sounds or [0.0] * len(KINDS), len(worded_as)
    signs = {}
    for number, (kind, name, letters) in enumerate(_NAMES):
        own = worded_as.get(kind)
        others = among - (own is not None)
        signs[kind] = {
            "letters": heard.letters.get(letters, 0.0), "cues": heard.cues[name], "sentence": loudest[number],
            "sounds": sounds[number], "said": float(own is not None), "others": float(min(2, others)),
            "told": float(bool(told) and (found.place_of(own.span) if own else places[number]) in told),
        }  # fmt: skip
    return around, signs


def worded(found: Found, *, manager: Hit | None) -> dict[WishKind, Hit]:
    """Return the first wording of every wish that the phrasebook finds."""
    first: dict[WishKind, Hit] = {WishKind.CONTACT: manager} if manager else {}
    for kind, hit in sorted(_named(found), key=lambda pair: pair[1].span):
        if not found.denied(hit.span) and not _refused(kind, hit, found):
            first.setdefault(kind, hit)
    return first


def declined(found: Found) -> frozenset[WishKind]:
    """Return what the writer says they do not want: "no need to replace it"."""
    return frozenset(kind for kind, hit in _named(found) if _refused(kind, hit, found))


def _named(found: Found) -> list[tuple[WishKind, Hit]]:
    return [(WishKind(hit.group.removeprefix(under)), hit) for under in NAMED for hit in found.under(under)]


def _refused(kind: WishKind, hit: Hit, found: Found) -> bool:
    """Return whether words of a wish are refused. What ends something is asked for by a "not" of its own."""
    ends = hit.group.startswith("ask.") and kind in ENDING
    return found.declined(Span(hit.span.start, hit.span.start) if ends else hit.span)


def _tells(found: Found, span: Span) -> bool:
    """Return whether the sentence of a wish asks for nothing: "the refund is in my account, thank you"."""
    sentence = found.sentence_of(span)
    asking = (hit for name in ASKING for hit in found.by_group.get(name, ()))
    asked = any(sentence.start <= hit.span.start < sentence.end for hit in asking)
    return not asked and "?" not in sentence.of(found.plain.blanked)


def _place(kind: WishKind, found: Found, own: Hit | None, letters: NDArray[np.float32]) -> Span | None:
    """Return the words of a wish, else the clause of the sentence that speaks most for it."""
    if own or not len(letters):
        return own.span if own else None
    column, learnt = KINDS.index(kind), of_sentences(found.book.pack.tag)
    return loudest_clause(found, found.sentences[int(letters[:, column].argmax())], learnt, table=1, column=column)
