"""Train what hears wishes: wishes.npz, *-wishes.npz and the tables [wish.*] of claims.toml.

    python -m tools.train_wishes --kept /tmp/vectors.npz        after train_letters, fit_heat and train_claims

Letters of a sentence and heads over the encoder, which stays as it is, are taught by data/reading/wishes and by the
messages of data/reading; of those the encoder hears such as hold two sentences at most. How much all signs count is
fitted on the lines and on the dev sets and studied blind sets, which taught none of it: letters and heads say of a line
what they learnt from four other fifths. `--kept`: where vectors are kept, for the next run.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

from amends.languages import load
from amends.reading import calibrate, claims, heads, letters
from amends.reading.cues import Found, look, phrasebook
from amends.reading.encoder import TAUGHT
from amends.reading.plain import plain
from amends.reading.sounding import LOUDEST, SHORT
from amends.reading.threats import demands_manager
from amends.reading.wishes import ENCODED, KINDS, SIGNS, Heard, declined, signs_of, worded
from amends.vocabulary import WishKind
from tools.claim_lines import WISHES, rows
from tools.closed_quarter import ROOT
from tools.judge import Row, rows_of
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
from tools.train_letters import TAGS, WEIGHTS, messages
from tools.vectors import vectors

STUDIED: Final = ("", "blind2", "blind3", "blind5")
LEAST: Final = {"quick": -0.1, "full": -0.1}
"""The log-odds from which a wish is claimed."""
LEAST_OTHER: Final = 0.5
"""How much surer one must be that something else is wanted: authors agree least on it."""
SHRINK: Final = 1.0
WRITTEN_FROM_LINES: Final = "ask."
"""Words that were written after the lines were read: what they are worth only messages can tell."""
QUIET_ONES: Final = 2
"""Of ten messages that ask for nothing so many teach the heads: they are the most, and much alike."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Told:
    """A line, a message that teaches or one that only weighs, and what it asks for."""

    tag: str
    text: str
    found: Found
    true: Mask
    is_line: bool
    is_studied: bool

    @property
    def is_heard(self) -> bool:
        """Return whether it teaches the heads."""
        short = len(self.found.sentences) <= SHORT
        return self.is_line or (short and bool(self.true.any() or crc32(self.text.encode()) % 10 < QUIET_ONES))


def told() -> Iterator[Told]:
    """Yield everything that teaches or weighs."""
    for row in rows(WISHES):
        yield _told(row["language"], row, row["kinds"], line=True)
    for tag in TAGS:
        for folder in STUDIED:
            for row in rows_of(ROOT / "tests/quality" / folder / tag / "reading.jsonl"):
                yield _told(tag, row, row["wishes"], studied=True)
        yield from (_told(tag, row, row["wishes"]) for row in messages(tag) if "wishes" in row)


def _told(tag: str, row: Row, wanted: list[str], *, line: bool = False, studied: bool = False) -> Told:
    return Told(
        tag=tag, text=row["text"], found=look(plain(row["text"]), phrasebook(load(tag))), is_line=line,
        is_studied=studied, true=np.array([str(kind) in wanted for kind in KINDS]),
    )  # fmt: skip


def learn_letters(
    all_of: list[Told], fold: NDArray[np.int_]
) -> tuple[dict[str, Learnt], dict[int, NDArray[np.float32]]]:
    """Return what is learnt of each language, and what letters that did not learn it say of each line's sentences."""
    kept, heard = dict[str, Learnt](), dict[int, NDArray[np.float32]]()
    for tag in TAGS:
        mine = [n for n, one in enumerate(all_of) if one.tag == tag and one.found.sentences and not one.is_studied]
        message = np.repeat(mine, [len(all_of[n].found.sentences) for n in mine])
        texts = [span.of(all_of[n].found.plain.normal.text) for n in mine for span in all_of[n].found.sentences]
        true, meant = (np.concatenate([each(all_of[n]) for n in mine]) for each in (_true, _meant))
        _, said, kept[tag] = letters_of(texts, true, meant=meant, message=message, fold=fold[message])
        heard |= {n: said[message == n].astype(np.float32) for n in mine if all_of[n].is_line}
    return kept, heard


def _true(one: Told) -> Array:
    """Return what is known of each sentence: nobody knows which of two asks."""
    count = len(one.found.sentences)
    return np.tile(np.where(one.true, 1.0 if count == 1 else np.nan, 0.0), (count, 1))


def _meant(one: Told) -> Array:
    """Return which sentences have words that ask, by half a sentence that sounds so."""
    meant, words = np.zeros((len(one.found.sentences), len(KINDS))), worded(one.found, manager=None)
    for kind, hit in words.items():
        if (place := one.found.place_of(hit.span)) is not None:
            meant[place, KINDS.index(kind)] = 0.5
    return meant


def learn_heads(all_of: list[Told], given: Array, fold: NDArray[np.int_]) -> tuple[tuple[Array, Array], Array]:
    """Return the heads, and what each text sounds like to heads that it did not teach."""
    teach = np.array([one.is_heard and not one.is_studied for one in all_of])
    true = np.stack([one.true for one in all_of])
    counts = np.array([A_LINE_COUNTS if one.is_line else 1.0 for one in all_of])
    made = heads_of(given[teach], true[teach], counts[teach])
    sums = given @ made[0] + made[1]
    sums[teach] = unheard(given[teach], true[teach], counts[teach], fold[teach])
    return made, sums.clip(-LOUDEST, LOUDEST)


