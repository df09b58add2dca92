"""Train the heads over a sentence encoder: src/amends/reading/weights/encoder.{npz,toml}.

    AMENDS_DATA=… python -m tools.teach_encoder reading --kept FILE
    python -m tools.train_encoder --taught FILE

Run it after train_letters.py and fit_heat.py. How much heads and quick tier count is fitted on messages that neither
has seen: letters taught by the other folds, the encoder by the other half. Prints five-fold figures (letters and
joining without the fold; the quick tier's 40 coefficients know all messages). Feelings are as the encoder learnt them.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]
from sklearn.metrics import cohen_kappa_score, roc_auc_score  # type: ignore[import-untyped]

from amends.engines.choose import embedder
from amends.reading import calibrate
from amends.reading.encoder import COLUMNS, STEPS
from amends.reading.heads import HEADS
from amends.reading.odds import log_odds
from tools.fit_heat import SEED, average_of, evenly, heard_in, lesson, weighed
from tools.labelled_messages import truth_of
from tools.taught import Taught, taught
from tools.train_letters import TAGS, WEIGHTS, unseen

FOLDS: Final = 5

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Lessons:
    """All messages of all languages, and what the encoder (`scores`, COLUMNS) and the quick tier say of them unseen."""

    rows: list[dict[str, Any]]
    place: NDArray[np.int_]
    scores: Array
    warmth: Array
    faults: Array


def lessons(learnt: Taught) -> Lessons:
    """Return the messages with everything that is learnt from."""
    told = [lesson(tag) for tag in TAGS]
    parts: list[tuple[Array, ...]] = []
    for one in told:
        model = calibrate.heat(one.tag)
        letters = unseen(one.rows, folds=FOLDS, seed=SEED)
        heard = heard_in(one, letters, average_of(one, letters))
        features = weighed(one, heard)
        parts.append((
            np.array([[log_odds(step) for step in model.at_least(row)] for row in features]),
            np.array([log_odds(model.complaint_probability(row)) for row in features]),
        ))  # fmt: skip
    rows = [row for one in told for row in one.rows]
    warmth, faults = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Lessons(
        rows=rows,
        place=np.concatenate([np.full(len(one.rows), number) for number, one in enumerate(told)]),
        scores=learnt.unseen([row["text"] for row in rows], COLUMNS),
        warmth=warmth,
        faults=faults,
    )


def truth(rows: Sequence[dict[str, Any]]) -> Array:
    """Return what each of COLUMNS should say."""
    return np.array([[truth_of(row, column) for column in COLUMNS] for row in rows])


@dataclass(frozen=True, kw_only=True, eq=False)
class Joining:
    """How quick tier and heads are weighed. `steps` and `bias`: a row a language, the last one for all others."""

    heat: Array
    steps: Array
    complaint: Array
    bias: Array


def join(all_of: Lessons, told: Array, inside: NDArray[np.bool_]) -> Joining:
    """Return the weights that fit the messages `inside` best."""
    place, scores, count = all_of.place[inside], all_of.scores[inside], len(STEPS)
    near, far, levels = all_of.warmth[inside].ravel(), scores[:, :count].ravel(), told[inside, :count].ravel()
    each = (place[:, None] * count + np.arange(count)).ravel()
    alike = np.repeat(evenly(told[inside, :count].sum(axis=1), place), count)
    heat, steps = _yes_or_no(near, far, levels, each, alike)
    _, pooled = _yes_or_no(near, far, levels, each % count, alike)
    wrong, felt, complains = all_of.faults[inside], scores[:, count], told[inside, count]
    balanced = np.where(complains > 0, 0.5 / complains.mean(), 0.5 / (1 - complains.mean()))
    fault, bias = _yes_or_no(wrong, felt, complains, place, balanced)
    _, biased = _yes_or_no(wrong, felt, complains, np.zeros_like(place), balanced)
    return Joining(
        heat=heat, steps=np.append(steps, pooled).reshape(-1, count), complaint=fault, bias=np.append(bias, biased),
    )  # fmt: skip


def _yes_or_no(near: Array, far: Array, true: Array, place: NDArray[np.int_], weight: Array) -> tuple[Array, Array]:
    """Logistic: weights of the quick tier (`near`) and of the heads, a bias a place. `weight`: what a row counts."""

    def loss(values: Array) -> float:
        odds = values[0] * near + values[1] * far + values[2:][place]
        return float((weight * (np.logaddexp(0, odds) - true * odds)).mean() + 1e-3 * (values[:2] ** 2).sum())

    best = _least(loss, [*[(0, None)] * 2, *[(None, None)] * (int(place.max()) + 1)])
    return best[:2], best[2:]


def _least(loss: Callable[[Array], float], free: list[tuple[float | None, float | None]]) -> Array:
    best = minimize(loss, np.zeros(len(free)), method="L-BFGS-B", bounds=free, options={"maxfun": 10**6})
    answer: Array = best.x
    return answer


def report(all_of: Lessons, told: Array, fold: NDArray[np.int_]) -> None:
    """Print how messages are read by heads and weights that have not seen them, beside the quick tier alone."""
    chance, faults = np.zeros((len(fold), 4)), np.zeros(len(fold))
    for number in np.unique(fold):
        made, out = join(all_of, told, fold != number), fold == number
        odds = made.heat[0] * all_of.warmth + made.heat[1] * all_of.scores[:, : len(STEPS)] + made.steps[all_of.place]
        chance[out] = np.minimum.accumulate(1 / (1 + np.exp(-odds)), axis=1)[out]
        faults[out] = (made.complaint[0] * all_of.faults + made.complaint[1] * all_of.scores[:, len(STEPS)])[out]
    for number, tag in enumerate(TAGS):
        _figures(tag, all_of, told, all_of.place == number, chance, faults)


def _figures(tag: str, all_of: Lessons, told: Array, mine: NDArray[np.bool_], chance: Array, faults: Array) -> None:
    real, angry = told[mine, : len(STEPS)].sum(axis=1), told[mine, 1]
    steps, bins = (chance[mine] >= 0.5).sum(axis=1), np.minimum((chance[mine, 1] * 10).astype(int), 9)
    off = [abs(angry[bins == b].mean() - chance[mine][bins == b, 1].mean()) * (bins == b).mean() for b in set(bins)]
    print(
        f"{tag}: unseen, n={mine.sum()} anger AUROC {roc_auc_score(angry, all_of.warmth[mine, 1]):.3f} → "
        f"{roc_auc_score(angry, chance[mine, 1]):.3f} complaint "
        f"{roc_auc_score(told[mine, 4], all_of.faults[mine]):.3f} → {roc_auc_score(told[mine, 4], faults[mine]):.3f} "
        f"within 1 {(abs(steps - real) <= 1).mean():.3f} exact {(steps == real).mean():.3f} "
        f"kappa {cohen_kappa_score(real, steps, weights='quadratic'):.3f} ECE {sum(off):.3f}",
        flush=True,
    )


def main() -> None:
    """Teach, report, write."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--taught", type=Path, required=True, help="what tools.teach_encoder kept")
    learnt = taught(wanted.parse_args().taught)
    all_of = lessons(learnt)
    told = truth(all_of.rows)
    fold = np.random.default_rng(SEED).permutation(len(told)) % FOLDS
    report(all_of, told, fold)
    made = join(all_of, told, np.ones(len(told), dtype=bool))
    heads = dict(zip(("weights", "bias"), learnt.heads(COLUMNS), strict=True))
    np.savez_compressed(
        WEIGHTS / "encoder.npz", allow_pickle=False, taught_on=np.array(embedder().name.split("-")[0]),
        **{name: numbers.astype(np.float32) for name, numbers in heads.items()},
    )  # fmt: skip
    np.savez_compressed(WEIGHTS / "feelings.npz", allow_pickle=False, **feelings(learnt))
    (WEIGHTS / "encoder.toml").write_text("\n".join(written(made)) + "\n", encoding="utf-8")


