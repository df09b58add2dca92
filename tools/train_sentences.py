"""Train the heads that say what a sentence of a reply does: src/amends/coach/weights/sentences.npz.

    python -m tools.train_sentences

Taught by data/coach/<tag>.jsonl alone, one logistic head a label for all languages together. Chances and thresholds
come from heads that have not seen the sentence (five folds, dealt five times). A label clears from the least chance at
which 60 % of its sentences are right. It alarms from the least chance at which 92 % are right among the sentences where
the patterns of its rule are silent, for only those are asked; a label that never gets there, or on fewer than 12
sentences, never alarms.
"""

import json
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]

from amends.coach.judge import findings, look
from amends.coach.kinds.semantic import RULE_OF, is_open
from amends.coach.pack import rules_of
from amends.engines.choose import embedder
from amends.languages import load
from amends.vocabulary import CaseView

ROOT: Final = Path(__file__).parents[1]
FILE: Final = ROOT / "src/amends/coach/weights/sentences.npz"
TAGS: Final = ("en", "id", "th", "fi")
STRENGTH: Final = 0.01
FOLDS: Final = 5
ROUNDS: Final = 5
SEED: Final = 20261122
LEAST_RIGHT: Final = {"clearing": 0.6, "alarming": 0.92}
FEWEST_ALARMS: Final = 12
NEVER: Final = 2.0
"""A chance that no sentence reaches."""

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


def sentences() -> list[dict[str, Any]]:
    """Return the labelled sentences of all languages, each with its language."""
    return [
        {"language": tag, **json.loads(line)}
        for tag in TAGS
        for line in (ROOT / f"data/coach/{tag}.jsonl").read_text("utf-8").splitlines()
    ]


def taught(vectors: Array, true: Mask) -> tuple[Array, Array]:
    """Return weights and bias of every label, in log-odds."""
    mean, spread = vectors.mean(axis=0), vectors.std(axis=0)
    ready = (vectors - mean) / spread
    made = [LogisticRegression(C=STRENGTH, max_iter=3000).fit(ready, column) for column in true.T]
    weights = np.stack([head.coef_[0] for head in made], axis=1) / spread[:, None]
    return weights, np.array([head.intercept_[0] for head in made]) - mean @ weights


def without_seeing(vectors: Array, true: Mask) -> Array:
    """Return the log-odds each sentence gets from heads taught by the other folds, on average over several deals."""
    odds, chance = np.zeros(true.shape), np.random.default_rng(SEED)
    for _ in range(ROUNDS):
        fold = chance.permutation(len(true)) % FOLDS
        for number in range(FOLDS):
            weights, bias = taught(vectors[fold != number], true[fold != number])
            odds[fold == number] += vectors[fold == number] @ weights + bias
    return odds / ROUNDS


def calibrated(odds: Array, true: Mask) -> tuple[Array, Array]:
    """Return by how much every label's log-odds are to be stretched and shifted, so that they are chances."""
    made = [LogisticRegression(C=1e3).fit(column[:, None], yes) for column, yes in zip(odds.T, true.T, strict=True)]
    return np.array([one.coef_[0, 0] for one in made]), np.array([one.intercept_[0] for one in made])


def threshold(chance: Array, true: Mask, *, right: float, fewest: int = 1) -> float:
    """Return the least chance from which at least `right` of the sentences are true, NEVER where there is none."""
    order = np.argsort(-chance)
    share = np.cumsum(true[order]) / np.arange(1, len(order) + 1)
    enough = [place for place in np.flatnonzero(share >= right) if place + 1 >= fewest]
    return float(chance[order[enough[-1]]]) if enough else NEVER


def silent(rows: list[dict[str, Any]]) -> dict[str, Mask]:
    """Return by rule in which sentences its patterns have nothing to say."""
    found: dict[str, list[bool]] = {rule: [] for rule in RULE_OF.values()}
    for row in rows:
        rules = rules_of(load(row["language"]))
        scene = look(rules, row["text"], case=CaseView(), message=None)
        said = {finding.rule for finding in findings(rules, scene, interface="en")}
        for rule, kept in found.items():
            entries = [entry for entry in rules.entries if entry.rule == rule]
            places = range(len(scene.page.sentences))
            kept.append(rule not in said and all(is_open(number, entries, scene) for number in places))
    return {rule: np.array(kept) for rule, kept in found.items()}


def main() -> None:
    """Teach, calibrate, choose thresholds, report, write."""
    rows = sentences()
    labels = sorted({label for row in rows for label in row["labels"]})
    true = np.array([[label in row["labels"] for label in labels] for row in rows])
    vectors = embedder().embed([row["text"] for row in rows]).astype(float)
    odds = without_seeing(vectors, true)
    stretch, shift = calibrated(odds, true)
    chance = 1 / (1 + np.exp(-(odds * stretch + shift)))
    clearing, alarming = thresholds(rows, labels, chance, true)
    weights, bias = taught(vectors, true)
    FILE.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        FILE,
        taught_on=embedder().name.split("-")[0],
        labels=np.array(labels),
        weights=(weights * stretch).astype(np.float16),
        bias=(bias * stretch + shift).astype(np.float32),
        clearing=np.array(clearing),
        alarming=np.array(alarming),
    )
    print(f"n={len(rows)}, {FILE.stat().st_size / 1e3:.0f} kB")


def thresholds(
    rows: list[dict[str, Any]], labels: list[str], chance: Array, true: Mask
) -> tuple[list[float], list[float]]:
    """Return the chance from which each label clears, and from which it alarms; print what that means."""
    clearing, alarming, unsaid = [], [], silent(rows)
    for label, chances, yes in zip(labels, chance.T, true.T, strict=True):
        clearing.append(threshold(chances, yes, right=LEAST_RIGHT["clearing"]))
        asked = unsaid[RULE_OF[label]] if label in RULE_OF else np.zeros(len(yes), dtype=bool)
        alarming.append(
            threshold(chances[asked], yes[asked], right=LEAST_RIGHT["alarming"], fewest=FEWEST_ALARMS)
            if asked.any()
            else NEVER
        )
        alarms = f" · where patterns are silent: alarms {_says(chances[asked], yes[asked], alarming[-1])}"
        print(
            f"{label:17} n={yes.sum():3} AUROC {roc_auc_score(yes, chances):.3f}",
            f"clears {_says(chances, yes, clearing[-1])}" + (alarms if label in RULE_OF else ""),
        )
    return clearing, alarming


def _says(chances: Array, true: Mask, least: float) -> str:
    claimed = chances >= least
    hits = int((claimed & true).sum())
    return f"from {least:.2f}: P {hits}/{claimed.sum()} R {hits}/{true.sum()}"


if __name__ == "__main__":
    main()
