"""Train the character n-gram heads of `amends.reading` from the public data of $AMENDS_DATA/emotion.

    AMENDS_DATA=../shared/data python tools/train_reading.py [TAG …]

Writes src/amends/reading/weights/<tag>.npz and prints, per head, rows and AUROC on a held-out tenth. The product never
imports this file, nor scikit-learn. Which rows teach which head: docs/reference/data-cards/reading-head.md.
"""

import csv
import gzip
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression, SGDClassifier  # type: ignore[import-untyped]
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]

from amends.reading.heads import HEADS, buckets
from amends.text.normal import normal
from amends.vocabulary import EMOTIONS

DATA: Final = Path(os.environ.get("AMENDS_DATA", "../shared/data")) / "emotion"
WEIGHTS: Final = Path(__file__).parents[1] / "src/amends/reading/weights"
LARGE: Final = 2**16
SMALL: Final = 2**14
SEED: Final = 20261122
FEWEST: Final = 85
HARDLY_BETTER: Final = 0.62
ALPHA_TIMES_ROWS: Final = 0.4

# Read deeply, with the most rows: these have large heads; every other language has small ones, for the size of a wheel.
FIRST: Final = ("en", "id", "th", "fi")
# BRIGHTER and XED by file name. One XED file a language: its variants (pt, zh-TW) translate the same lines, which would
# then stand on both sides of the split.
OTHERS: Final = {
    "de": (("de",), "de"),
    "fr": ((), "fr"),
    "es": (("es",), "es"),
    "pt": (("pt-BR", "pt-MZ"), "pt-BR"),
    "it": ((), "it"),
    "nl": ((), "nl"),
    "sv": (("sv",), "sv"),
    "da": ((), "da"),
    "no": ((), "no"),
    "pl": ((), "pl"),
    "ru": (("ru",), "ru"),
    "uk": (("uk",), ""),
    "tr": ((), "tr"),
    "ar": (("arq", "ary"), "ar"),
    "hi": (("hi",), ""),
    "vi": ((), "vi"),
    "zh": (("zh",), "zh-Hans"),
}

