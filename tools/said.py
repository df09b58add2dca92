"""Letters and heads that hear what a sentence says, for `tools.train_threats` and `tools.train_wishes`."""

import re
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]
from sklearn.linear_model import Ridge  # type: ignore[import-untyped]

from amends.reading.heads import buckets
from amends.reading.letters import BUCKETS
from tools.train_letters import SHRINK, WEIGHTS, packed, rarity
from tools.vectors import head

SEED: Final = 20261122
FOLDS: Final = 5
STRENGTH: Final = 0.003
A_LINE_COUNTS: Final = 3.0
"""What a line of data/reading counts beside a message or a sentence of one: few say so much in so many ways."""

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Learnt = tuple[Array, Array, Array]
"""The rarity of every bucket, weights and bias."""


def text_rows(texts: list[str]) -> tuple[Any, Array]:
    """Return texts as rows of length 1, and how much each bucket tells."""
    held = [np.unique(buckets(text, size=BUCKETS)).astype(int) for text in texts]
    weight = rarity([np.asarray(one, dtype=np.uint32) for one in held])
    places = np.concatenate(held)
    ends = np.cumsum([0, *map(len, held)])
    made = sparse.csr_matrix((weight[places], places, ends), shape=(len(held), BUCKETS))
    length = np.sqrt(np.asarray(made.multiply(made).sum(axis=1)).ravel())
    return sparse.diags(1 / np.maximum(length, 1e-9)) @ made, weight


def ridge(rows: Any, true: Array) -> tuple[Array, Array]:
    """Return weights and bias of every column; sentences of which nobody knows are left out of a column."""
    weights, bias = np.zeros((rows.shape[1], true.shape[1])), np.zeros(true.shape[1])
    for number in range(true.shape[1]):
        known = ~np.isnan(true[:, number])
        made = Ridge(alpha=SHRINK, solver="sparse_cg", tol=1e-4).fit(rows[known], true[known, number])
        weights[:, number], bias[number] = made.coef_, made.intercept_
    return weights, bias


def placed(true: Array, learnt: tuple[Array, Array], rows: Any, meant: Array, message: NDArray[np.int_]) -> Array:
    """Return what is true, a claim that nobody placed given to the sentence whose words and letters say it most."""
    sounds, given = rows @ learnt[0] + learnt[1] + meant, true.copy()
    for kind in range(true.shape[1]):
        for one in np.unique(message[np.isnan(true[:, kind])]):
            inside = np.flatnonzero(message == one)
            given[inside, kind] = 0.0
            given[inside[sounds[inside, kind].argmax()], kind] = 1.0
    return given


def letters_of(
    texts: list[str], true: Array, *, meant: Array, message: NDArray[np.int_], fold: NDArray[np.int_]
) -> tuple[Array, Array, Learnt]:
    """Return what is true of each text, what letters say of those of a fold by the others, and what is learnt of all.

    `true`: not a number where nobody knows which sentence of a `message` says it: that is taken to be the one that
    sounds most like it, or has the words (`meant`).
    """
    rows, weight = text_rows(texts)
    given = placed(true, ridge(rows, true), rows, meant, message)
    heard = np.zeros(given.shape)
    for number in range(FOLDS):
        out = fold == number
        weights, bias = ridge(rows[~out], given[~out])
        heard[out] = rows[out] @ weights + bias
    weights, bias = ridge(rows, given)
    return given, heard, (weight, weights * weight[:, None], bias)


def heads_of(given: Array, wanted: Mask, counts: Array) -> tuple[Array, Array]:
    """Return a head for each column."""
    made = [head(given, column, counts, strength=STRENGTH) for column in wanted.T]
    return np.stack([weights for weights, _ in made], axis=1), np.array([bias for _, bias in made])


def unheard(given: Array, wanted: Mask, counts: Array, fold: NDArray[np.int_]) -> Array:
    """Return what each vector of a fold sounds like to heads that the others taught."""
    sums = np.zeros(wanted.shape)
    for number in range(FOLDS):
        out = fold == number
        weights, bias = heads_of(given[~out], wanted[~out], counts[~out])
        sums[out] = given[out] @ weights + bias
    return sums


def write(name: str, heads: tuple[Array, Array], letters: Mapping[str, Learnt], *, suffix: str) -> None:
    """Write the heads, and the letters of each language."""
    np.savez_compressed(WEIGHTS / f"{name}.npz", weights=heads[0].astype(np.float16), bias=heads[1].astype(np.float32))
    for tag, (weight, weights, bias) in letters.items():
        np.savez_compressed(WEIGHTS / f"{tag}-{suffix}.npz", **packed(weights, weight, bias))


def with_table(text: str, title: str, values: Mapping[Any, float]) -> str:
    """Return claims.toml with one table written anew."""
    rows = "".join(f'"{name}" = {value:.4f}\n' for name, value in values.items())
    return re.sub(rf"(?<=\[{re.escape(title)}\]\n)(?:\"[^\n]*\n)+", rows, text)
