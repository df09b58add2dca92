"""Which causes, wishes and threats a message is told like: linear heads over the vector of the taught encoder.

`weights/alike.npz` is made by tools/train_claims.py from what tools/teach_encoder.py kept (docs/decisions/0168;
docs/reference/data-cards/reading-claims.md).
"""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.vocabulary import CauseKind, ThreatKind, WishKind

MANAGER: Final = "manager"
COLUMNS: Final = (
    *(f"cause.{kind}" for kind in CauseKind), *(f"wish.{kind}" for kind in WishKind),
    *(f"threat.{kind}" for kind in ThreatKind), MANAGER,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class Alike:
    """Weights (dimensions × COLUMNS) and bias."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, vector: NDArray[np.float32]) -> dict[str, float]:
        """Return the log-odds of each of COLUMNS."""
        return dict(zip(COLUMNS, (vector @ self.weights + self.bias).tolist(), strict=True))


@cache
def alike() -> Alike:
    """Return the heads of this version."""
    with (resources.files("amends.reading") / "weights" / "alike.npz").open("rb") as opened, np.load(opened) as kept:
        return Alike(weights=kept["weights"], bias=kept["bias"])
