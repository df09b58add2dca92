"""What the encoder of reading is taught by: the messages of data/reading, and public posts, reviews and lines of film.

Public texts of which no head may learn (`tools.train_reading.held_out`) are left out, whatever file they stand in.
"""

import random
from collections.abc import Iterable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from amends.reading.alike import COLUMNS as CLAIMS
from amends.reading.alike import MANAGER
from amends.reading.encoder import COLUMNS as HEAT
from amends.reading.encoder import STEPS
from amends.reading.heads import HEADS
from tools.train_letters import ONLY_ENCODER, TAGS, messages
from tools.train_reading import Row, brighter, goemotions, held_out, material, prdect, sentiment, xed

MOST: Final = {"goemotions": 3_000, "prdect": 2_400, "xed": 5_000, "wisesight": 3_000}
"""So many rows of the large sets, half of them of what is rare there."""
SEED: Final = 20261122
Truth = NDArray[np.float64]


def messages_and_posts() -> tuple[list[str], list[str], Truth, NDArray[np.bool_]]:
    """Return texts, labels, what is true of each (not a number: nobody said), and which are judged unseen."""
    labels = [*HEAT, *CLAIMS, *(f"{tag}.{head}" for tag in TAGS for head in HEADS)]
    at = {label: number for number, label in enumerate(labels)}
    texts, rows, judged = [], [], []
    for tag in TAGS:
        for message in messages(tag):
            texts.append(message["text"])
            rows.append({column: truth_of(message, column) for column in (*HEAT, *CLAIMS)})
            judged.append(message["set"] not in ONLY_ENCODER)
        for row in posts(tag):
            texts.append(row.text)
            rows.append({f"{tag}.{head}": float(yes) for head, yes in row.labels.items()})
            judged.append(False)
    true = np.full((len(rows), len(labels)), np.nan)
    for number, named in enumerate(rows):
        for label, value in named.items():
            true[number, at[label]] = value
    known = np.nansum(true, axis=0) > 0
    return texts, [label for label, some in zip(labels, known, strict=True) if some], true[:, known], np.array(judged)


def truth_of(message: dict[str, Any], column: str) -> float:
    """Return what the author says of a message in one column of heat or claims; not a number where they did not say."""
    what, _, which = column.partition(".")
    if what == "complaint":
        return float(message["complaint"])
    if column in STEPS:
        return float(message["intensity"] >= int(which))
    if what == "cause":
        return float(message["cause"] == which) if message["cause"] else np.nan
    if "threats" not in message:
        return np.nan
    if what == MANAGER:
        return float(message["demands_manager"])
    named = message["wishes"] if what == "wish" else [threat["kind"] for threat in message["threats"]]
    return float(which in named)


def posts(tag: str) -> list[Row]:
    """Return the public texts of a language that may teach."""
    everything = material(tag)
    kept_back = {row.text for row, out in zip(everything, held_out(everything), strict=True) if out}
    sources: dict[str, list[Row]] = {
        "en": list(brighter("en")) + some("goemotions", goemotions(), "anger"),
        "id": [row for name in ("id", "su", "jv") for row in brighter(name)] + some("prdect", prdect(), "anger"),
        "th": some("wisesight", sentiment("sentiment-wisesight-th", negative="neg"), "negative"),
        "fi": some("xed", xed("fi"), "anger"),
    }
    return [row for row in sources[tag] if row.text not in kept_back]


def some(name: str, rows: Iterable[Row], rare: str) -> list[Row]:
    """Return at most MOST rows of a set, up to half of them with the rare label."""
    drawn = list(rows)
    random.Random(SEED).shuffle(drawn)  # the same rows each time
    yes, no = ([row for row in drawn if bool(row.labels.get(rare)) is wanted] for wanted in (True, False))
    few = yes[: MOST[name] // 2]
    return few + no[: MOST[name] - len(few)]
