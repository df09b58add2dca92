"""Vectors of the encoder as it is, and linear heads over them, for what is taught without teaching the encoder."""

from collections.abc import Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from amends.engines.choose import embedder

BATCH: Final = 64

Array = NDArray[np.float64]


def vectors(texts: Sequence[str], *, changes: Traversable, kept: Path | None) -> Array:
    """Return what the encoder, changed so, makes of each text; those in the file `kept` are taken from there.

    All are kept there for the next run.
    """
    known: dict[str, Any] = {}
    if kept and kept.exists():
        with np.load(kept) as held:
            known = dict(zip(held["texts"].tolist(), held["vectors"], strict=True))
    new, encoder = sorted(set(texts) - set(known), key=len), embedder().taught(changes)
    for at in range(0, len(new), BATCH):
        known |= zip(new[at : at + BATCH], encoder.embed(new[at : at + BATCH]), strict=True)
    if kept and new:
        np.savez(kept, texts=np.array(list(known)), vectors=np.stack(list(known.values())))
    return np.stack([known[text] for text in texts]).astype(float)


def head(given: Array, does: NDArray[np.bool_], counts: Array, *, strength: float) -> tuple[Array, float]:
    """Return weights and bias of a logistic head. `counts`: what each vector counts; `strength`: how freely it fits."""
    middle, spread = given.mean(axis=0), given.std(axis=0)
    made = LogisticRegression(C=strength, max_iter=500)
    made.fit((given - middle) / spread, does, sample_weight=counts)
    weights: Array = made.coef_[0] / spread
    return weights, float(made.intercept_[0] - middle @ weights)
