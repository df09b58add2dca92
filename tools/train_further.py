"""Teach the coach to hear what the first authors were not asked for: `python -m tools.train_further --date DAY`.

    python -m tools.train_sentences …    first, where the encoder was taught anew: it writes both files afresh
    python -m tools.train_further --date 2026-01-31 --kept /tmp/vectors.npz

Six labels (tools/further_sentences.py) join `sentences.npz` as heads over the encoder's vector and `suspicions.npz` as
what the full tier hears; the encoder itself stays. It was taught without these sentences, so folds judge them fairly.
Good sentences of data/coach and good letters, which do none of it, say how often an alarm would be false. Adds what
came out to src/amends/coach/measured.toml. `--kept`: where vectors are kept, for the next run.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from amends.coach.sensing import FEWEST_LETTERS, TAUGHT
from amends.coach.suspecting import FULL, FURTHER, NEVER, QUICK, RULE_OF
from tools.further_sentences import does, rows
from tools.labelled_sentences import GOOD_DEEDS, TAGS, Row, sentences
from tools.sentence_alarms import write_measured
from tools.sentence_letters import SEED, WEIGHTS
from tools.train_sentences import threshold
from tools.vectors import head, vectors
from tools.weigh_sentences import sentences_in, spoken_of

ROOT: Final = Path(__file__).parents[1]
LETTERS: Final = ("good", "good6", "blind_good")
"""Folders of tests/quality with letters of experts that were read, of which nothing may alarm."""
GOOD: Final = GOOD_DEEDS | {"act", "promise", "next_step", "apologise", "explain"}
MOST_GOOD: Final = 2_400
FOLDS: Final = 5
STRENGTH: Final = 0.01
OTHERS_COUNT: Final = 0.2
"""What a sentence that breaks another of these rules counts as one that does not break this: it may do both."""
RIGHT: Final = 0.8
MOST_ON_GOOD: Final = 0.0007
"""Of good sentences at most so many may be warned of under one label."""
NO_MORE: Final = -30.0

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Measured = tuple[str, str, str, int, int, int]
"""Rule, language, detector, how often right, claimed, true."""


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """Sentences and their vectors: the language, the label each was written about ("" for none), and what it does."""

    rows: list[Row]
    vectors: Array
    tags: NDArray[np.str_]
    about: NDArray[np.str_]

    def does(self, label: str) -> Mask:
        """Return which sentences do what a label says."""
        return np.array([label in row["does"] for row in self.rows])

    def asked(self, label: str) -> Mask:
        """Return which sentences tell how rightly a label is heard: those about it, and good ones."""
        mask: Mask = (self.about == label) | (self.about == "") | self.does(label)
        return mask

    def counts(self, label: str) -> Array:
        """Return what each sentence counts when a label is taught."""
        others = np.array([bool(row["does"]) for row in self.rows]) & (self.about != label) & ~self.does(label)
        return np.where(others, OTHERS_COUNT, 1.0)


def lesson(kept: Path | None) -> Lesson:
    """Return all that teaches, with its vectors."""
    told = [row | {"does": does(row)} for row in rows()]
    some = [*told, *(row | {"does": frozenset()} for row in (*good_sentences(), *good_letters()))]
    return Lesson(
        rows=some,
        vectors=vectors([row["text"] for row in some], changes=TAUGHT, kept=kept),
        tags=np.array([row["language"] for row in some]),
        about=np.array([row.get("label", "") for row in some]),
    )


def good_sentences() -> list[Row]:
    """Return sentences of data/coach that do nothing but good, no more than MOST_GOOD."""
    good = [row for row in sentences() if row["labels"] and set(row["labels"]) <= GOOD]
    order = np.random.default_rng(SEED).permutation(len(good))[:MOST_GOOD]
    return [{"language": good[n]["language"], "text": good[n]["text"]} for n in order]


def good_letters() -> list[Row]:
    """Return the sentences of the good letters that were read."""
    files = [(tag, ROOT / f"tests/quality/{folder}/{tag}.jsonl") for folder in LETTERS for tag in TAGS]
    found = [row for tag, file in files for row in sentences_in(tag, file)]
    return [row for row in found if sum(map(str.isalpha, row["text"])) >= FEWEST_LETTERS]


def heard(some: Lesson, label: str) -> tuple[Array, Array, float]:
    """Return the sums of sentences by heads that did not see them, then weights and bias of the one that saw all."""
    fold, sums = np.random.default_rng(SEED).permutation(len(some.tags)) % FOLDS, np.zeros(len(some.tags))
    does, counts = some.does(label), some.counts(label)
    for number in range(FOLDS):
        out = fold == number
        weights, bias = head(some.vectors[~out], does[~out], counts[~out], strength=STRENGTH)
        sums[out] = some.vectors[out] @ weights + bias
    return sums, *head(some.vectors, does, counts, strength=STRENGTH)


def calibrated(sums: Array, does: Mask, tags: NDArray[np.str_]) -> tuple[Array, Array]:
    """Return stretch and shift by language, from a sum to log-odds among sentences of which few do it."""
    spoken = spoken_of(tags)
    made = LogisticRegression(C=0.3, max_iter=2000)
    made.fit(np.hstack([sums[:, None], spoken, spoken * sums[:, None]]), does)
    return made.coef_[0, 0] + made.coef_[0, 5:], made.intercept_[0] + made.coef_[0, 1:5]


def least(chances: Array, does: Mask, good: Mask) -> float:
    """Return the chance from which a sentence is warned of: RIGHT of those are right, hardly any of the good ones."""
    return max(threshold(chances, does, right=RIGHT), float(np.quantile(chances[good], 1 - MOST_ON_GOOD)))


def main() -> None:
    """Teach, choose, report, write."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--date", required=True, help="today, for measured.toml")
    wanted.add_argument("--kept", type=Path, help="where vectors are kept")
    options = wanted.parse_args()
    some, made, measured = lesson(options.kept), dict[str, Any](), list[Measured]()
    for label in FURTHER:
        made[label], claimed = learnt(some, label)
        measured += counted(some, label, claimed)
    join_heads(made)
    join_suspicions(made)
    write_measured(measured, options.date, on="data/coach/further, folds, beside good sentences")


