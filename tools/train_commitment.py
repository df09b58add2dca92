"""Teach the commitment head of `amends.promises` from data/promises/<tag>.jsonl and data/promises/own/<tag>.txt.

    python -m tools.train_commitment th id            # writes src/amends/promises/weights/<tag>.npz
    python -m tools.train_commitment th id --unseen   # tells how well lines are judged that were left out

Logistic regression by Newton steps in the dual: exact, so the same lines give the same weights.
"""

import argparse
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.languages import load
from amends.promises.commitment import confidence
from amends.promises.find import Said, sentences_with_times
from amends.promises.head import BUCKETS, LOUDNESS, grams, signs, verdicts_of
from amends.text.spans import Span
from amends.vocabulary import Moment

ROOT: Final = Path(__file__).parents[1]
LINES: Final = ROOT / "data/promises"
WEIGHTS: Final = ROOT / "src/amends/promises/weights"
OWN_AT: Final = datetime.fromisoformat("2026-11-24T10:15:00+07:00")
PROMISED: Final = re.compile(r"\[([^\]]*)\]")
SHRINK: Final = 1.0
STEPS: Final = 25
FOLDS: Final = 8
FEWEST: Final = 2

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A labelled reply: where it names times that bind us. `own` lines teach and are never judged."""

    text: str
    at: Moment
    country: str | None
    ours: list[Span]
    own: bool


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One time in a line, as the head meets it."""

    line: int
    signs: list[str]
    grams: NDArray[np.uint32]
    ours: bool
    by_cues: bool
    own: bool


def lines(tag: str) -> Iterator[Line]:
    """Yield the lines of one language."""
    for row in map(json.loads, (LINES / f"{tag}.jsonl").read_text("utf-8").splitlines()):
        starts = [(row["text"].find(p["quote"]), len(p["quote"])) for p in row["promises"]]
        ours = [Span(start, start + length) for start, length in starts]
        yield Line(
            text=row["text"], at=datetime.fromisoformat(row["at"]), country=row.get("country"), ours=ours, own=False
        )
    own = LINES / f"own/{tag}.txt"
    for line in own.read_text("utf-8").splitlines() if own.is_file() else ():
        if line and not line.startswith("#"):
            ours = [Span(m.start() - 2 * n, m.end() - 2 * n - 2) for n, m in enumerate(PROMISED.finditer(line))]
            yield Line(text=PROMISED.sub(r"\1", line), at=OWN_AT, country=None, ours=ours, own=True)


def samples(tag: str) -> list[Sample]:
    """Return every time that the lines of a language name."""
    pack, found = load(tag), []
    for number, line in enumerate(lines(tag)):
        for said in sentences_with_times(line.text, at=line.at, pack=pack, country=line.country):
            found += [_sample(number, line, said, place) for place in range(len(said.named))]
    return found


def _sample(number: int, line: Line, said: Said, place: int) -> Sample:
    due = said.named[place]
    return Sample(
        line=number,
        signs=signs(said.whole, said.named, place, verdicts=verdicts_of(said.whole, said.named)),
        grams=grams(said.whole, due.span),
        ours=any(ours.overlaps(said.in_text(due.span)) for ours in line.ours),
        by_cues=confidence(said.whole, due.span, counted=due.counted) is not None,
        own=line.own,
    )


def taught(some: list[Sample]) -> tuple[dict[str, float], Array]:
    """Return the weights of signs and of buckets."""
    names = sorted({sign for sample in some for sign in sample.signs})
    known = _known(some)
    rows = np.array([_row(sample, names, known) for sample in some])
    wanted = np.array([1.0 if sample.ours else -1.0 for sample in some])
    weights = rows.T @ _dual(rows @ rows.T, wanted)
    heard = weights[len(names) :]
    # Zero means a bucket never met; one that says nothing still counts among those that were.
    heard[known & (heard == 0)] = 1e-6
    return dict(zip(names, weights[: len(names)].tolist(), strict=True)), heard


def _known(some: list[Sample]) -> NDArray[np.bool_]:
    met = np.zeros(BUCKETS)
    for sample in some:
        met[sample.grams] += 1
    known: NDArray[np.bool_] = met >= FEWEST
    return known


def _row(sample: Sample, names: list[str], known: NDArray[np.bool_]) -> Array:
    row = np.zeros(len(names) + BUCKETS)
    row[[names.index(sign) for sign in sample.signs]] = 1
    held = sample.grams[known[sample.grams]]
    row[len(names) + held] = LOUDNESS / math.sqrt(max(1, len(held)))
    return row


def _dual(likeness: Array, wanted: Array) -> Array:
    """Return how much each sample pulls: w = rows.T @ pull minimises the log loss + SHRINK / 2 · |w|²."""
    pull: Array = np.zeros(len(wanted))
    for _ in range(STEPS):
        scores = likeness @ pull
        chance = 1 / (1 + np.exp(wanted * scores))
        slope, bend = wanted * chance, np.maximum(chance * (1 - chance), 1e-9)
        target = scores + (slope / bend)
        pull = np.asarray(np.linalg.solve(likeness + SHRINK * np.diag(1 / bend), target), dtype=np.float64)
    return pull


def odds(weights: tuple[dict[str, float], Array], sample: Sample) -> float:
    """Return the log-odds of one sample."""
    held = weights[1][sample.grams]
    heard = float(held.sum()) * LOUDNESS / math.sqrt(max(1, int(np.count_nonzero(held))))
    return heard + sum(weights[0].get(sign, 0.0) for sign in sample.signs)


def unseen(some: list[Sample]) -> str:
    """Return how often cues alone, and the head taught by the other folds, are right on the labelled lines."""
    fold = np.random.default_rng(7).permutation(max(sample.line for sample in some) + 1) % FOLDS
    right, judged, cues = 0, 0, 0
    for number in range(FOLDS):
        weights = taught([sample for sample in some if sample.own or fold[sample.line] != number])
        for sample in some:
            if not sample.own and fold[sample.line] == number:
                judged += 1
                right += (odds(weights, sample) > 0) == sample.ours
                cues += sample.by_cues == sample.ours
    return f"times judged right: by cues {cues / judged:.3f}, by the head {right / judged:.3f}, n={judged}"


def main() -> None:
    """Teach, or tell how well it would judge."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("tags", nargs="+")
    asked.add_argument("--unseen", action="store_true")
    args = asked.parse_args()
    for tag in args.tags:
        some = samples(tag)
        if args.unseen:
            print(f"{tag}: {unseen(some)}")
            continue
        by_name, heard = taught(some)
        WEIGHTS.mkdir(exist_ok=True)
        np.savez_compressed(
            WEIGHTS / f"{tag}.npz",
            signs=np.array(list(by_name)),
            sign_weights=np.array(list(by_name.values()), dtype=np.float32),
            grams=np.round(heard, 5).astype(np.float32),
        )
        print(f"{tag}: {len(some)} times taught")


if __name__ == "__main__":
    main()
