"""Fit anger as a rate where a stated share of messages is angry: src/amends/reading/weights/natural.toml.

    python -m tools.fit_natural --taught FILE

Run it after train_encoder.py, before train_tone.py, which fits it anew for the languages it moves. Taught by
data/reading/<tag>.jsonl, on odds that heads, letters and joining gave without the fold, each message weighed so that
SHARE of every language is angry. Prints the calibration error of five folds.
"""

import argparse
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

from amends.reading.encoder import STEPS
from tools.fit_heat import SEED
from tools.taught import taught
from tools.train_encoder import FOLDS, Lessons, join, lessons, truth
from tools.train_letters import TAGS, WEIGHTS

SHARE: Final = 0.4
SHOWN: Final = (0.56, 0.5, 0.4, 0.3, 0.25)
BINS: Final = 10

Array = NDArray[np.float64]


def weight(angry: Array, place: NDArray[np.int_], share: float) -> Array:
    """Return how much each message counts for `share` of its language to be angry."""
    weights = np.zeros(len(angry))
    for number in np.unique(place):
        mine = place == number
        part = angry[mine].mean()
        weights[mine] = np.where(angry[mine] > 0, share / part, (1 - share) / (1 - part))
    return weights


def fit(odds: Array, angry: Array, place: NDArray[np.int_]) -> Array:
    """Return the slope and each language's bias (logistic)."""
    weights = weight(angry, place, SHARE)

    def loss(values: Array) -> float:
        moved = values[0] * odds + values[1:][place]
        return float((weights * (np.logaddexp(0, moved) - angry * moved)).mean())

    start = np.array([1.0, *[0.0] * (int(place.max()) + 1)])
    best: Array = minimize(loss, start, method="L-BFGS-B").x
    return best


def unseen(odds: Array, angry: Array, place: NDArray[np.int_], fold: NDArray[np.int_]) -> Array:
    """Return the rate of each message by a fit that has not seen it."""
    rates = np.zeros(len(odds))
    for number in np.unique(fold):
        values, out = fit(odds[fold != number], angry[fold != number], place[fold != number]), fold == number
        rates[out] = 1 / (1 + np.exp(-(values[0] * odds[out] + values[1:][place[out]])))
    return rates


def error(rates: Array, angry: Array, weights: Array) -> float:
    """Return the calibration error over ten bins of equal width."""
    bins = np.minimum((rates * BINS).astype(int), BINS - 1)
    return float(sum(abs((weights * (rates - angry))[bins == b].sum()) for b in range(BINS)) / weights.sum())


def joined_unseen(all_of: Lessons, told: Array, fold: NDArray[np.int_]) -> Array:
    """Return the log-odds of anger with the encoder, joined without the fold."""
    odds = np.zeros(len(fold))
    for number in np.unique(fold):
        made, out = join(all_of, told, fold != number), fold == number
        each = made.heat[0] * all_of.warmth + made.heat[1] * all_of.scores[:, : len(STEPS)] + made.steps[all_of.place]
        odds[out] = each[out, :2].min(axis=1)
    return odds


def table(name: str, values: Array) -> list[str]:
    """Return the lines of one tier: its slope, and the bias of each language."""
    biases = [*values[1:].tolist(), float(values[1:].mean())]
    by_language = [f"{tag} = {bias:.4f}" for tag, bias in zip([*TAGS, "all"], biases, strict=True)]
    return ["", f"[{name}]", f"slope = {values[0]:.4f}", f"slope_all = {values[0]:.4f}", f"[{name}.bias]", *by_language]


def main() -> None:
    """Fit both tiers, report, write."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--taught", type=Path, required=True, help="what tools.teach_encoder kept")
    all_of = lessons(taught(wanted.parse_args().taught))
    told = truth(all_of.rows)
    fold = np.random.default_rng(SEED).permutation(len(told)) % FOLDS
    angry, place = told[:, 1], all_of.place
    lines = ["# Made by tools/fit_natural.py: log-odds of anger at the stated share.", f"share_angry = {SHARE}"]
    for name, odds in (("quick", all_of.warmth[:, 1]), ("encoded", joined_unseen(all_of, told, fold))):
        values, rates = fit(odds, angry, place), unseen(odds, angry, place, fold)
        for number, tag in enumerate(TAGS):
            mine = place == number
            errors = [f"{s}: {error(rates[mine], angry[mine], weight(angry, place, s)[mine]):.3f}" for s in SHOWN]
            print(f"{name} {tag} n={mine.sum()} calibration error where this share is angry: {', '.join(errors)}")
        lines += table(name, values)
    (WEIGHTS / "natural.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
