"""The messages that teach claims, with everything that is learnt from, for `tools.train_claims`."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from amends.reading import calibrate
from amends.reading.alike import COLUMNS
from amends.reading.claims import SPOKEN, counted
from amends.reading.odds import log_odds
from tools.fit_heat import SEED, Lesson, average_of, heard_in, lesson, weighed
from tools.labelled_messages import truth_of
from tools.taught import Taught
from tools.train_letters import TAGS, unseen

FOLDS: Final = 5

Array = NDArray[np.float64]
Rows = list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Lessons:
    """All messages of all languages, what speaks for what in each, and the fold in which each stays unseen."""

    told: list[Lesson]
    rows: Rows
    tags: NDArray[np.str_]
    fold: NDArray[np.int_]
    true: Array
    letters: Array
    heat: Array
    cues: Array
    groups: list[str]
    like: Array


def lessons(learnt: Taught) -> Lessons:
    """Return the messages with everything that is learnt from."""
    told = [lesson(tag) for tag in TAGS]
    heard = [_heard(one) for one in told]
    rows = [row for one in told for row in one.rows]
    founds = [found for one in told for found in one.found]
    groups = sorted({name for found in founds for name in counted(found)})
    cues = np.array([[counts.get(name, 0.0) for name in groups] for counts in map(counted, founds)])
    return Lessons(
        told=told, rows=rows, tags=np.array([one.tag for one in told for _ in one.rows]),
        fold=np.random.default_rng(SEED).permutation(len(rows)) % FOLDS,
        true=np.array([[truth_of(row, name) for name in COLUMNS] for row in rows]),
        letters=np.concatenate([letters for letters, _ in heard]), heat=np.concatenate([heat for _, heat in heard]),
        cues=cues, groups=groups,
        like=learnt.unseen([row["text"] for row in rows], COLUMNS),
    )  # fmt: skip


def _heard(one: Lesson) -> tuple[Array, Array]:
    """Return the letters' spreads for causes and wishes, and the quick log-odds of anger, all unseen."""
    letters = unseen(one.rows, folds=FOLDS, seed=SEED)
    spreads = heard_in(one, letters, average_of(one, letters))
    model = calibrate.heat(one.tag)
    return (
        np.array([[spread.get(f"letters.{name}", 0.0) for name in SPOKEN] for spread in spreads]),
        np.array([log_odds(model.at_least(row)[1]) for row in weighed(one, spreads)]),
    )
