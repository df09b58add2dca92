"""How often each detector of a rule is right, and how much it finds, on sentences it was not taught with."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from amends.measures.shares import Share
from amends.vocabulary import JsonObject, LanguageTag


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What one detector of one rule did in one language. `right` of `claimed` sentences; `true` were there to find.

    `detector`: `words` are phrases and patterns; `quick` adds letters to them, `full` the encoder too. `on`: what it
    was measured on; `date`: when, ISO 8601.
    """

    rule: str
    language: LanguageTag
    detector: str
    right: int
    claimed: int
    true: int
    on: str
    date: str

    @property
    def precision(self) -> Share:
        """Return how many claims were right, of those it made."""
        return Share(hits=self.right, n=self.claimed)

    @property
    def recall(self) -> Share:
        """Return how many were found, of those there were."""
        return Share(hits=self.right, n=self.true)

    def as_json(self) -> JsonObject:
        """Return the shares with their 95 % intervals, two decimals each; null where there is nothing to divide by."""
        told: JsonObject = {"language": self.language, "detector": self.detector}
        for name, share in (("precision", self.precision), ("recall", self.recall)):
            told[name] = round(share.value, 2) if share.n else None
            told[f"{name}_interval"] = [round(bound, 2) for bound in share.interval] if share.n else None
        return {**told, "claimed": self.claimed, "n": self.true, "date": self.date}


@cache
def measured() -> tuple[Measured, ...]:
    """Return all that was measured of this version (tools/train_sentences.py)."""
    text = (resources.files("amends.coach") / "measured.toml").read_text("utf-8")
    return tuple(Measured(**row) for row in tomllib.loads(text)["measured"])
