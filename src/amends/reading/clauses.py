"""The clause of a sentence that carries a claim, where no words of the phrasebook tell it."""

import re
from typing import Final

from amends.reading.cues import Found
from amends.reading.letters import SideBySide, known_of_each
from amends.text.spans import Span

CLAUSE: Final = re.compile(r"[^\s,;:–—][^,;:–—]{9,}")


def loudest_clause(found: Found, sentence: Span, learnt: SideBySide, *, table: int, column: int) -> Span:
    """Return the clause of a sentence whose letters speak most for a claim: the column of a table of those learnt."""
    clauses = [
        Span(sentence.start + one.start(), sentence.start + one.end())
        for one in CLAUSE.finditer(sentence.of(found.plain.normal.text))
    ]
    if len(clauses) < 2:
        return clauses[0] if clauses else sentence
    heard = learnt.of_each(known_of_each([clause.of(found.plain.normal.text) for clause in clauses]))[table]
    return sentence if heard is None else clauses[int(heard[:, column].argmax())]
