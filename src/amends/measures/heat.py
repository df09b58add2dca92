"""Heat over time: each message's heat, what changed after a reply of ours, and how hot a case then stands."""

import itertools
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from amends.vocabulary import Heat, Intensity, Moment


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One reply of ours as it left; `id` names it."""

    at: Moment
    id: int


@dataclass(frozen=True, kw_only=True)
class Sign:
    """One thing that shows how upset a customer is: a message, or their own word for it.

    `is_plain`: it shows no feeling either way, like "Any news?". `anger` and `message_id`: None for their own word.
    """

    at: Moment
    intensity: Intensity
    anger: float | None = None
    message_id: int | None = None
    is_plain: bool = False


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


def felt(heats: Sequence[Heat], *, plain: Container[int], settled: Sequence[Moment] = ()) -> list[Heat]:
    """Return the heats, in order of time, without those that show no feeling after one that did (ADR 0164).

    `plain`: the ids of messages that show none, like "My order number is 123": nobody calmed down by writing it.
    `settled`: when they said that all is solved; the first they write after that counts as it reads.
    """
    shown: list[Heat] = []
    for heat in sorted(heats, key=lambda heat: (heat.at, heat.message_id)):
        counts = not shown or heat.message_id not in plain or heat.intensity >= shown[-1].intensity
        if counts or _any_between(settled, shown[-1].at, heat.at):
            shown.append(heat)
    return shown


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


def standing(signs: Sequence[Sign], answers: Sequence[Moment], *, settled: Sequence[Moment] = ()) -> Sign | None:
    """Return how upset a customer is after all they showed; None when they showed nothing. ADR 0164.

    What shows no feeling wipes none: before we answer they are as upset as before, after an answer one step less.
    `settled`: when they said that all is solved; what they write after that counts as it reads.
    """
    in_time = sorted(signs, key=lambda sign: sign.at)
    if not in_time:
        return None
    heat = in_time[0]
    for before, sign in itertools.pairwise(in_time):
        if not sign.is_plain or sign.intensity >= heat.intensity or _any_between(settled, before.at, sign.at):
            heat = sign if sign.anger is not None else replace(sign, anger=heat.anger)
        elif _any_between(answers, before.at, sign.at):
            heat = replace(heat, intensity=Intensity(heat.intensity - 1))
    return heat


def calmed(found: Sequence[Change], *, from_intensity: int = 2) -> tuple[int, int]:
    """Return how many changes from `from_intensity` or more led below it, and how many there were."""
    upset = [change for change in found if change.before.intensity >= from_intensity]
    return sum(change.after.intensity < from_intensity for change in upset), len(upset)


def _any_between(moments: Sequence[Moment], after: Moment, until: Moment) -> bool:
    return any(after < moment <= until for moment in moments)
