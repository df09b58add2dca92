"""Fit what joins phrasebooks, heads and letters: src/amends/reading/weights/heat.toml.

    python -m tools.train_letters && python -m tools.fit_heat

Taught by data/reading/<tag>.jsonl alone. Letters are heard as weights taught by the other folds hear them, so that
they are trusted as far as they hold on unseen messages. Prints five-fold figures (letters, coefficients and thresholds
all taught without the fold). The product never imports this file, nor scipy.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]
from sklearn.metrics import cohen_kappa_score, roc_auc_score  # type: ignore[import-untyped]

from amends.languages import load
from amends.reading.calibrate import features, heard
from amends.reading.cues import Found, look, phrasebook
from amends.reading.heads import HEADS, buckets, heads
from amends.reading.letters import COLUMNS
from amends.reading.plain import plain
from amends.reading.threats import Worded, worded
from tools.train_letters import TAGS, WEIGHTS, heard_by, judged_messages, presence, taught, unseen

SHRINK: Final = 0.02
FOLDS: Final = 5
SEED: Final = 20261122
# The sign a cue may have: +1 heats, -1 cools; the rest is free. It keeps the messages from teaching nonsense.
HEATS: Final = frozenset(
    {"fury", "anger", "annoyed", "condemn", "bad", "accuse", "profanity", "insult", "repeat", "waiting", "broken_word",
     "demand", "rhetorical", "sarcasm", "cold", "cost", "threats", "manager", "trouble", "hints", "capitals", "shout",
     "exclaims", "angry_faces", "head_anger", "head_negative", "intensify", "head_sadness", "letters_heat",
     "letters_complaint"}
)  # fmt: skip
COOLS: Final = frozenset({"soft", "praise", "thanks", "settled", "other_party", "question", "glad_faces", "head_joy"})

Array = NDArray[np.float64]
Average = dict[str, tuple[float, float]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Lesson:
    """One language's messages, with what phrasebook and heads find in each."""

    tag: str
    rows: list[dict[str, Any]]
    found: list[Found]
    words: list[Worded]
    scores: list[NDArray[np.float32] | None]

    @property
    def steps(self) -> Array:
        """Return the intensities."""
        return np.array([row["intensity"] for row in self.rows], dtype=float)

    @property
    def faults(self) -> Array:
        """Return 1 where the message complains."""
        return np.array([row["complaint"] for row in self.rows], dtype=float)


@dataclass(frozen=True, kw_only=True, eq=False)
class Fit:
    """Coefficients shared by all languages, and each language's own thresholds and bias."""

    names: list[str]
    intensity: Array
    thresholds: dict[str, Array]
    complaint: Array
    bias: dict[str, float]


def lesson(tag: str) -> Lesson:
    """Return one language's messages, looked at once."""
    rows, book, trained = judged_messages(tag), phrasebook(load(tag)), heads(tag)
    found = [look(plain(row["text"]), book) for row in rows]
    scores = [trained.scores(buckets(one.plain.normal.text)) if trained else None for one in found]
    return Lesson(tag=tag, rows=rows, found=found, words=[worded(one) for one in found], scores=scores)


def average_of(told: Lesson, letters: Array) -> Average:
    """Return mean and spread of every head and column over the messages; silent heads are left out."""
    columns = {f"letters.{name}": letters[:, number] for number, name in enumerate(COLUMNS)}
    if told.scores[0] is not None:
        spoken = np.array(told.scores)
        columns |= {f"head.{name}": spoken[:, number] for number, name in enumerate(HEADS)}
    return {name: (float(c.mean()), float(c.std())) for name, c in columns.items() if np.isfinite(c).all()}


def heard_in(told: Lesson, letters: Array, average: Average) -> list[dict[str, float]]:
    """Return what is heard in every message, as the product hears it."""
    named = [dict(zip(COLUMNS, row.tolist(), strict=True)) for row in letters]
    return [heard(scores, row, average) for scores, row in zip(told.scores, named, strict=True)]


