"""Train what the coach hears in the sentences of a reply: all of src/amends/coach/weights but the encoder.

    python -m tools.take_in_sentences FOLDER     new sentences first, where there are some
    python -m tools.teach_encoder coach --kept FILE    then the encoder
    python -m tools.train_sentences --date 2026-01-31 --taught FILE
    python -m tools.rule_pages                   after it: the pages of the rules tell what was measured

Taught by data/coach/<tag>.jsonl alone. Three parts: `sentences.npz`, the heads of the encoder and how their sums become
chances, all languages together; `<tag>-letters.npz`, ridge over n-grams of letters (tools/weigh_sentences.py);
`suspicions.npz`, which weighs both with what patterns find, and the chances from which a sentence is warned of, or a
pattern's finding let pass. All that is chosen is chosen on sentences the parts were not taught with. Prints what came
out, and writes src/amends/coach/measured.toml.
"""

import argparse
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]

from amends.coach.sensing import TAUGHT
from amends.engines.choose import embedder
from tools import weigh_sentences
from tools.labelled_sentences import Mask, batch_of, sentences, told, unsure
from tools.taught import taught

ROOT: Final = Path(__file__).parents[1]
FILE: Final = ROOT / "src/amends/coach/weights/sentences.npz"
LEAST_RIGHT: Final = 0.75
NEVER: Final = 2.0
"""A chance that no sentence reaches."""
TILTED: Final = ("A", "D", "S", "T", "U")
"""Batches weighted to what breaks rules. How often a label is right of those that seem so is told without them."""

Array = NDArray[np.floating]


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


def main() -> None:
    """Teach, calibrate, choose thresholds, report, write; then weigh the parts against each other."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--taught", type=Path, required=True, help="what tools.teach_encoder kept")
    wanted.add_argument("--date", required=True, help="today, for measured.toml")
    options = wanted.parse_args()
    rows = sentences()
    learnt = taught(options.taught)
    labels, weights = learnt.labels, learnt.weights
    sums = learnt.unseen([row["text"] for row in rows], labels)
    true = np.array([[label in row["labels"] for label in labels] for row in rows])
    asked = told(rows, labels)
    usual = asked & ~unsure(rows, labels) & np.array([batch_of(row) not in TILTED for row in rows])[:, None]
    usual |= asked & ~usual.any(axis=0)
    stretch, shift = calibrated(sums, true, usual)
    np.savez_compressed(
        FILE,
        taught_on=embedder().name.split("-")[0],
        labels=np.array(labels),
        weights=weights.astype(np.float32),
        stretch=stretch.astype(np.float32),
        shift=(shift + stretch * learnt.bias).astype(np.float32),
        clearing=np.array(clearing(labels, 1 / (1 + np.exp(-(sums * stretch + shift))), true, usual)),
    )
    print(f"n={len(rows)}, {FILE.stat().st_size / 1e3:.0f} kB")
    judged = weigh_sentences.replies()
    said = embedder().taught(TAUGHT).embed([row["text"] for row in judged])
    odds, judged_odds = (some * stretch + shift for some in (sums, said @ weights + learnt.bias))
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
