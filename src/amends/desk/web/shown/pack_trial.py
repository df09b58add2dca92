"""A trial of a pack, made ready for the page: how far it is, and where it would have spoken."""

from dataclasses import dataclass
from typing import Final

from amends.desk.access_to_coach import sent_replies_for, trials_for
from amends.desk.models import Agent, Case, CoachPack, Job, PackTrial
from amends.desk.operations.pack_trial import LONGEST
from amends.vocabulary import LanguageTag

UNDER_WAY: Final = "under_way"


@dataclass(frozen=True, kw_only=True)
class Fired:
    """One reply on which the pack would have spoken; `found`: each rule with its words, "" for the reply as a whole."""

    case: Case
    language: LanguageTag
    found: list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class ShownTrial:
    """A trial and its `state`: under_way, done, problem, given_up when the worker failed at it too often, or newer
    when it was left for a newer one.

    `is_of_this_text`: of the words in the form, not of some that were changed since.
    """

    row: PackTrial
    state: str
    is_of_this_text: bool
    fired: list[Fired]

    @property
    def is_under_way(self) -> bool:
        """Return whether there is more to come."""
        return self.state == UNDER_WAY

    @property
    def all_replies(self) -> int:
        """Return how many replies it looks at, of any language."""
        return len(self.row.replies)

    @property
    def percent(self) -> int:
        """Return on how many of a hundred replies it would speak."""
        return round(100 * self.row.fired / self.row.tried) if self.row.tried else 0


def trial_of(pack: CoachPack, *, reader: Agent, text: str) -> ShownTrial | None:
    """Return the newest trial of a pack, None for one never tried; `text` is what stands in the form."""
    newest = trials_for(reader).filter(pack=pack).first()
    return shown_trial(newest, reader=reader, text=text) if newest else None


def shown_trial(row: PackTrial, *, reader: Agent, text: str | None = None) -> ShownTrial:
    """Return a trial for the page; `text` None: whatever it was about."""
    is_of_this = text is None or row.text == text
    return ShownTrial(row=row, state=_state(row), is_of_this_text=is_of_this, fired=_fired(row, reader))


def _state(row: PackTrial) -> str:
    if row.problem:
        return "problem"
    if row.done_at is not None:
        return "done"
    if row.job is None or row.job.state == Job.State.DEAD:
        return "given_up"
    return "newer" if row.job.state == Job.State.DONE else UNDER_WAY


def _fired(row: PackTrial, reader: Agent) -> list[Fired]:
    """Return the replies it spoke on, of those that are still there and that the reader may see."""
    there = sent_replies_for(reader).in_bulk([one["message"] for one in row.shown])
    return [
        Fired(
            case=there[one["message"]].conversation.case,
            language=there[one["message"]].language or row.language,
            found=[(rule, there[one["message"]].new_text[:LONGEST][a:b]) for rule, a, b in one["found"]],
        )
        for one in row.shown
        if one["message"] in there
    ]