def weighed(told: Lesson, spreads: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """Return the features of every message."""
    return [
        features(found, made=words.threats, manager=words.manager is not None, heard=spread)
        for found, words, spread in zip(told.found, told.words, spreads, strict=True)
    ]


def bounds(names: list[str]) -> list[tuple[float | None, float | None]]:
    """Return the allowed range of each coefficient."""
    return [(0, None) if name in HEATS else (None, 0) if name in COOLS else (None, None) for name in names]


def evenly(steps: Array, place: NDArray[np.int_]) -> Array:
    """Return how much each message counts, 1 on average, so that all intensities of a language count alike.

    Without it the few furious messages are read as angry, and the mildly dissatisfied as neutral.
    """
    weights = np.zeros(len(steps))
    for number in np.unique(place):
        mine = place == number
        levels, counts = np.unique(steps[mine], return_counts=True)
        share = dict(zip(levels.tolist(), (mine.sum() / len(levels) / counts).tolist(), strict=True))
        weights[mine] = [share[level] for level in steps[mine].tolist()]
    return weights


def fit(
    matrices: Mapping[str, Array], steps: Mapping[str, Array], faults: Mapping[str, Array], names: list[str]
) -> Fit:
    """Return shared coefficients with a language's own thresholds: proportional odds, and a logistic complaint."""
    tags = list(matrices)
    matrix = np.concatenate([matrices[tag] for tag in tags])
    place = np.concatenate([np.full(len(matrices[tag]), number) for number, tag in enumerate(tags)])
    levels = (np.concatenate([steps[tag] for tag in tags])[:, None] >= np.arange(1, 5)).astype(float)
    even = evenly(levels.sum(axis=1), place)[:, None]
    complains = np.concatenate([faults[tag] for tag in tags])
    weight = np.where(complains, 0.5 / complains.mean(), 0.5 / (1 - complains.mean()))

    def limits(values: Array) -> Array:
        return np.cumsum(np.column_stack([values[:, 0], np.exp(values[:, 1:])]), axis=1)

    def heat_loss(values: Array) -> float:
        own = limits(values[len(names) :].reshape(-1, 4))
        odds = (matrix @ values[: len(names)])[:, None] - own[place]
        missed = even * (np.logaddexp(0, odds) - levels * odds)
        return float(missed.mean() + SHRINK * (values[: len(names)] ** 2).sum() / 10)

    def fault_loss(values: Array) -> float:
        odds = matrix @ values[: len(names)] + values[len(names) :][place]
        missed = weight * (np.logaddexp(0, odds) - complains * odds)
        return float(missed.mean() + SHRINK * (values[: len(names)] ** 2).sum() / 10)

    free = bounds(names)
    warm = _least(heat_loss, [*free, *[(None, None)] * 4 * len(tags)])
    wrong = _least(fault_loss, [*free, *[(None, None)] * len(tags)])
    own = limits(warm[len(names) :].reshape(-1, 4))
    return Fit(
        names=names,
        intensity=warm[: len(names)],
        thresholds=dict(zip(tags, own, strict=True)),
        complaint=wrong[: len(names)],
        bias=dict(zip(tags, wrong[len(names) :].tolist(), strict=True)),
    )


def _least(loss: Any, free: list[tuple[float | None, float | None]]) -> Array:
    best = minimize(loss, np.zeros(len(free)), method="L-BFGS-B", bounds=free, options={"maxfun": 10**6})
    answer: Array = best.x
    return answer


def as_matrix(rows: list[dict[str, float]], names: list[str]) -> Array:
    """Return features as numbers in the order of `names`."""
    return np.array([[row.get(name, 0.0) for name in names] for row in rows])


def cross_validate(lessons: list[Lesson]) -> None:
    """Print how messages are read by models that have not seen them, language by language."""
    heard_all = {told.tag: np.zeros((len(told.rows), 4)) for told in lessons}
    fault_all = {told.tag: np.zeros(len(told.rows)) for told in lessons}
    folds = {told.tag: np.random.default_rng(SEED + 1).permutation(len(told.rows)) % FOLDS for told in lessons}
    held = {told.tag: (presence(told.rows), taught(told.rows)) for told in lessons}
    for number in range(FOLDS):
        train, test, steps, faults, names = {}, {}, {}, {}, set[str]()
        for told in lessons:
            inside = folds[told.tag] != number
            some = [row for row, kept in zip(told.rows, inside, strict=True) if kept]
            letters = np.zeros((len(told.rows), len(COLUMNS)))
            letters[inside] = unseen(some, folds=FOLDS, seed=SEED)
            letters[~inside] = heard_by(*held[told.tag], inside)
            part = Lesson(tag=told.tag, rows=some, found=[], words=[],
                          scores=[s for s, kept in zip(told.scores, inside, strict=True) if kept])  # fmt: skip
            rows = weighed(told, heard_in(told, letters, average_of(part, letters[inside])))
            names |= {name for row in rows for name in row}
            ordered = sorted(names)
            train[told.tag], test[told.tag] = rows, inside
            steps[told.tag], faults[told.tag] = told.steps[inside], told.faults[inside]
        matrices = {tag: as_matrix(rows, ordered) for tag, rows in train.items()}
        model = fit({tag: m[test[tag]] for tag, m in matrices.items()}, steps, faults, ordered)
        for tag, matrix in matrices.items():
            out = ~test[tag]
            warmth = matrix[out] @ model.intensity
            heard_all[tag][out] = 1 / (1 + np.exp(model.thresholds[tag] - warmth[:, None]))
            fault_all[tag][out] = matrix[out] @ model.complaint + model.bias[tag]
    for told in lessons:
        report(told, heard_all[told.tag], fault_all[told.tag])


def report(told: Lesson, chance: Array, complaint: Array) -> None:
    """Print one language's figures on messages that were not taught."""
    steps = (chance >= 0.5).sum(axis=1)
    bins = np.minimum((chance[:, 1] * 10).astype(int), 9)
    off = [abs((told.steps[bins == b] >= 2).mean() - chance[bins == b, 1].mean()) * (bins == b).mean()
           for b in np.unique(bins)]  # fmt: skip
    print(
        f"{told.tag}: unseen, n={len(steps)} anger AUROC={roc_auc_score(told.steps >= 2, chance[:, 1]):.3f} "
        f"complaint={roc_auc_score(told.faults, complaint):.3f} within 1: {(abs(steps - told.steps) <= 1).mean():.3f} "
        f"kappa={cohen_kappa_score(told.steps, steps, weights='quadratic'):.3f} ECE={sum(off):.3f}",
        flush=True,
    )


def main() -> None:
    """Fit, report, write."""
    lessons = [lesson(tag) for tag in TAGS]
    if "--quick" not in sys.argv:
        cross_validate(lessons)
    letters = {told.tag: unseen(told.rows, folds=FOLDS, seed=SEED) for told in lessons}
    average = {told.tag: average_of(told, letters[told.tag]) for told in lessons}
    spreads = [heard_in(told, letters[told.tag], average[told.tag]) for told in lessons]
    rows = {told.tag: weighed(told, spread) for told, spread in zip(lessons, spreads, strict=True)}
    names = sorted({name for these in rows.values() for row in these for name in row})
    plain_names = [name for name in names if not name.startswith(("head_", "letters_"))]
    steps, faults = {told.tag: told.steps for told in lessons}, {told.tag: told.faults for told in lessons}
    full = fit({tag: as_matrix(these, names) for tag, these in rows.items()}, steps, faults, names)
    together = {"all": np.concatenate([as_matrix(these, plain_names) for these in rows.values()])}
    words = fit(together, {"all": np.concatenate([*steps.values()])}, {"all": np.concatenate([*faults.values()])},
                plain_names)  # fmt: skip
    lines = ["# Made by tools/fit_heat.py; log-odds per unit of each feature of amends.reading.calibrate."]
    lines += _written("words", words) + _written("heard", full)
    for tag, table in average.items():
        lines += ["", f"[average.{tag}]"]
        lines += [f'"{name}" = [{mean:.4f}, {spread:.4f}]' for name, (mean, spread) in table.items()]
    (WEIGHTS / "heat.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _written(title: str, model: Fit) -> list[str]:
    lines = ["", f"[{title}.thresholds]"]
    lines += [f"{tag} = [{', '.join(f'{limit:.4f}' for limit in own)}]" for tag, own in model.thresholds.items()]
    lines += ["", f"[{title}.complaint_bias]", *[f"{tag} = {bias:.4f}" for tag, bias in model.bias.items()]]
    return [
        *lines,
        *_table(f"{title}.intensity", model.names, model.intensity),
        *_table(f"{title}.complaint", model.names, model.complaint),
    ]


def _table(title: str, names: Sequence[str], values: Array) -> list[str]:
    kept = [(name, value) for name, value in zip(names, values, strict=True) if abs(value) > 1e-3 or "." in title]
    return ["", f"[{title}]", *[f"{name} = {value:.4f}" for name, value in kept]]


if __name__ == "__main__":
    main()
