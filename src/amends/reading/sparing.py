"""Which messages are read without asking the encoder: those that the always-on tier is sure of.

`weights/spare.toml` says with how little doubt, fitted by tools/fit_spare.py; docs/decisions/0123 and 0182 tell what it
costs and saves, `amends bench read --full` prints the curve.
"""

import tomllib
from functools import cache
from importlib import resources
from typing import Final

from amends.reading.values import Reading

FILE: Final = "spare.toml"
CLEAR: Final = 0.8


@cache
def fitted_spare() -> float:
    """Return the doubt that spares the encoder."""
    file = resources.files("amends.reading") / "weights" / FILE
    return float(tomllib.loads(file.read_text(encoding="utf-8"))["spare"])


def is_sure(first: Reading, but_for: float) -> bool:
    """Return whether a reading without an encoder is so sure, but for this probability, that one would change little.

    Either a calm message without any claim, whose writer is angry at nothing (there a fifth of the doubt is left: words
    alone know feelings worse than heat) and uses no word of anger or mockery ("bravo" is meant or not), or a hot
    complaint of one clear cause (a quarter).
    """
    is_calm = max(first.anger, first.complaint) < but_for and first.emotions["anger"] < but_for / 5
    is_plain = all(one.why != "anger" for one in first.evidence)
    if is_calm and is_plain and not first.threats and not first.demands_manager:
        return True
    clear = bool(first.causes) and first.causes[0].confidence >= CLEAR
    return clear and min(first.anger, first.complaint) > 1 - but_for / 4
