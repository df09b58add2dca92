"""Fit the model that turns what was found into intensity, anger and complaint: src/amends/reading/weights/heat.toml.

    python tools/fit_heat.py

Taught by data/reading/<tag>.jsonl. Prints, for each language, how well a model taught by the other
three reads it. The product never imports this file, nor scipy.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]

from amends.languages import load
from amends.reading.calibrate import HEADS_USED, features
from amends.reading.cues import look, phrasebook
from amends.reading.heads import HEADS, heads
from amends.reading.plain import plain
from amends.reading.threats import demands_manager, threats

ROOT: Final = Path(__file__).parents[1]
MESSAGES: Final = ROOT / "data/reading"
WEIGHTS: Final = ROOT / "src/amends/reading/weights"
TAGS: Final = ("en", "id", "th", "fi")
SHRINK: Final = 0.04
# The sign a cue may have: +1 heats, -1 cools; the rest is free. It keeps 260 messages from teaching nonsense.
HEATS: Final = frozenset(
    {"fury", "anger", "annoyed", "condemn", "bad", "accuse", "profanity", "insult", "repeat", "waiting", "broken_word",
     "demand", "rhetorical", "sarcasm", "cold", "cost", "threats", "manager", "trouble", "hints", "capitals", "shout",
     "exclaims", "angry_faces", "head_anger", "head_negative", "intensify", "head_sadness"}
)  # fmt: skip
COOLS: Final = frozenset({"soft", "praise", "thanks", "settled", "other_party", "question", "glad_faces", "head_joy"})

Array = NDArray[np.float64]


def messages(tag: str) -> list[dict[str, Any]]:
    """Return the training messages of one language."""
    return [json.loads(line) for line in (MESSAGES / f"{tag}.jsonl").read_text("utf-8").splitlines()]


def standards(tag: str) -> dict[str, tuple[float, float]]:
    """Return mean and spread of each head over the training messages of one language; silent heads are left out."""
    trained = heads(tag)
    if trained is None:
        return {}
    scores = np.stack([trained.scores(plain(row["text"]).normal.text) for row in messages(tag)])
    used = [(name, scores[:, HEADS.index(name)]) for name in HEADS_USED]
    return {name: (float(column.mean()), float(column.std())) for name, column in used if np.isfinite(column).all()}


def found_features(tag: str, standard: Mapping[str, tuple[float, float]]) -> list[dict[str, float]]:
    """Return what the model weighs, for each training message of one language."""
    book, trained = phrasebook(load(tag)), heads(tag)
    rows = []
    for row in messages(tag):
        ready = plain(row["text"])
        found = look(ready, book)
        manager = demands_manager(found) is not None
        scores = trained.scores(ready.normal.text) if trained else None
        rows.append(features(found, made=threats(found), manager=manager, scores=scores, standard=standard))
    return rows


def bounds(names: list[str]) -> list[tuple[float | None, float | None]]:
    """Return the allowed range of each coefficient."""
    return [(0, None) if name in HEATS else (None, 0) if name in COOLS else (None, None) for name in names]


def fit_ordinal(matrix: Array, steps: Array, names: list[str]) -> tuple[Array, Array]:
    """Return coefficients and four thresholds of a proportional-odds model with shrinkage."""
    levels = (steps[:, None] >= np.arange(1, 5)).astype(float)

    def loss(values: Array) -> float:
        odds = (matrix @ values[:-4])[:, None] - np.cumsum([values[-4], *np.exp(values[-3:])])
        fit = np.logaddexp(0, odds) - levels * odds
        return float(fit.mean() + SHRINK * (values[:-4] ** 2).sum() / 10)

    start = np.concatenate([np.zeros(len(names)), [0.0, 0.0, 0.0, 0.0]])
    best = minimize(loss, start, method="L-BFGS-B", bounds=[*bounds(names), *[(None, None)] * 4])
    return best.x[:-4], np.cumsum([best.x[-4], *np.exp(best.x[-3:])])


def fit_binary(matrix: Array, labels: Array, names: list[str]) -> tuple[Array, float]:
    """Return coefficients and bias of a logistic model with shrinkage; every answer weighs the same."""
    weight = np.where(labels, 0.5 / labels.mean(), 0.5 / (1 - labels.mean()))

    def loss(values: Array) -> float:
        odds = matrix @ values[:-1] + values[-1]
        return float((weight * (np.logaddexp(0, odds) - labels * odds)).mean() + SHRINK * (values[:-1] ** 2).sum() / 10)

    best = minimize(loss, np.zeros(len(names) + 1), method="L-BFGS-B", bounds=[*bounds(names), (None, None)])
    return best.x[:-1], float(best.x[-1])


def main() -> None:
    """Fit, report, write."""
    standard = {tag: standards(tag) for tag in TAGS}
    found = {tag: found_features(tag, standard[tag]) for tag in TAGS}
    names = sorted({name for rows in found.values() for row in rows for name in row})
    matrices = {tag: np.array([[row.get(name, 0.0) for name in names] for row in found[tag]]) for tag in TAGS}
    steps = {tag: np.array([row["intensity"] for row in messages(tag)], dtype=float) for tag in TAGS}
    faults = {tag: np.array([row["complaint"] for row in messages(tag)], dtype=float) for tag in TAGS}
    for tag in TAGS:
        others = [other for other in TAGS if other != tag]
        weights, limits = fit_ordinal(
            np.concatenate([matrices[o] for o in others]), np.concatenate([steps[o] for o in others]), names
        )
        warmth = matrices[tag] @ weights
        near = np.abs((warmth[:, None] > limits).sum(axis=1) - steps[tag]) <= 1
        score = roc_auc_score(steps[tag] >= 2, warmth)
        print(f"{tag}: taught by the others, n={len(warmth)} anger AUROC={score:.3f} within 1: {near.mean():.2f}")
    everything, all_steps = np.concatenate(list(matrices.values())), np.concatenate(list(steps.values()))
    weights, limits = fit_ordinal(everything, all_steps, names)
    complaint, bias = fit_binary(everything, np.concatenate(list(faults.values())), names)
    write(names, weights, limits, complaint, bias, standard)


def write(names: list[str], weights: Array, limits: Array, complaint: Array, bias: float,
          standard: Mapping[str, Mapping[str, tuple[float, float]]]) -> None:  # fmt: skip
    """Write the model as a file that people can read and question."""
    lines = ["# Made by tools/fit_heat.py; log-odds per unit of each feature of amends.reading.calibrate."]
    lines.append(f"thresholds = [{', '.join(f'{limit:.4f}' for limit in limits)}]")
    lines.append(f"complaint_bias = {bias:.4f}")
    for title, values in (("intensity", weights), ("complaint", complaint)):
        lines += ["", f"[{title}]"]
        lines += [f"{name} = {value:.4f}" for name, value in zip(names, values, strict=True) if abs(value) > 1e-3]
    for tag, table in standard.items():
        lines += ["", f"[heads.{tag}]"]
        lines += [f"{name} = [{mean:.4f}, {spread:.4f}]" for name, (mean, spread) in table.items()]
    (WEIGHTS / "heat.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
