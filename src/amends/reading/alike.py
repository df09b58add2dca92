"""Which told stories a message is like: a few hundred vectors of an encoder, and what each of them speaks for.

A straight line through the vectors of small encoders parts causes worse than nearness to stories does (docs/decisions/
0120). `weights/alike.npz` is made by tools/train_claims.py; docs/reference/data-cards/reading-claims.md.
"""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.vocabulary import CauseKind, ThreatKind, WishKind

VERSION: Final = "alike-1"
MANAGER: Final = "manager"
COLUMNS: Final = (
    *(f"cause.{kind}" for kind in CauseKind), *(f"wish.{kind}" for kind in WishKind),
    *(f"threat.{kind}" for kind in ThreatKind), MANAGER,
)  # fmt: skip
WIDTH: Final = 0.3


@dataclass(frozen=True, kw_only=True, eq=False)
class Alike:
    """Vectors of stories (`places`, scaled like `scaled` does) and how much each speaks for each of COLUMNS."""

    middle: NDArray[np.float32]
    spread: NDArray[np.float32]
    places: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, vector: NDArray[np.float32]) -> dict[str, float]:
        """Return how much a message's vector speaks for each of COLUMNS: 0 nothing, 1 all."""
        near = nearness(scaled(vector[None], self.middle, self.spread), self.places)[0]
        return dict(zip(COLUMNS, (near @ self.weights + self.bias).tolist(), strict=True))


def scaled(
    vectors: NDArray[np.floating], middle: NDArray[np.floating], spread: NDArray[np.floating]
) -> NDArray[np.floating]:
    """Return vectors of which every number counts alike, and whose distances are about 1."""
    made: NDArray[np.floating] = (vectors - middle) / (spread * np.float32(vectors.shape[1] ** 0.5))
    return made


def nearness(vectors: NDArray[np.floating], places: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return how near each vector is to each place, 1 for the same."""
    apart = np.square(vectors).sum(1)[:, None] + np.square(places).sum(1)[None] - 2 * vectors @ places.T
    near: NDArray[np.floating] = np.exp(-WIDTH * np.maximum(apart, 0))
    return near


@cache
def alike() -> Alike:
    """Return the stories of this version."""
    with (resources.files("amends.reading") / "weights" / "alike.npz").open("rb") as opened, np.load(opened) as kept:
        return Alike(
            **{name: kept[name].astype(np.float32) for name in ("middle", "spread", "places", "weights", "bias")}
        )
