"""Heat over time: each message's heat, and what changed after a reply of ours."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from amends.vocabulary import Heat, Moment


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One reply of ours as it left; `id` names it."""

    at: Moment
    id: int


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a customer's next words showed after we answered.

    `reply` is the last answer before those words, `answers` how many of ours stood between: with more than one, none
    of them can be said to have done it alone. `steps`: intensity after less before; below zero is calmer. It is what
    followed, not proof of what caused it: people also calm down, or boil over, by themselves.
    """

    reply: int
    answers: int
    before: Heat
    after: Heat

    @property
    def steps(self) -> int:
        """Return how many steps of intensity it changed by."""
        return int(self.after.intensity) - int(self.before.intensity)

    @property
    def calmer_by(self) -> float:
        """Return by how much the probability of anger fell, -1 to 1."""
        return self.before.anger_probability - self.after.anger_probability


def changes(heats: Sequence[Heat], answers: Sequence[Answer]) -> list[Change]:
    """Return the change after each stretch of our answers that the customer wrote after, in order of time.

    Answers before their first or after their last message changed nothing that anybody can see.
    """
    in_time = sorted(heats, key=lambda heat: (heat.at, heat.message_id))
    ours = sorted(answers, key=lambda answer: (answer.at, answer.id))
    found = []
    for before, after in itertools.pairwise(in_time):
        between = [answer for answer in ours if before.at < answer.at <= after.at]
        if between:
            found.append(Change(reply=between[-1].id, answers=len(between), before=before, after=after))
    return found


def calmed(found: Sequence[Change], *, from_intensity: int = 2) -> tuple[int, int]:
    """Return how many changes from `from_intensity` or more led below it, and how many there were."""
    upset = [change for change in found if change.before.intensity >= from_intensity]
    return sum(change.after.intensity < from_intensity for change in upset), len(upset)
