"""What each sentence of the messages says and what speaks for it, for `tools.train_claims`."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from amends.reading.alike import COLUMNS, MANAGER
from amends.reading.claims import KINDS
from amends.reading.heads import buckets
from amends.reading.letters import BUCKETS
from amends.reading.threats import AROUND, places_of, signs_of
from amends.text.spans import Span
from tools.claim_lessons import FOLDS, Array, Lessons
from tools.train_letters import TAGS, matrix, rarity, ridge

ENOUGH_OF_A_SENTENCE: Final = 0.4
SIGNS: Final = ("letters", "worded", "meant", "others", "settled", "quoted", "asks", "heat",
                *(f"cue.{name}" for name in AROUND), "alike")  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """One sentence: which message of all it stands in, and what it says (not a number: nobody knows)."""

    message: int
    span: Span
    text: str
    true: Array


def parts(all_of: Lessons) -> list[Part]:
    """Return the sentences of all messages of which threats are known."""
    founds = [found for one in all_of.told for found in one.found]
    made = []
    for number, (row, found) in enumerate(zip(all_of.rows, founds, strict=True)):
        if "threats" in row:
            for span in found.sentences:
                true = np.array([_said(row, kind, found.plain.back(span), found, span) for kind in KINDS])
                made.append(Part(message=number, span=span, text=span.of(found.plain.normal.text), true=true))
    return made


def _said(row: dict[str, Any], kind: str, written: Span, found: Any, span: Span) -> float:
    """Return whether a sentence holds a good part of a threat's quote; of a manager only the words may tell where."""
    if kind == MANAGER:
        asks = any(span.start <= hit.span.start < span.end for hit in found.by_group.get("manager", ()))
        somewhere = bool(found.by_group.get("manager"))
        return 0.0 if not row["demands_manager"] else float(asks) if somewhere else np.nan
    for threat in row["threats"]:
        start = row["text"].find(threat["quote"])
        shared = min(start + len(threat["quote"]), written.end) - max(start, written.start)
        if threat["kind"] == kind and shared >= ENOUGH_OF_A_SENTENCE * min(len(threat["quote"]), max(1, len(written))):
            return 1.0
    return 0.0


def sentence_letters(all_of: Lessons, said: list[Part]) -> tuple[Array, dict[str, tuple[Array, Array, Array]]]:
    """Return what letters say of every sentence unseen, and a language's rarity, weights and bias from all of them.

    Where nobody knows which sentence asks for somebody senior, the one that sounds most like it is taken.
    """
    scores, kept = np.zeros((len(said), len(KINDS))), {}
    tag_of = np.array([all_of.tags[part.message] for part in said])
    fold_of = np.array([all_of.fold[part.message] for part in said])
    for tag in TAGS:
        mine = np.flatnonzero(tag_of == tag)
        held = [np.unique(buckets(said[i].text, size=BUCKETS)) for i in mine]
        weight = rarity(held)
        rows = matrix(held, weight)
        wanted = np.array([said[i].true for i in mine])
        wanted = _guessed(wanted, [said[i].message for i in mine], rows)
        for i, true in zip(mine, wanted, strict=True):
            said[i].true[:] = true
        for number in range(FOLDS):
            out = fold_of[mine] == number
            weights, bias = ridge(rows[~out], wanted[~out])
            scores[mine[out]] = rows[out] @ weights + bias
        weights, bias = ridge(rows, wanted)
        kept[tag] = (weight, weights * weight[:, None], bias)
    return scores, kept


def _guessed(wanted: Array, messages: list[int], rows: Array) -> Array:
    """Return the labels with the likeliest sentence of a message taken for the one that nobody pointed at."""
    last = wanted.shape[1] - 1
    weights, bias = ridge(rows, wanted[:, [last]])
    sounds, at = (rows @ weights + bias)[:, 0], np.array(messages)
    made = wanted.copy()
    for message in np.unique(at[np.isnan(wanted[:, last])]):
        inside = np.flatnonzero(at == message)
        made[inside, last] = 0.0
        made[inside[sounds[inside].argmax()], last] = 1.0
    return made


def sentence_signs(all_of: Lessons, said: list[Part], letters: Array, like: Array) -> Array:
    """Return sentence × kind × SIGNS."""
    founds = [found for one in all_of.told for found in one.found]
    places = [places_of(found) for found in founds]
    made = np.zeros((len(said), len(KINDS), len(SIGNS)))
    for place, part in enumerate(said):
        named = dict(zip(COLUMNS, like[part.message].tolist(), strict=True))
        found, words = founds[part.message], all_of.words[part.message]
        around, own = signs_of(
            found, words, part.span, places=places[part.message], heard=[0.0] * len(KINDS),
            heat=float(all_of.heat[part.message]), like=named,
        )  # fmt: skip
        for number, kind in enumerate(KINDS):
            signs = around | own[kind] | {"letters": letters[place, number]}
            made[place, number] = [signs.get(name, 0.0) for name in SIGNS]
    return made
