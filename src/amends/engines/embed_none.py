"""No encoder: rules only, which always works. Who asks for vectors is told why there are none."""

from collections.abc import Sequence
from importlib.resources.abc import Traversable

import numpy as np
from numpy.typing import NDArray

from amends.vocabulary import EngineMissing


class NoEmbedder:
    """Stands where an encoder would; `why` says in words what is missing and how to get it."""

    name = "none"

    def __init__(self, why: str) -> None:
        self.why = why

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Raise EngineMissing with the reason."""
        raise EngineMissing(self.why)

    def taught(self, changes: Traversable) -> "NoEmbedder":
        """Return itself: there is nothing to teach."""
        return self

    def pieces(self, words: Sequence[str]) -> None:
        """Return None: there are none."""
