"""Train what the coach hears in the sentences of a reply: all of src/amends/coach/weights.

    python -m tools.take_in_sentences FOLDER     new sentences first, where there are some
    python -m tools.train_sentences --date 2026-01-31 [--vectors FILE]
    python -m tools.rule_pages                   after it: the pages of the rules tell what was measured

Taught by data/coach/<tag>.jsonl alone; `--vectors` keeps the encoder's work between two runs. Three parts:
`sentences.npz`, kernel ridge over the encoder's vectors, all languages together; `<tag>-letters.npz`,
ridge over n-grams of letters (tools/weigh_sentences.py); `suspicions.npz`, which weighs both with what patterns find,
and the chances from which a sentence is warned of, or a pattern's finding let pass. All that is chosen is chosen on
sentences the parts were not taught with (five folds). Prints what came out, and writes src/amends/coach/measured.toml.
"""

import argparse
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]

from amends.coach.sensing import EXAMPLE_STEPS, nearness
from amends.engines.choose import embedder
from tools import weigh_sentences
from tools.labelled_sentences import Mask, sentences, told, unsure

ROOT: Final = Path(__file__).parents[1]
FILE: Final = ROOT / "src/amends/coach/weights/sentences.npz"
SHRINK: Final = 0.3
FOLDS: Final = 5
SEED: Final = 20261122
LEAST_RIGHT: Final = 0.6
NEVER: Final = 2.0
"""A chance that no sentence reaches."""
TILTED: Final = ("A", "D")
"""Batches weighted to what breaks rules. How often a label is right of those that seem so is told without them."""

Array = NDArray[np.floating]


def taught(near: Array, wished: Array, asked: Mask) -> Array:
    """Return the voices of every sentence in every label; `near`: sentences × sentences. Not asked: no voice.

    `wished`: 1 where a sentence carries a label, 0 where not, nan where nobody knows: such a one is taken for average.
    """
    voices = np.zeros(wished.shape)
    for who in np.unique(asked.T, axis=0):
        columns, some = np.flatnonzero((who == asked.T).all(axis=1)), np.flatnonzero(who)
        told = wished[np.ix_(some, columns)]
        bent = near[np.ix_(some, some)]
        bent[np.diag_indices(len(some))] += SHRINK
        aims = np.nan_to_num(told - np.nanmean(told, axis=0))
        voices[np.ix_(some, columns)] = solve(bent, aims, assume_a="pos", overwrite_a=True, check_finite=False)
    return voices


def without_seeing(near: Array, wished: Array, asked: Mask) -> Array:
    """Return the sums each sentence gets from the voices of the other folds."""
    fold, sums = np.random.default_rng(SEED).permutation(len(wished)) % FOLDS, np.zeros(wished.shape)
    for number in range(FOLDS):
        rest, here = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        sums[here] = near[np.ix_(here, rest)] @ taught(near[np.ix_(rest, rest)], wished[rest], asked[rest])
    return sums


def calibrated(sums: Array, true: Mask, asked: Mask) -> tuple[Array, Array]:
    """Return by how much every label's sums are to be stretched and shifted, so that they are log-odds."""
    made = [
        LogisticRegression(C=1e3).fit(column[said, None], yes[said])
        for column, yes, said in zip(sums.T, true.T, asked.T, strict=True)
    ]
    return np.array([one.coef_[0, 0] for one in made]), np.array([one.intercept_[0] for one in made])


def threshold(chance: Array, true: Mask, *, right: float) -> float:
    """Return the least chance from which at least `right` of the sentences are true, NEVER where there is none."""
    order = np.argsort(-chance)
    share = np.cumsum(true[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(share >= right)
    return float(chance[order[enough[-1]]]) if enough.size else NEVER


def vectors_of(texts: list[str], kept: Path | None) -> Array:
    """Return the encoder's vectors; `kept`: a file of those made before."""
    known: dict[str, NDArray[np.float32]] = {}
    if kept and kept.exists():
        with np.load(kept) as file:
            known = dict(zip(file["texts"].tolist(), file["vectors"], strict=True))
    new = [text for text in dict.fromkeys(texts) if text not in known]
    known |= dict(zip(new, embedder().embed(new), strict=True))
    if kept and new:
        np.savez(kept, texts=np.array(list(known)), vectors=np.stack(list(known.values())))
    return np.stack([known[text] for text in texts]).astype(float)


def main() -> None:
    """Teach, calibrate, choose thresholds, report, write; then weigh the parts against each other."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--vectors", type=Path, help="a file to keep vectors in")
    wanted.add_argument("--date", required=True, help="today, for measured.toml")
    options = wanted.parse_args()
    kept, rows = options.vectors, sentences()
    labels = sorted({label for row in rows for label in row["labels"]})
    true = np.array([[label in row["labels"] for label in labels] for row in rows])
    doubtful = unsure(rows, labels)
    wished = np.where(doubtful, np.nan, true)
    asked, vectors = told(rows, labels), vectors_of([row["text"] for row in rows], kept)
    mean, spread = vectors.mean(axis=0), vectors.std(axis=0)
    examples = np.clip(np.round((vectors - mean) / spread * EXAMPLE_STEPS), -127, 127)
    ready = examples / EXAMPLE_STEPS
    near = nearness(ready, ready)
    usual = asked & ~doubtful & np.array([row["id"].split("-")[1] not in TILTED for row in rows])[:, None]
    usual |= asked & ~usual.any(axis=0)
    sums = without_seeing(near, wished, asked)
    stretch, shift = calibrated(sums, true, usual)
    voices = taught(near, wished, asked)
    np.savez_compressed(
        FILE,
        taught_on=embedder().name.split("-")[0],
        labels=np.array(labels),
        mean=mean.astype(np.float32),
        spread=spread.astype(np.float32),
        examples=examples.astype(np.int8),
        voices=voices.astype(np.float16),
        stretch=stretch.astype(np.float32),
        shift=shift.astype(np.float32),
        clearing=np.array(clearing(labels, 1 / (1 + np.exp(-(sums * stretch + shift))), true, usual)),
    )
    print(f"n={len(rows)}, {FILE.stat().st_size / 1e3:.0f} kB")
    judged = weigh_sentences.replies()
    said = (vectors_of([row["text"] for row in judged], kept) - mean) / spread
    odds, judged_odds = (some * stretch + shift for some in (sums, nearness(said, ready) @ voices))
    lesson = weigh_sentences.Lesson(rows=rows, labels=labels, true=true, asked=asked, usual=usual, odds=odds)
    weigh_sentences.weigh(lesson, judged, judged_odds, on=options.date)


def clearing(labels: list[str], chance: Array, true: Mask, asked: Mask) -> list[float]:
    """Return the chance from which each label clears; print what that means."""
    found = []
    for label, chances, yes, said in zip(labels, chance.T, true.T, asked.T, strict=True):
        found.append(least := threshold(chances[said], yes[said], right=LEAST_RIGHT))
        claimed, hits = (chances[said] >= least).sum(), (yes[said] & (chances[said] >= least)).sum()
        print(
            f"{label:17} n={yes.sum():3} AUROC {roc_auc_score(yes[said], chances[said]):.3f}",
            f"clears from {least:.2f}: P {hits}/{claimed} R {hits}/{yes.sum()}",
        )
    return found


if __name__ == "__main__":
    main()
