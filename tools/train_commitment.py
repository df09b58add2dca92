"""Teach the commitment heads of `amends.promises`, all languages together, from data/promises and the studied sets.

    python -m tools.train_commitment            # writes src/amends/promises/weights/<tag>.npz
    python -m tools.train_commitment --unseen   # tells how well lines are judged that were left out

One logistic regression: what a cue says is learnt by all languages and corrected by each, n-grams by each alone. Cues
were widened after looking at the older lines, so they look surer there than they are: those lines carry a second set
of signs that takes up the difference and is then left behind. The same lines give the same weights.
"""

import argparse
import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from amends.languages import load
from amends.promises.around import WORD_BUCKETS
from amends.promises.commitment import is_silenced
from amends.promises.find import Said, sentences_with_times
from amends.promises.head import BUCKETS, KINDS, Named, signs, sounds, verdicts_of
from amends.text.spans import Span
from amends.vocabulary import Moment

ROOT: Final = Path(__file__).parents[1]
LINES: Final = ROOT / "data/promises"
STUDIED: Final = (LINES, ROOT / "tests/quality", ROOT / "tests/quality/studied")
WEIGHTS: Final = ROOT / "src/amends/promises/weights"
TAGS: Final = ("en", "id", "th", "fi")
OWN_AT: Final = datetime.fromisoformat("2026-11-24T10:15:00+07:00")
PROMISED: Final = re.compile(r"\[([^\]]*)\]")
FRESH: Final = ("r2-", "r3a-", "r3b-", "en-d-", "id-d-", "th-d-", "fi-d-")
"""How the names of those lines begin that nobody widened a cue for."""
UNREAD: Final = ("r3b-", "en-d-", "id-d-", "th-d-", "fi-d-")
"""How the names of those lines begin that no own line was written after: these alone set the point."""
STRENGTH: Final = 1.0
FRESH_COUNTS: Final = 3.0
FOLDS: Final = 5
FEWEST: Final = 2
SILENT: Final = 1e-4
AS_GOOD: Final = 0.007
PRECISION_COUNTS: Final = 1.4
"""How many times as much precision counts as recall where the point is set."""

