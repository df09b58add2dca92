"""Train the heads of feelings over a sentence encoder: src/amends/reading/weights/feelings.npz.

    AMENDS_DATA=../shared/data python -m tools.train_feelings [--vectors FOLDER]

Taught by BRIGHTER (en), BRIGHTER and PRDECT-ID (id) without the tenth that no head learns from. Prints AUROC of anger
on that tenth: n-gram heads alone, encoder heads alone, averaged. `--vectors`: a folder that keeps the vectors.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]

from amends.engines.choose import embedder
from amends.reading.feelings import averaged
from amends.reading.heads import HEADS, buckets, heads
from amends.text.normal import normal
from tools.train_reading import FEWEST, WEIGHTS, Row, brighter, held_out, material, prdect

TAUGHT: Final = ("en", "id")
STRENGTH: Final = 0.003

Array = NDArray[np.float64]


def vectors(tag: str, rows: list[Row], kept: Path | None) -> Array:
    """Return the vectors of the rows, from `kept` where they are there already."""
    file = kept / f"{tag}.npy" if kept else None
    if file and file.exists():
        found: Array = np.load(file).astype(float)
        return found
    made = embedder().embed([row.text for row in rows])
    if file:
        np.save(file, made)
    return made.astype(float)


def taught(ready: Array, rows: list[Row], held: NDArray[np.bool_]) -> Iterator[tuple[Array, float]]:
    """Yield weights and bias of each of HEADS; a head with too few yes-rows stays silent."""
    for head in HEADS:
        known = np.array([head in row.labels for row in rows]) & ~held
        labels = np.array([row.labels.get(head, False) for row in rows])
        if labels[known].sum() < FEWEST:
            yield np.zeros(ready.shape[1]), np.nan
            continue
        model = LogisticRegression(C=STRENGTH, max_iter=3000).fit(ready[known], labels[known])
        yield model.coef_[0], float(model.intercept_[0])


def report(tag: str, rows: list[Row], sensed: NDArray[np.float32], held: NDArray[np.bool_]) -> None:
    """Print how well anger is ranked on the tenth that nobody learnt from."""
    trained = heads(tag)
    if trained is None:
        return
    place = HEADS.index("anger")
    labels = [row.labels["anger"] for row, out in zip(rows, held, strict=True) if out]
    heard = [trained.scores(buckets(normal(row.text).text)) for row, out in zip(rows, held, strict=True) if out]
    both: list[Any] = [averaged(a, b) for a, b in zip(heard, sensed[held], strict=True)]
    figures = (
        roc_auc_score(labels, [float(each[place]) for each in some]) for some in (heard, list(sensed[held]), both)
    )
    print(f"{tag} anger, held out n={len(labels)}: n-grams, encoder, both", *(f"{each:.3f}" for each in figures))


def main(kept: Path | None) -> None:
    """Teach, report, write."""
    stored: dict[str, NDArray[Any]] = {}
    for tag in TAUGHT:
        rows = list(brighter(tag)) + (list(prdect()) if tag == "id" else [])
        out = {row.text for row, is_held in zip(material(tag), held_out(material(tag)), strict=True) if is_held}
        held = np.array([row.text in out for row in rows])
        found = vectors(tag, rows, kept)
        mean, spread = found.mean(axis=0), found.std(axis=0)
        columns = list(taught((found - mean) / spread, rows, held))
        weights = np.stack([column for column, _ in columns], axis=1) / spread[:, None]
        bias = np.array([shift for _, shift in columns]) - mean @ weights
        stored |= {f"{tag}.weights": weights.astype(np.float16), f"{tag}.bias": bias.astype(np.float32)}
        report(tag, rows, (found @ weights + bias).astype(np.float32), held)
    np.savez_compressed(WEIGHTS / "feelings.npz", allow_pickle=False, **stored)


if __name__ == "__main__":
    main(Path(sys.argv[sys.argv.index("--vectors") + 1]) if "--vectors" in sys.argv else None)
