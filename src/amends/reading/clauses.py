"""The clause of a sentence that carries a claim, where no words of the phrasebook tell it."""

import re
from typing import Final

from amends.reading.claims import Sentences
from amends.reading.cues import Found
from amends.reading.letters import known_of_each
from amends.text.spans import Span

CLAUSE: Final = re.compile(r"[^\s,;:–—][^,;:–—]{9,}")


def loudest_clause(number: int, found: Found, sentence: Span, learnt: Sentences) -> Span:
    """Return the clause of a sentence whose letters speak most for a claim.

    `number`: which of those learnt the claim is.
    """
    clauses = [
        Span(sentence.start + one.start(), sentence.start + one.end())
        for one in CLAUSE.finditer(sentence.of(found.plain.normal.text))
    ]
    texts = [clause.of(found.plain.normal.text) for clause in clauses]
    heard = [float(learnt.scores(held)[number]) for held in known_of_each(texts)]
    return clauses[heard.index(max(heard))] if clauses else sentence
