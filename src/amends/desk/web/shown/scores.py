"""The coach's scores made ready for the page: parts there or missing, in words, each with what earned it. No points."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from amends.coach.finding import FULL, NextSentence, Verdict
from amends.coach.stages import STAGE_SHARES
from amends.text.spans import Span
from amends.vocabulary import Fault

NEVER_REQUIRED: Final = frozenset({"forgiveness"})
WHOLE, PART, NOT = "whole", "part", "not"


@dataclass(frozen=True, kw_only=True)
class ShownPart:
    """One part of a score: `state` whole, part or not; `quote`: the words of the draft that earned it."""

    name: str
    state: str
    quote: str


@dataclass(frozen=True, kw_only=True)
class Scores:
    """The parts of a reply: `steps` of the stages, of the `apology` (empty where none is due), of the `empathy`.

    `next_sentence`: None while an error stands, which goes first. `use`: the edit that puts it in.
    """

    steps: dict[str, list[ShownPart]]
    apology: list[ShownPart]
    empathy: list[ShownPart]
    next_sentence: NextSentence | None

    @property
    def use(self) -> str:
        """Return the edit of the next sentence as the composer takes it: `start-end-words`."""
        found = self.next_sentence
        return f"{found.place}-{found.place}-{found.insert}" if found else ""


def scores(verdict: Verdict, *, text: str, fault: str, open_errors: int) -> Scores:
    """Return the parts of a draft's scores. `fault`: whose it is; for theirs no apology is asked for."""
    is_due = fault != Fault.THEIRS.value or any(verdict.apology.parts.values())
    return Scores(
        steps={
            stage.value: list(
                _parts({label: 1.0 if label in verdict.steps else 0.0 for label in shares}, verdict.steps, text)
            )
            for stage, shares in STAGE_SHARES.items()
        },
        apology=list(_parts(verdict.apology.parts, verdict.apology.earned, text)) if is_due else [],
        empathy=list(
            _parts({n: level / FULL for n, level in verdict.empathy.levels.items()}, verdict.empathy.earned, text)
        ),
        next_sentence=None if open_errors else verdict.next_sentence,
    )


def _parts(shares: Mapping[str, float], earned: Mapping[str, Span], text: str) -> Iterator[ShownPart]:
    for name, share in shares.items():
        if share or name not in NEVER_REQUIRED:
            quote = earned[name].of(text) if name in earned else ""
            yield ShownPart(name=name, state=_state(share), quote=quote)


def _state(share: float) -> str:
    if share >= 1:
        return WHOLE
    return PART if share > 0 else NOT
