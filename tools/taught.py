"""What `tools.teach_encoder` kept: what the taught encoder says of texts it was not taught with, and its heads."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Taught:
    """`sums`: texts × labels, of an encoder that has not seen the text. `weights` and `bias`: of the one that has."""

    texts: list[str]
    labels: list[str]
    sums: Numbers
    weights: Numbers
    bias: Numbers

    def unseen(self, texts: Sequence[str], labels: Sequence[str]) -> Numbers:
        """Return the sums of some texts for some labels. Raises SystemExit for a text that it was made without."""
        at = {text: number for number, text in enumerate(self.texts)}
        if any(text not in at for text in texts):
            raise SystemExit("the encoder was taught with other texts: run tools.teach_encoder again")
        found: Numbers = self.sums[np.ix_([at[text] for text in texts], [self.labels.index(one) for one in labels])]
        return found

    def heads(self, labels: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Return weights and bias of some labels."""
        columns = [self.labels.index(label) for label in labels]
        return self.weights[:, columns], self.bias[columns]


def taught(file: Path) -> Taught:
    """Return what a file keeps."""
    with np.load(file) as kept:
        return Taught(
            texts=kept["texts"].tolist(),
            labels=kept["labels"].tolist(),
            **{name: kept[name].astype(float) for name in ("sums", "weights", "bias")},
        )
