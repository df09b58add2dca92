"""The labelled sentences of data/coach, and what each author's labels do and do not say."""

import itertools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from amends.coach.suspecting import RULE_OF
from amends.languages import load
from amends.text.segments import SentenceRules, statements
from amends.text.spans import Span
from amends.vocabulary import FIRST_CLASS

ROOT: Final = Path(__file__).parents[1]
TAGS: Final = FIRST_CLASS
COMPLETE: Final = ("R", "S", "T", "U")
"""Batches of whole replies whose authors were asked for every label of every sentence."""
TOGETHER: Final = 8
"""Sentences of whole replies that are joined to be cut again."""
TOLD_ONLY_IN: Final = {"excuse": ("A", "C", "D"), "sell": ("B", "C", "D")}
"""Labels that only these batches of sentences were asked for: the others do not say."""
WEAKNESSES: Final = frozenset({
    "hedged", "internal", "condescend", "impatient", "defensive", "important", "faceless", "vague_time", "unsure",
    "evasive", "assumes", "gushing", "generic_name",
})  # fmt: skip
"""Labels that only batches WEAK were asked for, which were asked for no others …"""
WEAK: Final = ("W",)
MIXED: Final = ("B", "C")
GOOD_DEEDS: Final = frozenset({"feel", "own", "thank", "ask", "offer", "restate"})
"""… and a sentence of batches MIXED that does nothing but these is taken for free of them, but for:"""
WEAK_AS_WELL: Final[Mapping[str, frozenset[str]]] = {
    "gushing": frozenset({"feel", "thank"}),
    "assumes": frozenset({"offer"}),
    "hedged": frozenset({"own"}),
}
ONLY_BREAKING: Final = frozenset({("id", "A"), ("th", "A"), ("fi", "A")})
"""Batches whose authors labelled what breaks a rule and nothing else."""
MAY_BE: Final[Mapping[str, frozenset[str]]] = {
    "feel": frozenset({"restate"}),
    "apologise": frozenset({"restate"}),
    "own": frozenset({"restate", "explain"}),
    "promise": frozenset({"next_step"}),
    "offer": frozenset({"act"}),
}
"""By label: those that a sentence which carries it may carry too, though its author did not say so."""

Mask = NDArray[np.bool_]
Row = dict[str, Any]


def sentences() -> list[Row]:
    """Return the labelled sentences of all languages, each with its language, cut as the coach cuts them."""
    return [row for tag in TAGS for row in _as_shown(written(tag), load(tag).sentence_rules)]


def written(tag: str) -> list[Row]:
    """Return the sentences of one language as their authors wrote them, each with its language."""
    lines = (ROOT / f"data/coach/{tag}.jsonl").read_text("utf-8").splitlines()
    return [{"language": tag, **json.loads(line)} for line in lines]


def _as_shown(rows: list[Row], rules: SentenceRules) -> list[Row]:
    """Return the sentences of whole replies joined and cut again where the language writes no mark between them."""
    if rules.breaks is None:
        return rows
    alone, whole = ([row for row in rows if (batch_of(row) in COMPLETE) is said] for said in (False, True))
    parts = [whole[at : at + TOGETHER] for at in range(0, len(whole), TOGETHER)]
    return [*alone, *(row for part in parts for row in _cut_again(part, rules))]


def _cut_again(rows: list[Row], rules: SentenceRules) -> list[Row]:
    """Return a few sentences as the coach sees them; each tells its labels to the one that holds most of it."""
    ends = list(itertools.accumulate(len(row["text"]) + 1 for row in rows))
    text = " ".join(row["text"] for row in rows)
    shown = statements(text, rules)
    labels: list[set[str]] = [set() for _ in shown]
    for row, end in zip(rows, ends, strict=True):
        place = Span(end - len(row["text"]) - 1, end - 1)
        most = max(range(len(shown)), key=lambda n: min(place.end, shown[n].end) - max(place.start, shown[n].start))
        labels[most] |= set(row["labels"])
    return [
        {**rows[0], "id": f"{rows[0]['id']}-{n}", "text": span.of(text), "labels": sorted(said)}
        for n, (span, said) in enumerate(zip(shown, labels, strict=True))
    ]


def batch_of(row: Row) -> str:
    """Return the batch that a sentence came in."""
    return str(row["id"].split("-")[1])


def told(rows: list[Row], labels: list[str]) -> Mask:
    """Return for each row and label whether its author was asked for that label at all."""
    return np.array([[_is_asked(row, label) for label in labels] for row in rows])


def _is_asked(row: Row, label: str) -> bool:
    batch = batch_of(row)
    if batch in COMPLETE:
        return True
    if label in WEAKNESSES:
        deeds = set(row["labels"])
        plainly_good = bool(deeds) and deeds <= GOOD_DEEDS - WEAK_AS_WELL.get(label, frozenset())
        return batch in WEAK or (batch in MIXED and plainly_good)
    return batch not in WEAK and batch in TOLD_ONLY_IN.get(label, (batch,))


def unsure(rows: list[Row], labels: list[str]) -> Mask:
    """Return for each row and label whether its author left it off without denying it."""
    return np.array([[_is_unsure(row, label) for label in labels] for row in rows])


def _is_unsure(row: Row, label: str) -> bool:
    given, batch = row["labels"], batch_of(row)
    if label in given or batch in COMPLETE:
        return False
    if (row["language"], batch) in ONLY_BREAKING:
        return label not in RULE_OF
    if batch == "A":
        return not given and label in {"ask", "restate"}
    return batch != "001" and any(label in MAY_BE.get(one, ()) for one in given)
