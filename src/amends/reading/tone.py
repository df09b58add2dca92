"""Kind reports of a trouble and mock praise: what a short message means beside what its words weigh one by one.

"Thank you" cools, "cracked" heats, and a sum of both takes a friendly report for content. Signs in pairs, letters and
heads that were taught by such messages move what reading says of complaint and heat; the shorter a message, the more.
`weights/tone.npz` holds linear heads over the encoder's vector, `<tag>-tone.npz` the letters, `tone.toml` what each
sign weighs, all made by tools/train_tone.py (docs/decisions/0193).
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.reading.letters import Columns, stored
from amends.reading.odds import log_odds, probability
from amends.reading.sounding import heads
from amends.vocabulary import JsonObject, LanguageTag

VERSION: Final = "tone-1"
COLUMNS: Final = ("complaint", "least.1", "least.2", "least.3", "irony", "glad")
STEPS: Final = 4
SHORT: Final = 3.0
"""Sentences up to which a message is heard by its tone in full."""
GENTLE: Final = ("thanks", "soft", "praise", "request", "glad_faces")
MOST_GENTLE: Final = 2.0
JOY_GONE: Final = 0.65
"""What is gone of joy in a message that complains, more likely than not."""
ANGER: Final = 0.25
SADNESS: Final = 0.6
"""What of joy that is gone is anger of an upset writer, and disappointment where nobody is upset."""
NEAR: Final = "short."
Weigh = Callable[[str, float], float]
_WEIGHTS: Final = resources.files("amends.reading") / "weights"
_LETTERS: Final = tuple(f"letters.{name}" for name in COLUMNS)
_SOUNDS: Final = tuple(f"sounds.{name}" for name in COLUMNS)


@dataclass(frozen=True, kw_only=True)
class Tone:
    """What reading says before tone is heard: probabilities, and the signs that may move them.

    `quick`: the complaint by words alone. `length`: sentences.
    """

    steps: tuple[float, ...]
    complaint: float
    quick: float
    signs: Mapping[str, float]
    length: int

    @property
    def shortness(self) -> float:
        """Return 1 for a short message, less for a longer one."""
        return min(1.0, SHORT / max(1, self.length))

    def complaint_heard(self, *, language: LanguageTag, full: bool) -> float:
        """Return how likely a complaint is once tone is heard. `full`: an encoder was asked."""
        part = weights("complaint", full=full)
        if language not in part["bias"]:
            return self.complaint
        own = {"odds": log_odds(self.complaint), "quick": log_odds(self.quick)}
        return probability(part["bias"][language] + self._weighed("complaint", own, full=full))

    def steps_heard(self, *, language: LanguageTag, full: bool) -> tuple[float, ...]:
        """Return the probabilities of the steps once tone is heard. `full`: an encoder was asked."""
        part = weights("heat", full=full)
        if language not in part["bias"]:
            return self.steps
        shared = self._weighed("heat", {"quick": log_odds(self.quick)}, full=full)
        own, short = part["weights"]["odds"], part["weights"]["short.odds"] * self.shortness
        odds = (
            (own + short) * log_odds(chance) + shared + bias
            for chance, bias in zip(self.steps, part["bias"][language], strict=True)
        )
        return tuple(accumulate(map(probability, odds), min))

    def told(self, own: Mapping[str, float]) -> dict[str, float]:
        """Return all signs by name: what reading says itself (`own`) once in full and once by how short it is."""
        short = self.shortness
        near = {_near(name): value * short for name, value in {**own, **self.signs}.items()}
        sounding = {name: self.signs[name] for name in _SOUNDS if name in self.signs}
        return {**own, **sounding, **near, "short": short, "brief": 1 / (1 + self.length)}

    def _weighed(self, what: str, own: Mapping[str, float], *, full: bool) -> float:
        """Return what all of `told` weighs together, without writing it out: most of it is 0."""
        weigh, weigh_near = _weights(what, full=full)
        near = sum([weigh_near(name, 0.0) * value for name, value in self.signs.items() if value])
        near += sum([weigh_near(name, 0.0) * value for name, value in own.items()]) + weigh("short", 0.0)
        plain = sum([weigh(name, 0.0) * value for name, value in own.items()]) + weigh("brief", 0.0) / (1 + self.length)
        return plain + near * self.shortness + sum([weigh(name, 0.0) * self.signs.get(name, 0.0) for name in _SOUNDS])


def signs(
    features: Mapping[str, float], *, letters: Mapping[str, float], sounds: Mapping[str, float]
) -> dict[str, float]:
    """Return what speaks for a tone. `features`: of `calibrate`; `letters` and `sounds`: COLUMNS under their names."""
    trouble = min(1.0, features["trouble"] + features["hints"] / 2)
    gentle = min(MOST_GENTLE, sum(features[name] for name in GENTLE))
    paired = {
        "trouble.gently": trouble * gentle,
        "trouble.mocked": trouble * min(1.0, features["sarcasm"]),
        "trouble.settled": trouble * features["settled"],
        "trouble.asked": trouble * (features["question"] + features["asks"]),
        "praise.mocked": features["praise"] * features["sarcasm"],
        "thanks.request": features["thanks"] * features["request"],
    }
    return {**features, **paired, **letters, **sounds}


@cache
def letters(tag: LanguageTag) -> Columns | None:
    """Return what letters were taught of COLUMNS in a language, None where nothing was."""
    return stored(Columns, f"{tag}-tone.npz")


def letters_of(row: NDArray[np.float32] | None) -> dict[str, float]:
    """Return COLUMNS as letters speak for them (`letters.irony`); nothing where none were taught."""
    return {} if row is None else dict(zip(_LETTERS, row.tolist(), strict=True))


def sounds_of(vector: NDArray[np.float32]) -> dict[str, float]:
    """Return COLUMNS as the encoder's vector speaks for them (`sounds.irony`)."""
    return dict(zip(_SOUNDS, heads("tone").odds(vector), strict=True))


def without_mock_joy(felt: Mapping[str, float], *, complaint: float, upset: float) -> dict[str, float]:
    """Return feelings (0–1) where thanks and mock praise of a complaint are no joy, but anger or sadness.

    `complaint`: how likely the message complains; `upset`: how likely its writer is clearly upset.
    """
    gone = felt["joy"] * min(1.0, 2 * complaint) * JOY_GONE
    return {
        **felt,
        "joy": felt["joy"] - gone,
        "anger": max(felt["anger"], gone * upset * ANGER),
        "sadness": max(felt["sadness"], gone * (1 - upset) * SADNESS),
    }


@cache
def _near(name: str) -> str:
    return f"{NEAR}{name}"


@cache
def _weights(what: str, *, full: bool) -> tuple[Weigh, Weigh]:
    """Return the weight of a sign by its name, as it stands and by how short the message is."""
    table: dict[str, float] = weights(what, full=full)["weights"]
    near = {name.removeprefix(NEAR): value for name, value in table.items() if name.startswith(NEAR)}
    return table.get, near.get


def weights(name: str, *, full: bool) -> JsonObject:
    """Return what signs weigh of `complaint` or `heat`, with the bias of each language. `full`: with an encoder."""
    part: JsonObject = _stored()["full" if full else "quick"][name]
    return part


@cache
def _stored() -> JsonObject:
    return tomllib.loads((_WEIGHTS / "tone.toml").read_text(encoding="utf-8"))
