"""The search finds what people mean, by documents and questions of authors who have not seen the analyser.

`<language>/search.jsonl`: lines `{"id": …, "text": …, "heading": …}` are documents (heading may be missing), lines
`{"query": …, "relevant": [ids]}` are questions. Recall and precision are means over the questions; a question that
should find nothing counts by precision alone.
"""

import json
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

from amends.search.ask import understand
from amends.search.matching import fits
from amends.search.wanted import wanted
from amends.search.words import Words, asked_in, heading_of, spoken_in, words_of

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*/search.jsonl"))
FLOOR = 0.9


def _words(row: dict[str, Any]) -> Words:
    tongues = spoken_in(row["text"])
    return heading_of(row.get("heading", ""), tongues) + words_of(row["text"], tongues)


def _found(query: str, documents: dict[str, Words]) -> set[str]:
    what = wanted(understand(query), asked_in(query))
    return {key for key, words in documents.items() if fits(what, words)}


def figures(rows: list[dict[str, Any]]) -> tuple[int, float, float]:
    """Return the number of questions, recall and precision."""
    documents = {row["id"]: _words(row) for row in rows if "text" in row}
    asked = [(set(row["relevant"]), _found(row["query"], documents)) for row in rows if "query" in row]
    recall = fmean(len(right & found) / len(right) for right, found in asked if right)
    precision = fmean(len(right & found) / len(found) if found else float(not right) for right, found in asked)
    return len(asked), recall, precision


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_the_search_finds_what_is_meant(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    number, recall, precision = figures(rows)
    print(f"{path.parent.name}: n={number} recall={recall:.3f} precision={precision:.3f}")
    assert recall >= FLOOR
    assert precision >= FLOOR


def test_the_figures_count_what_is_missed_and_what_is_too_much() -> None:
    said = [{"id": "a", "text": "the parcel is late"}, {"id": "b", "text": "the parcel is broken"}]
    asked = [{"query": "parcel", "relevant": ["a"]}, {"query": "invoice", "relevant": ["b"]}]
    assert figures(said + asked) == (2, 0.5, 0.25)