def feelings(learnt: Taught) -> dict[str, NDArray[np.float32]]:
    """Return weights and bias of HEADS for each language; the bias of a silent one is not a number."""
    kept: dict[str, NDArray[np.float32]] = {}
    for tag in TAGS:
        weights, bias = np.zeros((len(learnt.weights), len(HEADS))), np.full(len(HEADS), np.nan)
        for number, head in enumerate(HEADS):
            if f"{tag}.{head}" in learnt.labels:
                weights[:, [number]], bias[[number]] = learnt.heads([f"{tag}.{head}"])
        kept |= {f"{tag}.weights": weights.astype(np.float32), f"{tag}.bias": bias.astype(np.float32)}
    return kept


def written(made: Joining) -> list[str]:
    """Return the lines of encoder.toml."""
    tags = [*TAGS, "all"]
    lines = ["# Made by tools/train_encoder.py: weights of log-odds, and biases.", "", "[heat]", *_pair(made.heat)]
    lines += ["", "[heat.bias]"]
    lines += [
        f"{tag} = [{', '.join(f'{step:.4f}' for step in row)}]" for tag, row in zip(tags, made.steps, strict=True)
    ]
    lines += ["", "[complaint]", *_pair(made.complaint), "", "[complaint.bias]"]
    lines += [f"{tag} = {value:.4f}" for tag, value in zip(tags, made.bias, strict=True)]
    return lines


def _pair(values: Array) -> list[str]:
    return [f"quick = {values[0]:.4f}", f"sensed = {values[1]:.4f}"]


if __name__ == "__main__":
    main()