def signs(one: Told, sounds: Array, own: NDArray[np.float32]) -> Array:
    """Return what speaks for each wish (wish × sign). `own`: what letters say of its sentences."""
    found = one.found
    trained, taught, grams = heads.heads(one.tag), letters.letters(one.tag), heads.buckets(found.plain.normal.text)
    scores = (trained.scores(grams) if trained else None, taught.scores(grams) if taught else {})
    heard = Heard(
        cues=claims.spoken(found), letters=calibrate.heard(*scores, calibrate.heat(one.tag).average),
        sounds=sounds.tolist(),
    )  # fmt: skip
    words = worded(found, manager=demands_manager(found))
    if one.is_line:
        words = {kind: hit for kind, hit in words.items() if not hit.group.startswith(WRITTEN_FROM_LINES)}
    around, made = signs_of(found, words, heard=heard, sentences=own)
    return np.array([[(around | made[kind])[name] for name in SIGNS] for kind in KINDS])


def fitted(given: Array, true: Mask) -> tuple[Array, Array]:
    """Return one weight a sign and one bias a wish; biases are drawn to each other."""
    count = given.shape[2]
    spread = given.reshape(-1, count).std(axis=0) + 1e-9
    ready, wanted = given / spread, true.astype(float)

    def loss(values: Array) -> tuple[float, Array]:
        weight, bias = values[:count], values[count:]
        odds = ready @ weight + bias
        far, missed = bias - bias.mean(), np.logaddexp(0.0, odds) - wanted * odds
        over = 1 / (1 + np.exp(-odds)) - wanted
        slope = np.concatenate([np.einsum("nk,nks->s", over, ready) + SHRINK * weight, over.sum(0) + 0.2 * far])
        return float(missed.sum() + SHRINK * (weight**2).sum() / 2 + 0.1 * (far**2).sum()), slope

    answer: Array = minimize(loss, np.zeros(count + len(KINDS)), jac=True, method="L-BFGS-B").x
    return answer[:count] / spread, answer[count:]


def report(title: str, odds: Array, true: Mask, groups: dict[str, Mask], least: Array) -> None:
    """Print precision, recall and F1 by group, by weights that did not see the text."""
    for name, mine in groups.items():
        claimed, said = odds[mine] >= least, true[mine]
        right, made, there = (claimed & said).sum(), claimed.sum(), said.sum()
        alarmed = claimed[~said.any(1)].any(1).mean()
        figures = f"P {right / max(1, made):.3f} R {right / there:.3f} F1 {2 * right / (made + there):.3f}"
        print(f"{title} {name}: {figures} silent ones that alarm {alarmed:.2f} n={there}", flush=True)


def main() -> None:
    """Teach, report, write."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--kept", type=Path, help="where vectors are kept")
    kept = asked.parse_args().kept
    all_of = list(told())
    fold = np.random.default_rng(SEED).permutation(len(all_of)) % FOLDS
    learnt, lines = learn_letters(all_of, fold)
    some = [n for n, one in enumerate(all_of) if one.is_heard or one.is_studied]
    given, heard = vectors([all_of[n].text for n in some], changes=TAUGHT, kept=kept), [all_of[n] for n in some]
    made, sounds = learn_heads(heard, given, fold[some])
    write("wishes", made, learnt, suffix="wishes")
    weigh(heard, sounds, {at: lines[n] for at, n in enumerate(some) if n in lines}, fold[some])


def weigh(heard: list[Told], sounds: Array, lines: dict[int, NDArray[np.float32]], fold: NDArray[np.int_]) -> None:
    """Fit what all signs count on lines and studied messages, report it unseen, and write it."""
    which = [at for at, one in enumerate(heard) if one.is_line or one.is_studied]
    found = [(heard[at], sounds[at], lines.get(at)) for at in which]
    all_signs = np.stack([signs(one, said, _own(one, own)) for one, said, own in found])
    may = np.array([[kind not in declined(one.found) - {*_words(one)} for kind in KINDS] for one, *_ in found])
    true, fold = np.stack([one.true for one, *_ in found]), fold[which]
    is_line, tags = np.array([one.is_line for one, *_ in found]), np.array([one.tag for one, *_ in found])
    groups = {"lines": is_line, "messages": ~is_line}
    groups |= {f"{tag} {name}": (tags == tag) & mask for tag in TAGS for name, mask in [*groups.items()]}
    file = WEIGHTS / "claims.toml"
    text = file.read_text(encoding="utf-8")
    for tier, count in (("quick", len(SIGNS) - ENCODED), ("full", len(SIGNS))):
        part, odds = all_signs[:, :, :count], np.zeros(true.shape)
        for number in range(FOLDS):
            weight, bias = fitted(part[fold != number], true[fold != number])
            odds[fold == number] = part[fold == number] @ weight + bias
        least = LEAST[tier] + LEAST_OTHER * np.array([kind is WishKind.OTHER for kind in KINDS])
        report(tier, np.where(may, odds, -np.inf), true, groups, least)
        weight, bias = fitted(part, true)
        for name, table in (("weights", dict(zip(SIGNS, weight, strict=False))),
                            ("bias", dict(zip(KINDS, bias, strict=True))),
                            ("least", dict(zip(KINDS, least, strict=True)))):  # fmt: skip
            text = with_table(text, f"wish.{tier}.{name}", table)
    file.write_text(text, encoding="utf-8")


def _own(one: Told, lines: NDArray[np.float32] | None) -> NDArray[np.float32]:
    """Return what letters say of each sentence: of a line those that it did not teach."""
    learnt = claims.wished_by(load(one.tag).tag)
    if lines is not None or learnt is None:
        return lines if lines is not None else np.zeros((0, len(KINDS)), dtype=np.float32)
    return np.stack([learnt.scores(held) for held in one.found.known])


def _words(one: Told) -> frozenset[str]:
    return frozenset(worded(one.found, manager=demands_manager(one.found)))


if __name__ == "__main__":
    main()
