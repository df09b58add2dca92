"""How upset a message is against what is usual for this customer: some are always sharp, some never (R23, R25)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from amends.vocabulary import Intensity

USUAL_OF_ALL: Final = 1.6
"""The mean intensity of a customer nobody knows yet, steps 0–4: people who write to a care desk are half upset."""
WORTH_OF_ALL: Final = 3.0
"""How many messages of their own weigh as much as what all customers are like."""
MOST_REMEMBERED: Final = 20
NOTABLE: Final = 1.25
"""From so many steps above their usual on, it is worth a word: one step is within what two readers differ by."""


@dataclass(frozen=True, kw_only=True)
class AgainstUsual:
    """One message against its writer's own.

    `usual`: their usual intensity, 0–4, drawn towards all customers' while few messages are known; `steps`: how far
    this one lies above it, negative when calmer; `n`: how many earlier messages it rests on.
    """

    usual: float
    steps: float
    n: int

    @property
    def is_notable(self) -> bool:
        """Return whether they are clearly more upset than they usually are."""
        return self.n > 0 and self.steps >= NOTABLE


def against_usual(intensity: Intensity, *, before: Sequence[int]) -> AgainstUsual:
    """Return how upset a message is for this customer.

    `before`: the intensities of their earlier messages of all cases, 0–4, newest last; the last twenty count.
    """
    known = before[-MOST_REMEMBERED:]
    usual = (USUAL_OF_ALL * WORTH_OF_ALL + sum(known)) / (WORTH_OF_ALL + len(known))
    return AgainstUsual(usual=usual, steps=intensity - usual, n=len(known))
