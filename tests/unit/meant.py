"""An encoder that puts a text just where heads tell what a story wants of it."""

import numpy as np
from numpy.typing import NDArray

from amends.testing import FakeEmbedder


def meant(text: str, *, weights: NDArray[np.float32], odds: NDArray[np.floating]) -> FakeEmbedder:
    """Return an encoder whose vector of a text has these `odds` as its product with weights (dimensions × odds)."""
    vector = np.linalg.lstsq(weights.T, odds, rcond=None)[0].astype(np.float32)
    return FakeEmbedder("nano-test", dimensions=len(vector), meant={text: vector})
