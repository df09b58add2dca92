"""Teach the commitment heads of `amends.promises`, languages together, from data/promises and the studied sets.

    python -m tools.train_commitment            # writes src/amends/promises/weights/<tag>.npz
    python -m tools.train_commitment --unseen   # tells how well lines are judged that were left out

One logistic regression: what a cue says is learnt by all languages and corrected by each, n-grams by each alone. The
four first languages learn by their own lines; the others, which have fewer, by all of them. Cues
were widened after looking at the older lines, so they look surer there than they are: those lines carry a second set
of signs that takes up the difference and is then left behind. The same lines give the same weights.
"""

import argparse
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
from amends.promises.commitment import is_silenced
from amends.promises.find import Said, sentences_with_times
from amends.promises.head import BUCKETS, KINDS, Named, signs, sounds, verdicts_of
from amends.text.spans import Span
from amends.vocabulary import FIRST_CLASS, Moment
from tools.everyday_replies import WRITTEN_AT, lines_of, marked
from tools.judge import rows_of

ROOT: Final = Path(__file__).parents[1]
LINES: Final = ROOT / "data/promises"
OTHERS: Final = ("de", "es", "fr", "ms", "pt", "sv", "vi")
TAGS: Final = (*FIRST_CLASS, *OTHERS)
STUDIED: Final = (
    LINES,
    *(ROOT / "tests/quality" / one for one in ("", "studied", "blind2", "blind3", "blind4", "dev6", "dev7", "dev8")),
)  # fmt: skip
OWN: Final = ROOT / "tests/quality/own"
"""Lines by the authors of packs."""
WEIGHTS: Final = ROOT / "src/amends/promises/weights"
UNREAD: Final = ("r3b-", *(f"{tag}-{letter}-" for tag in TAGS for letter in "dbef"))
"""How the names of those lines begin that no own line was written after: these alone set the point."""
FRESH: Final = ("r2-", "r3a-", *(f"{tag}-{letters}-" for tag in TAGS for letters in ("g", "h", "w4p")), *UNREAD)
"""How the names of those lines begin that nobody widened a cue for."""
STRENGTH: Final = 1.0
FRESH_COUNTS: Final = 3.0
STUDIED_SIGN: Final = "studied: "
SIZE: Final = BUCKETS
"""Of every table of buckets; WORD_BUCKETS is as many."""
FOLDS: Final = 5
FEWEST: Final = 2
SILENT: Final = 1e-4
PRECISE, FOUND = 0.94, 0.88
"""What share of the times taken for ours is to be ours, and how many of ours must be found all the same."""

Array = NDArray[np.float64]


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
    """All samples as rows of features: signs by name, then the known buckets of every language and kind."""

    rows: Any
    signs: list[str]
    buckets: NDArray[np.int64]
    """Of each column behind the signs: (language × kinds + kind) × size + bucket."""

    def of_new_text(self) -> Any:
        """Return the rows as a text that nobody studied would get them: without the second signs of older lines."""
        counts = [0.0 if name.startswith(STUDIED_SIGN) else 1.0 for name in self.signs]
        return self.rows @ sparse.diags(np.concatenate([counts, np.ones(len(self.buckets))]))


def names(sample: Sample) -> list[str]:
    """Return the signs of a sample: for all languages, for its own, and those of older lines."""
    apart = [] if sample.fresh else [f"{STUDIED_SIGN}{sign}" for sign in sample.signs]
    return [*sample.signs, *(f"{sample.tag}: {sign}" for sign in sample.signs), *apart]


def space_of(some: Sequence[Sample]) -> Space:
    """Return samples as rows; buckets that fewer than two of them hold are left out."""
    named = [names(sample) for sample in some]
    signs = sorted({name for each in named for name in each})
    place = {name: number for number, name in enumerate(signs)}
    blocks = [_ones([np.array([place[name] for name in each], dtype=np.int64) for each in named], len(signs))]
    known = []
    for kind, loudness in enumerate(KINDS.values()):
        held = _ones(
            [sample.sounds[kind] + SIZE * _table(sample, kind) for sample in some], SIZE * len(TAGS) * len(KINDS)
        )
        columns = np.flatnonzero(np.asarray(held.sum(axis=0))[0] >= FEWEST)
        held = held[:, columns]
        many = np.maximum(1, np.asarray(held.sum(axis=1))[:, 0])
        blocks.append(sparse.diags(loudness / np.sqrt(many)) @ held)
        known.append(columns)
    return Space(rows=sparse.hstack(blocks, format="csr"), signs=signs, buckets=np.concatenate(known))


def _table(sample: Sample, kind: int) -> int:
    return TAGS.index(sample.tag) * len(KINDS) + kind


