"""Train what weighs causes: their tables and `cues` of claims.toml, and alike.npz.

    python -m tools.train_claims --taught FILE        after train_letters, fit_heat and tools.teach_encoder

What weighs wishes and threats is left as it is: tools/train_wishes.py and tools/train_threats.py make it afterwards.
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

from amends.measures.shares import Share
from amends.reading.alike import COLUMNS
from amends.reading.claims import SPOKEN
from amends.vocabulary import CauseKind
from tools.claim_lessons import FOLDS, Array, Lessons, lessons
from tools.taught import Taught, taught
from tools.train_letters import TAGS, WEIGHTS

CUE_SHRINK: Final = 30.0
OTHERS: Final = re.compile(r"\n(\[wish\..+?)\n\[cues\]", re.DOTALL)
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
    file = WEIGHTS / "claims.toml"
    lines += ["", *OTHERS.findall(file.read_text(encoding="utf-8")), "[cues]"]
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