Array = NDArray[np.float64]
Key = tuple[str, int, int]
"""A bucket: its language, the place of its kind in KINDS, its number."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A labelled reply: where it names times that bind us. `own` lines teach and are never judged."""

    text: str
    at: Moment
    country: str | None
    ours: list[Span]
    own: bool = False
    fresh: bool = False
    unread: bool = False


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One time in a line, as the head meets it."""

    tag: str
    line: int
    signs: list[str]
    sounds: tuple[NDArray[np.uint32], ...]
    """Its buckets of each kind (head.sounds)."""
    ours: bool
    by_cues: bool
    own: bool
    fresh: bool
    unread: bool


@dataclass(frozen=True, kw_only=True)
class Space:
    """Where each sign and each bucket of a language stands among the features."""

    signs: dict[str, int]
    sounds: dict[Key, int]

    def matrix(self, some: Sequence[Sample], *, studied: bool) -> Any:
        """Return samples as rows; `studied` tells whether older lines carry their second set of signs."""
        found = [self._row(sample, studied=studied) for sample in some]
        places = [place for row in found for place, _ in row]
        values = [value for row in found for _, value in row]
        starts = np.cumsum([0, *(len(row) for row in found)])
        return sparse.csr_matrix((values, places, starts), shape=(len(some), len(self.signs) + len(self.sounds)))

    def _row(self, sample: Sample, *, studied: bool) -> list[tuple[int, float]]:
        row = [(self.signs[name], 1.0) for name in names(sample, studied=studied) if name in self.signs]
        for kind, loudness in enumerate(KINDS.values()):
            held = [self.sounds[key] for key in keys(sample) if key[1] == kind and key in self.sounds]
            loud = loudness / math.sqrt(max(1, len(held)))
            row += ((len(self.signs) + place, loud) for place in held)
        return row


def names(sample: Sample, *, studied: bool) -> list[str]:
    """Return the signs of a sample: for all languages, for its own, and those of older lines."""
    apart = [f"studied: {sign}" for sign in sample.signs] if studied and not sample.fresh else []
    return [*sample.signs, *(f"{sample.tag}: {sign}" for sign in sample.signs), *apart]


def keys(sample: Sample) -> list[Key]:
    """Return the buckets of a sample, each known by its language and its kind."""
    return [(sample.tag, kind, int(bucket)) for kind, found in enumerate(sample.sounds) for bucket in found]


def lines(tag: str) -> Iterator[Line]:
    """Yield the labelled lines of a language, then the builder's own."""
    for path in (LINES / f"{tag}.jsonl", *(folder / tag / "promises.jsonl" for folder in STUDIED[1:])):
        for written in path.read_text("utf-8").splitlines():
            row = json.loads(written)
            starts = [(row["text"].find(p["quote"]), len(p["quote"])) for p in row["promises"]]
            yield Line(
                text=row["text"],
                at=datetime.fromisoformat(row["at"]),
                country=row.get("country"),
                ours=[Span(start, start + length) for start, length in starts],
                fresh=row["id"].startswith(FRESH),
                unread=row["id"].startswith(UNREAD),
            )
    for line in (LINES / f"own/{tag}.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            ours = [Span(m.start() - 2 * n, m.end() - 2 * n - 2) for n, m in enumerate(PROMISED.finditer(line))]
            plain = PROMISED.sub(r"\1", line)
            yield Line(text=plain, at=OWN_AT, country=None, ours=ours, own=True, fresh=True)


def samples(tag: str) -> list[Sample]:
    """Return every time that the lines of a language name and that a promise could stand at."""
    pack, found = load(tag), []
    for number, line in enumerate(lines(tag)):
        for said in sentences_with_times(line.text, at=line.at, pack=pack, country=line.country):
            open_ones = (n for n, due in enumerate(said.named) if not is_silenced(said.whole, due.span))
            found += [_sample(tag, number, line, said, place) for place in open_ones]
    return found


def _sample(tag: str, number: int, line: Line, said: Said, place: int) -> Sample:
    verdicts = verdicts_of(said.whole, said.named)
    time = Named(sentence=said.whole, named=said.named, place=place, stands=said.stands)
    return Sample(
        tag=tag,
        line=number,
        signs=signs(time, verdicts=verdicts),
        sounds=sounds(time),
        ours=any(ours.overlaps(said.in_text(time.due.span)) for ours in line.ours),
        by_cues=verdicts[place] is not None,
        own=line.own,
        fresh=line.fresh,
        unread=line.unread,
    )


def taught(some: Sequence[Sample]) -> tuple[Space, Array]:
    """Return where features stand and what each weighs."""
    met = Counter(key for sample in some for key in keys(sample))
    known = sorted(key for key, times in met.items() if times >= FEWEST)
    all_signs = sorted({name for sample in some for name in names(sample, studied=True)})
    space = Space(
        signs={name: place for place, name in enumerate(all_signs)},
        sounds={key: place for place, key in enumerate(known)},
    )
    model = LogisticRegression(C=STRENGTH, solver="liblinear", fit_intercept=False, max_iter=400, random_state=1)
    counts = [FRESH_COUNTS if sample.fresh else 1.0 for sample in some]
    model.fit(space.matrix(some, studied=True), [sample.ours for sample in some], sample_weight=counts)
    return space, np.asarray(model.coef_[0])


def odds(space: Space, weights: Array, some: Sequence[Sample]) -> Array:
    """Return the log-odds of samples, as a text that nobody studied would get them."""
    return np.asarray(space.matrix(some, studied=False) @ weights)


def unseen(some: Sequence[Sample]) -> Array:
    """Return the log-odds of each sample by a model that has not seen its line; NaN for own lines.

    Own lines teach it, for without them log-odds would lie elsewhere than those of the head that is kept. Some say in
    other words what the lines say that their builder had read, so only `unread` lines tell what new text may expect.
    """
    found = np.full(len(some), np.nan)
    for number in range(FOLDS):
        judged = [n for n, s in enumerate(some) if not s.own and s.line % FOLDS == number]
        left = set(judged)
        space, weights = taught([sample for n, sample in enumerate(some) if n not in left])
        found[judged] = odds(space, weights, [some[n] for n in judged])
    return found


def operating_point(scores: Array, ours: NDArray[np.bool_]) -> float:
    """Return the log-odds from which on a time is taken for ours.

    Where precision and recall together are as good as best, and more is found. Precision counts for
    more: a chip on every tenth everyday time teaches people not to look at chips.
    """
    order = np.argsort(-scores)
    hits = np.cumsum(ours[order])
    precision, recall = hits / np.arange(1, len(order) + 1), hits / max(1, int(ours.sum()))
    squared = PRECISION_COUNTS**-2
    both = (1 + squared) * precision * recall / (squared * precision + recall + SILENT)
    return float(scores[order[int(np.flatnonzero(both >= both.max() - AS_GOOD)[-1])]]) - SILENT


def calibrated(scores: Array, ours: NDArray[np.bool_]) -> tuple[float, float]:
    """Return stretch and shift that make log-odds say how often such a time is ours (Platt)."""
    model = LogisticRegression(C=1e6).fit(scores[:, None], ours)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def main() -> None:
    """Teach, or tell how well it would judge."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--unseen", action="store_true")
    only_tell = asked.parse_args().unseen
    some = [sample for tag in TAGS for sample in samples(tag)]
    scores = unseen(some)
    space, weights = taught(some)
    for tag in TAGS:
        fresh = [n for n, s in enumerate(some) if s.tag == tag and s.unread]
        ours = np.array([some[n].ours for n in fresh])
        floor, (stretch, shift) = operating_point(scores[fresh], ours), calibrated(scores[fresh], ours)
        right, cues = (scores[fresh] > floor) == ours, np.array([some[n].by_cues for n in fresh]) == ours
        print(f"{tag}: unread lines left out, judged right by cues {cues.mean():.3f}, by head {right.mean():.3f}")
        print(f"    n={len(fresh)}, from log-odds {floor:.2f} on, {_both(scores[fresh] > floor, ours)}")
        if not only_tell:
            _write(tag, space, weights, (floor, stretch, shift))


def _both(taken: NDArray[np.bool_], ours: NDArray[np.bool_]) -> str:
    return f"P {ours[taken].mean():.3f} R {taken[ours].mean():.3f}"


def _write(tag: str, space: Space, weights: Array, operating: tuple[float, float, float]) -> None:
    shared = {name: weights[place] for name, place in space.signs.items()}
    own = {name.removeprefix(f"{tag}: ") for name in shared if name.startswith(f"{tag}: ")}
    by_name = {name: shared[name] + shared[f"{tag}: {name}"] for name in sorted(own)}
    heard = [np.zeros(BUCKETS if kind == "grams" else WORD_BUCKETS) for kind in KINDS]
    for (language, kind, bucket), place in space.sounds.items():
        if language == tag:
            # Zero means a bucket never met; one that says nothing still counts among those that were.
            heard[kind][bucket] = weights[len(space.signs) + place] or SILENT
    stored = {kind: _stored(weights) for kind, weights in zip(KINDS, heard, strict=True)}
    WEIGHTS.mkdir(exist_ok=True)
    np.savez_compressed(
        WEIGHTS / f"{tag}.npz",
        signs=np.array(list(by_name)),
        sign_weights=np.array(list(by_name.values()), dtype=np.float32),
        **stored,  # type: ignore[arg-type]  # numpy 2 types the flag beside the arrays as if it were one
        operating=np.array(operating, dtype=np.float32),
    )


def _stored(heard: Array) -> NDArray[np.float16]:
    return np.where(heard == 0, 0, np.where(np.abs(heard) < SILENT, SILENT, heard)).astype(np.float16)


if __name__ == "__main__":
    main()
