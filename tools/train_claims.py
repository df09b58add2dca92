"""Train what weighs causes and wishes: claims.toml, but for threats (tools/train_threats.py), and alike.npz.

    python -m tools.train_claims --taught FILE        after train_letters, fit_heat and tools.teach_encoder

Taught by data/reading/<tag>.jsonl alone. Every part is weighed by what it says of messages that it was not taught with,
five folds over whole messages. Prints figures in which the weighing too has not seen the message.
"""

import argparse
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from amends.measures.shares import Share
from amends.reading import wishes
from amends.reading.alike import COLUMNS
from amends.reading.claims import SPOKEN
from amends.vocabulary import CauseKind, WishKind
from tools.claim_lessons import FOLDS, Array, Lessons, lessons
from tools.taught import Taught, taught
from tools.train_letters import TAGS, WEIGHTS

CUE_SHRINK: Final = 30.0
THREATS: Final = re.compile(r"\n(\[claim\..+?)\n\[cues\]", re.DOTALL)
TIERS: Final = ("quick", "full")


def cue_rows(cues: Array, true: Array) -> Array:
    """Return the weights of every group of words for every cause and wish (ridge)."""
    ready = cues - cues.mean(0)
    rows = np.zeros((cues.shape[1], len(SPOKEN)))
    for number in range(len(SPOKEN)):
        some = ~np.isnan(true[:, number])
        wanted = true[some, number] - true[some, number].mean()
        rows[:, number] = np.linalg.solve(
            ready[some].T @ ready[some] + CUE_SHRINK * np.eye(len(rows)), ready[some].T @ wanted
        )
    return rows


def choice(parts_of: list[Array], chosen: NDArray[np.int_]) -> Array:
    """Return weights of the parts and a bias a class (conditional logit)."""
    given, count = np.stack(parts_of), len(parts_of)

    def loss(values: Array) -> float:
        odds = np.tensordot(values[:count], given, 1) + values[count:]
        missed = np.logaddexp.reduce(odds, axis=1) - odds[np.arange(len(odds)), chosen]
        return float(missed.mean() + 0.01 * (values[count:] ** 2).sum())

    free = [(0, None)] * count + [(None, None)] * given.shape[2]
    answer: Array = minimize(loss, np.zeros(len(free)), method="L-BFGS-B", bounds=free).x
    return answer


def yes_or_no(given: Array, true: Array, other: NDArray[np.bool_]) -> tuple[Array, Array]:
    """Return shared weights of the signs and a bias a kind. `given`: row × kind × sign.

    `other`: rows of authors who name kinds more or less often than the reference; they get a bias of their own, which
    is left out of the answer.
    """
    kinds, signs = given.shape[1:]
    flat, wanted = given.reshape(-1, signs), true.ravel()
    which = np.tile(np.eye(kinds), (len(given), 1))
    theirs = which * np.repeat(other, kinds)[:, None]
    known = ~np.isnan(wanted)
    spread = flat[known].std(0) + 1e-9
    model = LogisticRegression(C=1.0, max_iter=2000, fit_intercept=False)
    model.fit(np.hstack([flat[known] / spread, 3 * which[known], theirs[known]]), wanted[known])
    return model.coef_[0][:signs] / spread, 3 * model.coef_[0][signs : signs + kinds]


def fair_least(odds: Array, true: Array) -> float:
    """Return the log-odds from which as many claims are made as their authors make."""
    known = ~np.isnan(true)
    return float(np.sort(odds[known])[-int(true[known].sum())])


def f1(claimed: NDArray[np.bool_], true: Array) -> str:
    """Return precision, recall and F1 with n."""
    known = ~np.isnan(true)
    right, made, there = ((claimed & (true == 1))[known].sum(), claimed[known].sum(), int((true == 1)[known].sum()))
    return (
        f"P {Share(hits=int(right), n=int(made))} R {Share(hits=int(right), n=there)} "
        f"F1 {2 * right / max(1, made + there):.3f}"
    )


