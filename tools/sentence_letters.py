"""Teach what sentences sound like: ridge over n-grams of letters, a language each, for `tools.train_sentences`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]

from amends.reading.heads import buckets
from amends.reading.letters import BUCKETS, known
from tools.labelled_sentences import TAGS, Mask

WEIGHTS: Final = Path(__file__).parents[1] / "src/amends/coach/weights"
SHRINK: Final = 1.0
FEWEST_TEXTS: Final = 2
STEPS: Final = 31
FOLDS: Final = 5
SEED: Final = 20261123

Array = NDArray[np.float64]


def all_letters(
    said: list[str],
    tags: NDArray[np.str_],
    want: Mask,
    labels: list[str],
    dev_said: list[str],
    dev_tags: NDArray[np.str_],
) -> tuple[Array, Array]:
    """Write the letters of each language; return what sentences sound like to letters that have not seen them."""
    heard, dev_heard = np.zeros(want.shape), np.zeros((len(dev_said), want.shape[1]))
    for tag in TAGS:
        here = np.flatnonzero(tags == tag)
        held = [known(buckets(said[number], size=BUCKETS)) for number in here]
        fold = np.random.default_rng(SEED).permutation(len(here)) % FOLDS
        for number in range(FOLDS):
            part = learnt([h for h, f in zip(held, fold, strict=True) if f != number], want[here[fold != number]])
            heard[here[fold == number]] = part.scores([h for h, f in zip(held, fold, strict=True) if f == number])
        whole = learnt(held, want[here])
        whole.write(WEIGHTS / f"{tag}-letters.npz", labels)
        there = np.flatnonzero(dev_tags == tag)
        dev_heard[there] = whole.scores([known(buckets(dev_said[number], size=BUCKETS)) for number in there])
    return heard, dev_heard


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """Ridge weights over buckets, and how rare each is."""

    rarity: Array
    weights: Array
    bias: Array

    def scores(self, held: list[NDArray[np.uint32]]) -> Array:
        """Return what each text sounds like."""
        answer: Array = scaled(held, self.rarity) @ self.weights + self.bias
        return answer

    def write(self, file: Path, labels: list[str]) -> None:
        """Write the weights as small whole numbers, with the rarity in them."""
        told = self.weights * self.rarity[:, None]
        limit = np.maximum(np.quantile(np.abs(told), 0.9998, axis=0), 1e-9)
        np.savez_compressed(
            file,
            labels=np.array(labels),
            weights=np.clip(np.round(told / limit * STEPS), -STEPS, STEPS).astype(np.int8),
            rarity=self.rarity.astype(np.float16),
            scale=(limit / STEPS).astype(np.float32),
            bias=self.bias.astype(np.float32),
        )


def learnt(held: list[NDArray[np.uint32]], want: Mask) -> Learnt:
    """Return ridge weights of every label in closed form; buckets of a single text say nothing."""
    seen = np.zeros(BUCKETS)
    for text in held:
        seen[text] += 1
    rarity = np.where(seen >= FEWEST_TEXTS, np.round((np.log((1 + len(held)) / (1 + seen)) + 1) * 24) / 24, 0.0)
    rows, bias = scaled(held, rarity), want.mean(axis=0)
    dual = np.linalg.solve((rows @ rows.T).toarray() + SHRINK * np.eye(len(held)), want - bias)
    return Learnt(rarity=rarity, weights=rows.T @ dual, bias=bias)


def scaled(held: list[NDArray[np.uint32]], rarity: Array) -> Any:
    """Return the texts as sparse rows of length 1."""
    rows = [text[rarity[text] > 0] for text in held]
    values = [rarity[row] / max(float(np.linalg.norm(rarity[row])), 1e-9) for row in rows]
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    return sparse.csr_matrix((np.concatenate(values), np.concatenate(rows), starts), shape=(len(held), BUCKETS))