GOEMOTIONS: Final = {
    "anger": {"anger", "annoyance"},
    "disgust": {"disgust"},
    "fear": {"fear", "nervousness"},
    "joy": {
        "joy",
        "amusement",
        "excitement",
        "love",
        "gratitude",
        "admiration",
        "optimism",
        "approval",
        "relief",
        "pride",
    },
    "sadness": {"sadness", "disappointment", "grief", "remorse"},
    "surprise": {"surprise", "realization", "confusion"},
    "negative": {"anger", "annoyance", "disappointment", "disapproval", "disgust"},
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One text and what is known of it: head → yes or no; a head that is absent was not annotated."""

    text: str
    labels: dict[str, bool] = field(default_factory=dict)


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one file of the data folder."""
    csv.field_size_limit(10**7)
    with gzip.open(DATA / f"{name}.tsv.gz", "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def brighter(tag: str) -> Iterator[Row]:
    """Yield BRIGHTER rows; an empty cell is not annotated."""
    for row in rows_of(f"emotion-brighter-{tag}"):
        yield Row(text=row["text"], labels={name: row[name] != "0" for name in EMOTIONS if row[name]})


def xed(tag: str) -> Iterator[Row]:
    """Yield XED rows: Plutchik's eight, of which six are ours."""
    for row in rows_of(f"emotion-xed-{tag}"):
        named = set(row["emotions"].split(","))
        labels = {name: name in named for name in EMOTIONS}
        yield Row(text=row["text"], labels=labels | {"negative": bool(named & {"anger", "disgust", "sadness"})})


def goemotions() -> Iterator[Row]:
    """Yield GoEmotions rows, its 27 folded into our heads."""
    for row in rows_of("emotion-goemotions-en"):
        named = set(row["emotions"].split(","))
        yield Row(text=row["text"], labels={head: bool(named & meant) for head, meant in GOEMOTIONS.items()})


def sentiment(name: str, *, negative: str) -> Iterator[Row]:
    """Yield rows of a sentiment file: they teach the negative head only."""
    for row in rows_of(name):
        yield Row(text=row["text"], labels={"negative": row["label"] == negative})


def prdect() -> Iterator[Row]:
    """Yield PRDECT-ID reviews: one emotion a row, so the others are absent, not unknown; it has no disgust."""
    ours = {"anger": "anger", "fear": "fear", "sadness": "sadness", "happy": "joy", "love": "joy"}
    for row in rows_of("reviews-prdect-id"):
        meant = ours.get(row["emotion"], "")
        labels = {name: name == meant for name in ("anger", "fear", "joy", "sadness")}
        yield Row(text=row["text"], labels=labels | {"negative": row["sentiment"] == "negative"})


def material(tag: str) -> list[Row]:
    """Return every row that teaches one language."""
    if tag in OTHERS:
        posts, films = OTHERS[tag]
        found = [row for name in posts for row in brighter(name)] + (list(xed(films)) if films else [])
        return list({row.text: row for row in found}.values())
    sources = {
        "en": lambda: [*brighter("en"), *goemotions(), *xed("en")],
        "id": lambda: [*brighter("id"), *xed("id"), *xed("ms"), *prdect()],
        "th": lambda: [
            *xed("th"),
            *sentiment("sentiment-wisesight-th", negative="neg"),
            *sentiment("sentiment-thaisent-shopping-th", negative="neg"),
            *sentiment("sentiment-thaisent-general-th", negative="neg"),
            *sentiment("sentiment-thaisent-tcas61-th", negative="neg"),
        ],
        "fi": lambda: list(xed("fi")),
    }
    return sources[tag]()


def held_out(rows: list[Row]) -> NDArray[np.bool_]:
    """Return which rows no head has learnt from, the same tenth each time; the odds are calibrated on them."""
    return np.random.default_rng(SEED).random(len(rows)) < 0.1


def matrix(rows: list[Row], *, size: int) -> csr_matrix:
    """Return the rows as hashed n-gram counts over the root of their number, just as the product scores them."""
    found = [buckets(normal(row.text).text, size=size) for row in rows]
    sizes = np.array([len(grams) for grams in found])
    places = np.concatenate([[0], np.cumsum(sizes)])
    values = np.repeat(1 / np.sqrt(np.maximum(sizes, 1)), sizes)
    counted = csr_matrix((values, np.concatenate(found).astype(np.int64), places), shape=(len(rows), size))
    counted.sum_duplicates()
    return counted


def fit(head: str, rows: list[Row], grams: csr_matrix) -> tuple[NDArray[np.float64], float, str]:
    """Return weights, bias and a line of report for one head.

    The odds are calibrated (Platt) on the held-out tenth. A head with too few yes-rows, or one that hardly beats
    chance, stays silent: its bias is not a number, and the product then goes by words alone.
    """
    known = np.array([head in row.labels for row in rows])
    labels = np.array([row.labels.get(head, False) for row in rows])
    told = f"  {head:<9} n={int(known.sum())} yes={int(labels.sum())}"
    if labels.sum() < FEWEST:
        return np.zeros(grams.shape[1]), np.nan, f"{told}: silent, too few"
    held = known & held_out(rows)
    taught = known & ~held
    model = SGDClassifier(
        loss="log_loss",
        alpha=ALPHA_TIMES_ROWS / taught.sum(),
        penalty="l2",
        max_iter=25,
        average=True,
        random_state=SEED,
    )
    model.fit(grams[taught], labels[taught])
    heard = model.decision_function(grams[held])
    score = roc_auc_score(labels[held], heard)
    if score < HARDLY_BETTER:
        return np.zeros(grams.shape[1]), np.nan, f"{told} AUROC={score:.3f}: silent, hardly better than chance"
    platt = LogisticRegression(C=1e3).fit(heard[:, None], labels[held])
    slope, shift = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    report = f"{told} held out={int(held.sum())} AUROC={score:.3f} slope={slope:.2f}"
    return model.coef_[0] * slope, float(model.intercept_[0]) * slope + shift, report


def train(tag: str) -> None:
    """Train and store the heads of one language."""
    rows = material(tag)
    grams = matrix(rows, size=LARGE if tag in FIRST else SMALL)
    print(f"{tag}: {len(rows)} rows")
    columns, biases = [], []
    for head in HEADS:
        weights, bias, report = fit(head, rows, grams)
        print(report, flush=True)
        columns.append(weights)
        biases.append(bias)
    store(tag, np.stack(columns, axis=1), np.array(biases))


def store(tag: str, weights: NDArray[np.float64], bias: NDArray[np.float64]) -> None:
    """Write the weights as int8, clipped at 1 in 2,000, so that all languages stay under 3 MB."""
    limit = np.maximum(np.quantile(np.abs(weights), 0.9995, axis=0), 1e-9)
    small = np.clip(np.round(weights / limit * 127), -127, 127).astype(np.int8)
    np.savez_compressed(
        WEIGHTS / f"{tag}.npz", weights=small, scale=(limit / 127).astype(np.float32), bias=bias.astype(np.float32)
    )


if __name__ == "__main__":
    for chosen in sys.argv[1:] or [*FIRST, *OTHERS]:
        train(chosen)
