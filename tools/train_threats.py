"""Train what hears threats and calls for somebody senior: threats.npz, *-claims.npz and [claim.*] of claims.toml.

    python -m tools.train_threats --kept /tmp/vectors.npz        after train_letters, fit_heat and train_claims

Taught by the sentences of data/reading and by data/reading/threats; the encoder stays as it is. Letters and heads
are weighed by what they say of messages they were not taught with, five folds over whole messages. `--kept`: where
vectors are kept, for the next run. Prints figures in which the weighing has not seen the message either.
"""

import argparse
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from amends.measures.shares import Share
from amends.reading.claims import KINDS
from amends.reading.encoder import TAUGHT
from amends.reading.sounding import LOUDEST
from tools.claim_sentences import SIGNS, Message, Part, taught_messages
from tools.said import (
    A_LINE_COUNTS,
    FOLDS,
    SEED,
    Array,
    Learnt,
    Mask,
    heads_of,
    letters_of,
    unheard,
    with_table,
    write,
)
from tools.train_letters import TAGS, WEIGHTS
from tools.vectors import vectors

LEAST: Final = {"quick": (0.0, 0.6), "full": (0.0, 0.6)}
"""The log-odds from which a threat, and a call for somebody senior, is claimed."""
WORDED, MEANT, LETTERS, SOUND = (SIGNS.index(name) for name in ("worded", "meant", "letters", "sounds"))


class Lessons:
    """All sentences, of all messages, with what is true of each and what speaks for it (sentence × kind × sign)."""

    def __init__(self, told: list[Message]) -> None:
        self.told = [message for message in told if message.parts]
        fold = np.random.default_rng(SEED).permutation(len(self.told)) % FOLDS
        self.parts: list[Part] = [part for message in self.told for part in message.parts]
        self.message = np.repeat(np.arange(len(self.told)), [len(message.parts) for message in self.told])
        self.fold = fold[self.message]
        self.tags = np.array([message.language for message in self.told])[self.message]
        self.counts = np.array([A_LINE_COUNTS if one.is_line else 1.0 for one in self.told])[self.message]
        self.true = np.stack([part.true for part in self.parts])
        self.signs = np.stack([part.signs for part in self.parts])
        self.heard = np.zeros(len(self.parts), dtype=bool)


def learn_letters(all_of: Lessons) -> dict[str, Learnt]:
    """Write what letters say of every sentence unseen; return a language's rarity, weights and bias from all of them.

    Where nobody knows which sentence of a message says it, the one that sounds most like it is taken.
    """
    kept = {}
    for tag in TAGS:
        mine = np.flatnonzero(all_of.tags == tag)
        all_of.true[mine], all_of.signs[mine, :, LETTERS], kept[tag] = letters_of(
            [all_of.parts[at].normal for at in mine], all_of.true[mine], meant=all_of.signs[mine][:, :, MEANT],
            message=all_of.message[mine], fold=all_of.fold[mine],
        )  # fmt: skip
    return kept


def learn_heads(all_of: Lessons, kept: Path | None) -> tuple[Array, Array]:
    """Write what each sentence sounds like to heads that did not see its message; return those that saw all."""
    texts, true, inside = list[str](), list[Array](), list[NDArray[np.int_]]()
    for number, message in enumerate(all_of.told):
        places = np.flatnonzero(all_of.message == number) if message.is_thought_about else np.zeros(0, dtype=int)
        if len(places) and message.is_short:
            texts, true, inside = [*texts, message.text], [*true, message.said], [*inside, places]
            continue
        texts += [all_of.parts[at].written for at in places]
        true += [all_of.true[at] for at in places]
        inside += [np.array([at]) for at in places]
    given, wanted, first = (
        vectors(texts, changes=TAUGHT, kept=kept),
        np.stack(true) > 0.5,
        np.array([places[0] for places in inside]),
    )
    counts, fold = all_of.counts[first], all_of.fold[first]
    sums = unheard(given, wanted, counts, fold).clip(-LOUDEST, LOUDEST)
    for places, heard in zip(inside, sums, strict=True):
        all_of.signs[places, :, SOUND], all_of.heard[places] = heard, True
    return heads_of(given, wanted, counts)


