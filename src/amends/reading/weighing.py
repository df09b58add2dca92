"""What claims are weighed by, kept ready: a message is asked about some forty claims, each in one short loop."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from amends.reading.claims import weighed

Kind = TypeVar("Kind", bound=str)


@dataclass(frozen=True, kw_only=True, eq=False)
class Weights:
    """One table of the weights for one tier. `least`: the log-odds from which a claim is made, where one is set.

    Of threats those from which F1 is best on messages not learnt from; of wishes, those from which as many are claimed
    as authors name.
    """

    weights: Mapping[str, float]
    bias: Mapping[str, float]
    least: Mapping[str, float]

    def total(self, signs: Mapping[str, float]) -> float:
        """Return what signs add to the log-odds of every kind alike."""
        weight_of = self.weights.get
        return sum([weight_of(sign, 0.0) * value for sign, value in signs.items() if value])

    def told(self, name: str, *, letters: float, cues: float, alike: float = 0.0) -> float:
        """Return the log-odds of a cause, up to a constant; `alike` counts only where the encoder's table weighs it."""
        get = self.weights.get
        summed = get("letters", 0.0) * letters + get("cues", 0.0) * cues
        return self.bias[name] + summed + get("alike", 0.0) * alike

    def odds(self, claims: Mapping[Kind, Mapping[str, float]], *, around: Mapping[str, float]) -> dict[Kind, float]:
        """Return the log-odds of some claims by the signs of each and those `around`, which are of all alike."""
        shared, weight_of, bias = self.total(around), self.weights.get, self.bias
        return {
            kind: shared + bias[kind] + sum([weight_of(sign, 0.0) * value for sign, value in signs.items() if value])
            for kind, signs in claims.items()
        }


@cache
def weights(what: str, *, full: bool) -> Weights:
    """Return a table of the weights. `full`: of the tier with an encoder."""
    part = weighed()[what]["full" if full else "quick"]
    return Weights(weights=part["weights"], bias=part["bias"], least=part.get("least", {}))
