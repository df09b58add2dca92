"""Anger as a rate: how many of a hundred such messages are angry, where four in ten are.

The model of heat is taught on messages of which more than half are angry; mail is calmer. `weights/natural.toml` moves
its odds to the stated share, language by language (tools/fit_natural.py, tools/train_tone.py; docs/decisions/0128).
"""

import tomllib
from functools import cache
from importlib import resources

from amends.reading.odds import log_odds, probability
from amends.vocabulary import JsonObject, LanguageTag


def rate(chance: float, *, language: LanguageTag, encoded: bool) -> float:
    """Return the probability of anger at the stated share, from that of the model. `encoded`: an encoder had its say.

    It keeps the order of messages of one language; the stated share is `share_angry` of the file.
    """
    part = _stored()["encoded" if encoded else "quick"]
    is_own = language in part["bias"]
    slope, bias = part["slope" if is_own else "slope_all"], part["bias"][language if is_own else "all"]
    return probability(slope * log_odds(chance) + bias)


@cache
def _stored() -> JsonObject:
    file = resources.files("amends.reading") / "weights" / "natural.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