def _ones(found: Sequence[NDArray[Any]], width: int) -> Any:
    starts = np.cumsum([0, *(len(row) for row in found)])
    places = np.concatenate(found).astype(np.int64)
    return sparse.csr_matrix((np.ones(len(places)), places, starts), shape=(len(found), width))


def lines(tag: str) -> Iterator[Line]:
    """Yield the labelled lines of a language, then the builder's own."""
    for path in (LINES / f"{tag}.jsonl", *(folder / tag / "promises.jsonl" for folder in (*STUDIED[1:], OWN))):
        for row in rows_of(path):
            starts = [(row["text"].find(p["quote"]), len(p["quote"])) for p in row["promises"]]
            yield Line(
                text=row["text"],
                at=datetime.fromisoformat(row["at"]),
                country=row.get("country"),
                ours=[Span(start, start + length) for start, length in starts],
                own=path.is_relative_to(OWN),
                fresh=row["id"].startswith(FRESH),
                unread=row["id"].startswith(UNREAD),
            )
    for folder in ("own", "everyday"):
        for reply in map(marked, lines_of(LINES / folder / f"{tag}.txt")):
            yield Line(
                text=reply.text, at=WRITTEN_AT, country=None, ours=reply.ours,
                own=folder == "own", fresh=True, unread=folder == "everyday",
            )  # fmt: skip


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


def taught(space: Space, some: Sequence[Sample], which: NDArray[np.int64]) -> Array:
    """Return what each feature weighs, by the samples whose places are given."""
    model = LogisticRegression(C=STRENGTH, solver="liblinear", fit_intercept=False, max_iter=400, random_state=1)
    counts = [FRESH_COUNTS if some[n].fresh else 1.0 for n in which]
    model.fit(space.rows[which], [some[n].ours for n in which], sample_weight=counts)
    return np.asarray(model.coef_[0])


def unseen(space: Space, some: Sequence[Sample]) -> Array:
    """Return the log-odds of each sample by a model that has not seen its line; NaN for own lines.

    Own lines teach it, for without them log-odds would lie elsewhere than those of the head that is kept. Some say in
    other words what the lines say that their builder had read, so only `unread` lines tell what new text may expect.
    """
    found, new = np.full(len(some), np.nan), space.of_new_text()
    folds = np.array([-1 if sample.own else sample.line % FOLDS for sample in some])
    for number in range(FOLDS):
        judged = np.flatnonzero(folds == number)
        found[judged] = new[judged] @ taught(space, some, np.flatnonzero(folds != number))
    return found


def operating_point(scores: Array, ours: NDArray[np.bool_]) -> float:
    """Return the log-odds from which on a time is taken for ours.

    The point that finds most of those as precise as asked; where that one finds too few, one that finds just enough.
    A chip on every tenth everyday time teaches people not to look at chips.
    """
    order = np.argsort(-scores)
    hits = np.cumsum(ours[order])
    precision, recall = hits / np.arange(1, len(order) + 1), hits / max(1, int(ours.sum()))
    precise = np.flatnonzero(precision >= PRECISE)
    last = max(int(precise[-1]) if len(precise) else 0, int(np.searchsorted(recall, FOUND)))
    return float(scores[order[last]]) - SILENT


def calibrated(scores: Array, ours: NDArray[np.bool_]) -> tuple[float, float]:
    """Return stretch and shift that make log-odds say how often such a time is ours (Platt)."""
    model = LogisticRegression(C=1e6).fit(scores[:, None], ours)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def main() -> None:
    """Teach, or tell how well it would judge."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--unseen", action="store_true")
    only_tell = asked.parse_args().unseen
    heard = {tag: samples(tag) for tag in TAGS}
    for together, told in ((FIRST_CLASS, FIRST_CLASS), (TAGS, OTHERS)):
        teach([sample for tag in together for sample in heard[tag]], told, only_tell=only_tell)


def teach(some: list[Sample], tags: Sequence[str], *, only_tell: bool) -> None:
    """Teach by samples of some languages, and tell and write the heads of `tags`."""
    space = space_of(some)
    scores, weights = unseen(space, some), taught(space, some, np.arange(len(some)))
    for tag in tags:
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
    shared = dict(zip(space.signs, weights, strict=False))
    own = {name.removeprefix(f"{tag}: ") for name in shared if name.startswith(f"{tag}: ")}
    by_name = {name: shared[name] + shared[f"{tag}: {name}"] for name in sorted(own)}
    stored = {}
    for kind, name in enumerate(KINDS):
        table = TAGS.index(tag) * len(KINDS) + kind
        here = np.flatnonzero(space.buckets // SIZE == table)
        heard = np.zeros(SIZE)
        # Zero means a bucket never met; one that says nothing still counts among those that were.
        said = weights[len(space.signs) + here]
        heard[space.buckets[here] % SIZE] = np.where(said == 0, SILENT, said)
        stored[name] = _stored(heard)
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