def main() -> None:
    """Teach, report, write."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--taught", type=Path, required=True, help="what tools.teach_encoder kept")
    learnt = taught(wanted.parse_args().taught)
    all_of = lessons(learnt)
    first, like = SPOKEN.index("wish.refund"), all_of.like
    cue = np.zeros((len(all_of.rows), len(SPOKEN)))
    for number in range(FOLDS):
        out = all_of.fold == number
        cue[out] = all_of.cues[out] @ cue_rows(all_of.cues[~out], all_of.true[~out, : len(SPOKEN)])
    lines = ["# Made by tools/train_claims.py: weights of log-odds, biases, and the least log-odds of a claim."]
    lines += _causes(all_of, like[:, :first], cue[:, :first])
    lines += _wishes(all_of, like[:, first : len(SPOKEN)], cue[:, first:], first)
    file = WEIGHTS / "claims.toml"
    lines += ["", *THREATS.findall(file.read_text(encoding="utf-8")), "[cues]"]
    rows = cue_rows(all_of.cues, all_of.true[:, : len(SPOKEN)])
    lines += [
        f'"{name}" = [{", ".join(f"{v:.3f}" for v in row)}]' for name, row in zip(all_of.groups, rows, strict=True)
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _write(learnt)


def _causes(all_of: Lessons, like: Array, cue: Array) -> Iterator[str]:
    kinds = list(CauseKind)
    some = ~np.isnan(all_of.true[:, 0])
    chosen, fold, tags = all_of.true[some, : len(kinds)].argmax(1), all_of.fold[some], all_of.tags[some]
    sources = {"letters": all_of.letters[some, : len(kinds)], "cues": cue[some], "alike": like[some]}
    for tier in TIERS:
        names = [name for name in sources if tier == "full" or name != "alike"]
        given = [sources[name] for name in names]
        guess = np.zeros(len(chosen), dtype=int)
        for number in range(FOLDS):
            out = fold == number
            values = choice([part[~out] for part in given], chosen[~out])
            guess[out] = (np.tensordot(values[: len(given)], np.stack(given)[:, out], 1) + values[len(given) :]).argmax(
                1
            )
        print(
            f"cause {tier}: "
            + " ".join(
                f"{t} {Share(hits=int((guess == chosen)[tags == t].sum()), n=int((tags == t).sum()))}" for t in TAGS
            ),
            flush=True,
        )
        values = choice(given, chosen)
        yield from _table(
            f"cause.{tier}", dict(zip(names, values, strict=False)), dict(zip(kinds, values[len(names) :], strict=True))
        )


def _wishes(all_of: Lessons, like: Array, cue: Array, first: int) -> Iterator[str]:
    kinds = list(WishKind)
    founds = [found for one in all_of.told for found in one.found]
    worded_as = [wishes.worded(found, manager=words.manager) for found, words in zip(founds, all_of.words, strict=True)]
    told = np.array([[float(kind in these) for kind in kinds] for these in worded_as])
    true = all_of.true[:, first : len(SPOKEN)]
    sources = {"said": told, "letters": all_of.letters[:, first:], "cues": cue, "alike": like}
    yield from _tiers(all_of, "wish", sources, true, kinds)


def _tiers(all_of: Lessons, what: str, sources: Mapping[str, Array], true: Array, kinds: list[Any]) -> Iterator[str]:
    """Fit and print both tiers of a claim that may be made of several kinds.

    The second set is the reference for how often a wish is named.
    """
    third = np.array([row["set"] == "third" for row in all_of.rows])
    for tier in TIERS:
        names = [name for name in sources if tier == "full" or name != "alike"]
        given = np.stack([sources[name] for name in names], axis=2)
        odds = unseen_odds(given, true, third, all_of.fold)
        least = np.full(len(kinds), fair_least(odds[~third], true[~third]))
        _figures(f"{what} {tier}", all_of.tags, odds >= least, true)
        weights, bias = yes_or_no(given, true, third)
        yield from _table(
            f"{what}.{tier}",
            dict(zip(names, weights, strict=True)),
            dict(zip(kinds, bias, strict=True)),
            dict(zip(kinds, least, strict=True)),
        )


def unseen_odds(given: Array, true: Array, other: NDArray[np.bool_], fold: NDArray[np.int_]) -> Array:
    """Return the log-odds that weights taught by the other folds give."""
    odds = np.zeros(true.shape)
    for number in range(FOLDS):
        out = fold == number
        weights, bias = yes_or_no(given[~out], true[~out], other[~out])
        odds[out] = given[out] @ weights + bias
    return odds


def _figures(title: str, tags: NDArray[np.str_], claimed: NDArray[np.bool_], true: Array) -> None:
    for tag in TAGS:
        mine = tags == tag
        print(f"{title} {tag}: {f1(claimed[mine], true[mine])}", flush=True)


def _table(
    title: str, weights: Mapping[str, float], bias: Mapping[Any, float], least: Mapping[Any, float] | None = None
) -> Iterator[str]:
    for name, table in {"weights": weights, "bias": bias, "least": least or {}}.items():
        yield from ["", f"[{title}.{name}]", *(f'"{sign}" = {value:.4f}' for sign, value in table.items())]


def _write(learnt: Taught) -> None:
    heads = dict(zip(("weights", "bias"), learnt.heads(COLUMNS), strict=True))
    np.savez_compressed(
        WEIGHTS / "alike.npz", allow_pickle=False, **{name: some.astype(np.float32) for name, some in heads.items()}
    )


if __name__ == "__main__":
    main()
