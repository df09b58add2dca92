"""How often each detector of a rule is right, and how much it finds, on sentences it was not taught with."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

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
    def precision(self) -> float | None:
        """Return how many claims were right, 0–1; None without a claim."""
        return self.right / self.claimed if self.claimed else None

    @property
    def recall(self) -> float | None:
        """Return how many of those there were found, 0–1; None where there were none."""
        return self.right / self.true if self.true else None

    def as_json(self) -> JsonObject:
        """Return the figures with their shares, two decimals each."""
        shares = {"precision": self.precision, "recall": self.recall}
        rounded = {name: None if share is None else round(share, 2) for name, share in shares.items()}
        return {"language": self.language, "detector": self.detector, **rounded, "n": self.true, "date": self.date}


@cache
def measured() -> tuple[Measured, ...]:
    """Return all that was measured of this version (tools/train_sentences.py)."""
    text = (resources.files("amends.coach") / "measured.toml").read_text("utf-8")
    return tuple(Measured(**row) for row in tomllib.loads(text)["measured"])