def weigh(all_of: Lessons, which: Mask, signs: int) -> tuple[Array, Array]:
    """Return shared weights of the first `signs` signs, and a bias a kind.

    The product never takes denied words for a threat, so they teach nothing.
    """
    flat, wanted = all_of.signs[which][:, :, :signs].reshape(-1, signs), all_of.true[which].ravel()
    kinds = np.tile(np.eye(len(KINDS)), (int(which.sum()), 1))
    fair = ~denied(all_of)[which].ravel()
    spread = flat[fair].std(axis=0) + 1e-9
    made = LogisticRegression(C=1.0, max_iter=1000, fit_intercept=False)
    counts = np.repeat(all_of.counts[which], len(KINDS))[fair]
    made.fit(np.hstack([flat[fair] / spread, 3 * kinds[fair]]), wanted[fair] > 0.5, sample_weight=counts)
    return made.coef_[0][:signs] / spread, 3 * made.coef_[0][signs:]


def denied(all_of: Lessons) -> Mask:
    """Return which kinds have words in a sentence that do not hold."""
    mask: Mask = all_of.signs[:, :, WORDED] > all_of.signs[:, :, MEANT]
    return mask


def unseen(all_of: Lessons, signs: int) -> Array:
    """Return the highest log-odds in each message, by weights that did not see it."""
    best = np.full((len(all_of.told), len(KINDS)), -99.0)
    for number in range(FOLDS):
        out = all_of.heard & (all_of.fold == number)
        weights, bias = weigh(all_of, all_of.heard & ~out, signs)
        odds = np.where(denied(all_of)[out], -99.0, all_of.signs[out][:, :, :signs] @ weights + bias)
        np.maximum.at(best, all_of.message[out], odds)
    calm = np.array([not message.is_upset for message in all_of.told])
    best[calm] = -99.0
    return best


def report(title: str, all_of: Lessons, best: Array, least: Array) -> None:
    """Print each language's figures, of lines and of messages."""
    said, claimed = np.stack([message.said for message in all_of.told]) > 0, best >= least
    asked = np.array([message.is_thought_about for message in all_of.told])
    for name, lines in (("lines", True), ("messages", False)):
        for tag in TAGS:
            mine = asked & [one.language == tag and one.is_line is lines for one in all_of.told]
            for what, kinds in (("threats", slice(0, -1)), ("manager", slice(-1, None))):
                made, true = claimed[mine, kinds], said[mine, kinds]
                right = int((made & true).sum())
                figures = Share(hits=right, n=int(made.sum())), Share(hits=right, n=int(true.sum()))
                print(f"{title} {tag} {name} {what}: P {figures[0]} R {figures[1]}", flush=True)
        quiet = asked & ~said.any(axis=1) & [one.is_line is lines for one in all_of.told]
        print(f"{title} {name} that claim nothing: {Share(hits=int(claimed[quiet].any(1).sum()), n=int(quiet.sum()))}")


def main() -> None:
    """Teach, report, write."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--kept", type=Path, help="where vectors are kept")
    all_of = Lessons(list(taught_messages()))
    letters = learn_letters(all_of)
    heads = learn_heads(all_of, wanted.parse_args().kept)
    file = WEIGHTS / "claims.toml"
    text = file.read_text(encoding="utf-8")
    for tier, signs in (("quick", len(SIGNS) - 1), ("full", len(SIGNS))):
        least = np.array([LEAST[tier][0]] * (len(KINDS) - 1) + [LEAST[tier][1]])
        report(tier, all_of, unseen(all_of, signs), least)
        weights, bias = weigh(all_of, all_of.heard, signs)
        for name, table in (("weights", dict(zip(SIGNS, weights, strict=False))), ("bias", _by_kind(bias)),
                            ("least", _by_kind(least))):  # fmt: skip
            text = with_table(text, f"claim.{tier}.{name}", table)
    file.write_text(text, encoding="utf-8")
    write("threats", heads, letters, suffix="claims")


def _by_kind(values: Array) -> dict[str, float]:
    return dict(zip(KINDS, values.tolist(), strict=True))


if __name__ == "__main__":
    main()
