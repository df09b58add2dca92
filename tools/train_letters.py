"""Train the letters of `amends.reading` from the messages of data/reading/<tag>.jsonl.

    python -m tools.train_letters

Writes src/amends/reading/weights/<tag>-letters.npz. Exact (ridge regression in closed form), so the same messages give
the same weights. tools/fit_heat.py then weighs them against the phrasebooks; run it afterwards.
"""

import json
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from amends.reading.heads import buckets
from amends.reading.letters import BUCKETS, COLUMNS, known
from amends.text.normal import normal

ROOT: Final = Path(__file__).parents[1]
MESSAGES: Final = ROOT / "data/reading"
WEIGHTS: Final = ROOT / "src/amends/reading/weights"
TAGS: Final = ("en", "id", "th", "fi")
SHRINK: Final = 1.0
FEWEST_MESSAGES: Final = 2
STEPS: Final = 31
RARITY_UNIT: Final = 1 / 24
ONLY_ENCODER: Final = ("fourth", "fifth", "sixth")
"""Sets of messages that teach nothing but the encoder: their stories made letters worse at causes (ADR 0168)."""

Array = NDArray[np.float64]


def messages(tag: str) -> list[dict[str, Any]]:
    """Return the training messages of one language."""
    return [json.loads(line) for line in (MESSAGES / f"{tag}.jsonl").read_text("utf-8").splitlines()]


def judged_messages(tag: str) -> list[dict[str, Any]]:
    """Return those on which letters, words and encoder are weighed: the others only teach the encoder."""
    return [row for row in messages(tag) if row["set"] not in ONLY_ENCODER]


def taught(rows: list[dict[str, Any]]) -> Array:
    """Return what each of COLUMNS should say of each message; not a number where the author did not say."""
    columns = {name: number for number, name in enumerate(COLUMNS)}
    values = np.zeros((len(rows), len(COLUMNS)))
    for row, told in zip(rows, values, strict=True):
        told[columns["heat"]], told[columns["complaint"]] = row["intensity"], row["complaint"]
        if row["cause"]:
            told[columns[f"cause.{row['cause']}"]] = 1
        for kind in row.get("wishes", ()):
            told[columns[f"wish.{kind}"]] = 1
        if "wishes" not in row:
            told[[number for name, number in columns.items() if name.startswith("wish.")]] = np.nan
    return values


def presence(rows: list[dict[str, Any]]) -> list[NDArray[np.uint32]]:
    """Return the buckets that each message holds."""
    return [known(buckets(normal(row["text"]).text)) for row in rows]


def rarity(held: list[NDArray[np.uint32]]) -> Array:
    """Return how much each bucket tells: rare ones more, those of one message nothing."""
    seen = np.zeros(BUCKETS)
    for message in held:
        seen[message] += 1
    told = np.log((1 + len(held)) / (1 + seen)) + 1
    return np.where(seen >= FEWEST_MESSAGES, np.round(told / RARITY_UNIT) * RARITY_UNIT, 0.0)


def matrix(held: list[NDArray[np.uint32]], weight: Array) -> Array:
    """Return the messages as rows of length 1."""
    rows = np.zeros((len(held), BUCKETS), dtype=np.float64)
    for row, message in zip(rows, held, strict=True):
        row[message] = weight[message]
    scaled: Array = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return scaled


def ridge(rows: Array, wanted: Array) -> tuple[Array, Array]:
    """Return weights and bias of every column; messages that do not say are left out of a column."""
    weights, bias = np.zeros((rows.shape[1], wanted.shape[1])), np.zeros(wanted.shape[1])
    said = ~np.isnan(wanted)
    for who in np.unique(said.T, axis=0):
        columns = np.flatnonzero((who == said.T).all(axis=1))
        some, told = rows[who], wanted[who][:, columns]
        bias[columns] = told.mean(axis=0)
        dual = np.linalg.solve(some @ some.T + SHRINK * np.eye(len(some)), told - bias[columns])
        weights[:, columns] = some.T @ dual
    return weights, bias


def unseen(rows: list[dict[str, Any]], *, folds: int, seed: int) -> Array:
    """Return what every message gets from weights taught by the other folds."""
    held, wanted = presence(rows), taught(rows)
    fold = np.random.default_rng(seed).permutation(len(rows)) % folds
    heard = np.zeros(wanted.shape)
    for number in range(folds):
        inside = fold != number
        heard[~inside] = heard_by(held, wanted, inside)
    return heard


def heard_by(held: list[NDArray[np.uint32]], wanted: Array, inside: NDArray[np.bool_]) -> Array:
    """Return what the messages outside `inside` get from weights taught by those inside."""
    weight = rarity([message for message, kept in zip(held, inside, strict=True) if kept])
    rows = matrix(held, weight)
    weights, bias = ridge(rows[inside], wanted[inside])
    answer: Array = rows[~inside] @ weights + bias
    return answer


def packed(weights: Array, weight: Array, bias: Array) -> dict[str, Any]:
    """Return what a language keeps: weights as small whole numbers, so that all languages stay under 3 MB.

    `weight`: how much each bucket tells (rarity).
    """
    limit = np.maximum(np.quantile(np.abs(weights), 0.9998, axis=0), 1e-9)
    return {
        "weights": np.clip(np.round(weights / limit * STEPS), -STEPS, STEPS).astype(np.int8),
        "rarity": weight.astype(np.float16),
        "scale": (limit / STEPS).astype(np.float32),
        "bias": bias.astype(np.float32),
    }


def main() -> None:
    """Train and write all languages."""
    for tag in TAGS:
        rows = judged_messages(tag)
        held = presence(rows)
        weight = rarity(held)
        weights, bias = ridge(matrix(held, weight), taught(rows))
        file = WEIGHTS / f"{tag}-letters.npz"
        np.savez_compressed(file, **packed(weights * weight[:, None], weight, bias))
        print(f"{tag}: {len(rows)} messages, {file.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