def learnt(some: Lesson, label: str) -> tuple[dict[str, Any], Mask]:
    """Return what is kept of a label, and which sentences it is claimed of by heads that did not see them."""
    at = np.array([TAGS.index(tag) for tag in some.tags])
    sums, weights, bias = heard(some, label)
    sums, does, good = sums.clip(-8, 8), some.does(label), some.about == ""
    stretch, shift = calibrated(sums, does, some.tags)
    chances = 1 / (1 + np.exp(-(sums * stretch[at] + shift[at])))
    asked = some.asked(label)
    alarming = least(chances[asked], does[asked], good[asked])
    claimed = chances >= alarming
    print(f"{label:12} from {alarming:.2f}: {(claimed & good).sum()} of {good.sum()} good sentences")
    return {"weights": weights, "bias": bias, "stretch": stretch, "shift": shift, "alarming": alarming}, claimed


def counted(some: Lesson, label: str, claimed: Mask) -> Iterator[Measured]:
    """Yield how often a label is claimed and right in each language, among its own lines and good sentences."""
    does, asked = some.does(label), some.asked(label)
    for tag in TAGS:
        here = asked & (some.tags == tag)
        right, all_, true = (int(mask[here].sum()) for mask in (claimed & does, claimed, does))
        print(f"    {tag} n={true} P {right}/{all_} R {right / max(1, true):.2f}")
        yield RULE_OF[label], tag, FULL, right, all_, true


def join_heads(made: dict[str, Any]) -> None:
    """Write the six heads into sentences.npz, in the place of older ones of the same names."""
    file = WEIGHTS / "sentences.npz"
    with np.load(file) as opened:
        kept = dict(opened)
    old = [n for n, label in enumerate(kept["labels"].tolist()) if label not in made]
    ones = np.ones(len(made), dtype=np.float32)
    new = {
        "weights": np.stack([one["weights"] for one in made.values()], axis=1),
        "stretch": ones,
        "shift": [one["bias"] for one in made.values()],
        "clearing": ones * NEVER,
    }
    joined = {name: np.concatenate([kept[name][..., old], np.asarray(new[name], dtype=kept[name].dtype)], axis=-1)
              for name in new}  # fmt: skip
    labels = np.array([*kept["labels"][old].tolist(), *made])
    np.savez_compressed(file, taught_on=kept["taught_on"], labels=labels, **joined)  # type: ignore[arg-type]


def join_suspicions(made: dict[str, Any]) -> None:
    """Write the six labels into suspicions.npz: each is heard by its own head alone, and by the full tier alone."""
    file = WEIGHTS / "suspicions.npz"
    with np.load(file) as opened:
        kept = dict(opened)
    old = [n for n, label in enumerate(kept["labels"].tolist()) if label not in made]
    meant = [n for n, name in enumerate(kept["meanings"].tolist()) if name not in made]
    before = len(kept["quick_weights"])
    joined: dict[str, Any] = {}
    for tier in (QUICK, FULL):
        joined |= {f"{tier}_{name}": np.hstack([kept[f"{tier}_{name}"][:, old], column])
                   for name, column in _thresholds(tier, made).items()}  # fmt: skip
    heard = np.concatenate([np.arange(before), before + np.array(meant)])
    joined["quick_weights"] = np.hstack([kept["quick_weights"][:, old], np.zeros((before, len(made)))])
    own = np.vstack([np.zeros((len(heard), len(made))), np.eye(len(made))])
    others = np.vstack([kept["full_weights"][heard][:, old], np.zeros((len(made), len(old)))])
    joined["full_weights"] = np.hstack([others, own])
    np.savez_compressed(
        file,
        labels=np.array([*kept["labels"][old].tolist(), *made]),
        meanings=np.array([*kept["meanings"][meant].tolist(), *made]),
        languages=kept["languages"],
        marks=kept["marks"],
        **{name: array.astype(np.float32) for name, array in joined.items()},
    )


def _thresholds(tier: str, made: dict[str, Any]) -> dict[str, Array]:
    """Return what is kept by language and label, beside the weights: nothing of it lets a pattern's finding pass."""
    shape = (len(TAGS), len(made))
    fine = {"doubting": np.zeros(shape), "sure": np.zeros(shape)}
    if tier == QUICK:
        return fine | {"alarming": np.full(shape, NEVER), "stretch": np.ones(shape), "shift": np.full(shape, NO_MORE)}
    columns = {name: np.stack([one[name] for one in made.values()], axis=1) for name in ("stretch", "shift")}
    return fine | columns | {"alarming": np.tile([one["alarming"] for one in made.values()], (len(TAGS), 1))}


if __name__ == "__main__":
    main()
