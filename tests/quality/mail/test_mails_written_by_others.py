"""New words in mails of the shapes of thirty clients, by an author who saw no code (the half that we may study)."""

import json
from pathlib import Path
from typing import Any

import pytest
from measured import report

from tools.judge_mails import has_right_new_words

WRITTEN = Path(__file__).parent / "written"
FLOOR = 0.98
"""Of the study half, each language; the other half is judged blind (docs/reference/data-cards/mails-written.md)."""


def rows(tag: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (WRITTEN / f"{tag}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("tag", ["en", "id", "th", "fi"])
def test_new_words_are_those_that_the_author_calls_new(tag):
    wrong = [row["id"] for row in rows(tag) if not has_right_new_words(row)]
    n = len(rows(tag))
    report(f"new words of {tag} as their author has them", n - len(wrong), n)
    assert n - len(wrong) >= FLOOR * n, wrong
