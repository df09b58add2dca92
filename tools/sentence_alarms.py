"""Choose from which chance sentences are warned of or let pass, and tell what comes of it (`tools.train_sentences`)."""

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.coach.suspecting import RULE_OF
from tools.labelled_sentences import TAGS, Mask

MEASURED: Final = Path(__file__).parents[1] / "src/amends/coach/measured.toml"
RIGHT_IN_EACH: Final = 0.06
"""In each language, at most this much less than asked for all together may be right of what is warned of."""
FEWEST_ALARMS: Final = 10
MOST_ON_GOOD: Final = 1
"""Of the sentences of good letters, at most so many may be warned of under one label in a language."""
SURELY_RIGHT: Final = 0.9
"""So many of the findings that keep their full level must be right; the others lose a level."""
NEVER: Final = 2.0

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Pool:
    """Sentences and the chances they got; all by row, and by label but for `tags`, `is_dev` and `is_good`.

    `is_dev`: of replies that judge the coach. `is_good`: of letters that nothing is to be warned of in.
    """

    chance: Array
    true: Mask
    told: Mask
    usual: Mask
    found: Mask
    silent: Mask
    tags: NDArray[np.str_]
    is_dev: Mask
    is_good: Mask

    def alarms(self, right: list[float]) -> Array:
        """Return from which chance each label alarms where patterns are silent, languages × labels.

        `right`: how many must be right, by label. Where a language has too few alarms to say, all together decide.
        """
        answer = np.full((len(TAGS), self.true.shape[1]), NEVER)
        for column in range(self.true.shape[1]):
            asked = self.silent[:, column] & self.usual[:, column]
            least = _least(self.chance[asked, column], self.true[asked, column], right[column], FEWEST_ALARMS)
            for row, tag in enumerate(TAGS):
                here = asked & (self.tags == tag)
                own = _least(
                    self.chance[here, column],
                    self.true[here, column],
                    right[column] - RIGHT_IN_EACH,
                    FEWEST_ALARMS // 2,
                )
                few = (self.chance[here, column] >= least).sum() < FEWEST_ALARMS // 2
                answer[row, column] = max(least, least if few else own, self._over_good(column, tag))
        return answer

    def _over_good(self, column: int, tag: str) -> float:
        """Return a chance above those of the good sentences, but for MOST_ON_GOOD of them."""
        here = self.is_good & self.silent[:, column] & (self.tags == tag)
        highest = np.sort(self.chance[here, column])[::-1]
        return float(highest[MOST_ON_GOOD]) + 1e-6 if len(highest) > MOST_ON_GOOD else 0.0

    def doubts(self, few: float) -> Array:
        """Return under which chance a pattern's finding is let pass, languages × labels."""
        answer = np.zeros((len(TAGS), self.true.shape[1]))
        for column in range(self.true.shape[1]):
            asked = self.found[:, column] & self.told[:, column]
            chance, true = self.chance[asked, column], self.true[asked, column]
            order = np.argsort(chance)
            share = np.cumsum(true[order]) / np.arange(1, len(order) + 1)
            enough = np.flatnonzero(share <= few)
            if enough.size:
                answer[:, column] = chance[order[enough[-1]]] + 1e-6
        return answer

    def sure(self) -> Array:
        """Return from which chance a pattern's finding keeps its full level, languages × labels."""
        answer = np.zeros((len(TAGS), self.true.shape[1]))
        for column in range(self.true.shape[1]):
            asked = self.found[:, column] & self.told[:, column] & (~self.is_dev | self.is_good)
            answer[:, column] = _least(self.chance[asked, column], self.true[asked, column], SURELY_RIGHT, 1)
        return answer

    def claims(self, alarming: Array, doubting: Array) -> Mask:
        """Return what is claimed of each row, patterns and suspicions together."""
        at = np.array([TAGS.index(tag) for tag in self.tags])
        claimed: Mask = (self.found & (self.chance >= doubting[at])) | (self.silent & (self.chance >= alarming[at]))
        return claimed


def _least(chance: Array, true: Mask, right: float, fewest: int) -> float:
    order = np.argsort(-chance)
    share = np.cumsum(true[order]) / np.arange(1, len(order) + 1)
    enough = [place for place in np.flatnonzero(share >= right) if place + 1 >= fewest]
    return float(chance[order[enough[-1]]]) if enough else NEVER


def report(tier: str, labels: list[str], pool: Pool, alarming: Array, doubting: Array, sure: Array) -> None:
    """Print for each label what patterns do alone, what is doubted and alarmed, and all together by language."""
    claimed, at = pool.claims(alarming, doubting), np.array([TAGS.index(tag) for tag in pool.tags])
    doubted = pool.found & (pool.chance < doubting[at])
    for column, label in enumerate(labels):
        for place, some in (("folds", ~pool.is_dev), ("dev", pool.is_dev & ~pool.is_good), ("good", pool.is_good)):
            here = some & pool.told[:, column]
            if not here.any():
                continue
            true = pool.true[here, column]
            alone, all_, out = pool.found[here, column], claimed[here, column], doubted[here, column]
            full = alone & (pool.chance[here, column] >= sure[at[here], column])
            print(f"{tier:5} {label:17} {place:5} n={true.sum():3} words {_pr(alone, true)} → {_pr(all_, true)};",
                  f"let pass {out.sum()} ({(out & true).sum()} right);",
                  f"full level {_pr(full, true)} from {sure[0, column]:.2f};",
                  f"warned {(all_ & ~alone).sum()} ({(all_ & ~alone & true).sum()} right) from",
                  " ".join(f"{least:.2f}" for least in alarming[:, column]))  # fmt: skip


def _pr(claimed: Mask, true: Mask) -> str:
    right = (claimed & true).sum()
    return f"P {right / max(1, claimed.sum()):.3f} R {right / max(1, true.sum()):.3f}"


def measure(tier: str, labels: list[str], pool: Pool, alarming: Array, doubting: Array, on: str) -> None:
    """Write to measured.toml what each rule's detectors do in each language, on the folds of data/coach."""
    claimed = pool.claims(alarming, doubting)
    rows = []
    for column, label in enumerate(labels):
        for tag in TAGS:
            here = ~pool.is_dev & pool.told[:, column] & (pool.tags == tag)
            true = pool.true[here, column]
            for detector, said in (("words", pool.found[here, column]), (tier, claimed[here, column])):
                rows.append((RULE_OF[label], tag, detector, int((said & true).sum()), int(said.sum()), int(true.sum())))
    write_measured(rows, on, on="data/coach, folds")


def write_measured(rows: list[tuple[str, str, str, int, int, int]], date: str, *, on: str) -> None:
    """Write rows of rule, language, detector, right, claimed, true to measured.toml, in the place of older ones."""
    known_rows = tomllib.loads(MEASURED.read_text("utf-8"))["measured"] if MEASURED.exists() else []
    held = {(row["rule"], row["language"], row["detector"]): row for row in known_rows}
    for rule, language, detector, right, claimed, true in rows:
        held[rule, language, detector] = {
            "rule": rule, "language": language, "detector": detector, "right": right, "claimed": claimed, "true": true,
            "on": on, "date": date,
        }  # fmt: skip
    lines = ["# What each detector of a rule does on sentences it was not taught with: python -m tools.train_sentences"]
    for row in held.values():
        pairs = ", ".join(f"{key} = {json.dumps(value)}" for key, value in row.items())
        lines.append(f"    {{ {pairs} }},")
    MEASURED.write_text("\n".join([lines[0], "measured = [", *lines[1:], "]", ""]), "utf-8")
