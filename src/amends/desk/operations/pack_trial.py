"""How often a pack would have fired on the replies that were sent lately, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from amends.coach.finding import Finding
from amends.coach.own import fires, only_of, with_own
from amends.desk.models import Case, Message
from amends.languages import guess, load
from amends.vocabulary import CaseView, Fault, LanguageTag

MOST_REPLIES: Final = 1_000
MOST_SHOWN: Final = 25
LONGEST: Final = 4_000
"""Code points of a reply that are tried: what matters stands before the old mails below it."""


@dataclass(frozen=True, kw_only=True)
class Fired:
    """One reply on which a pack would have spoken; `found`: rule and words."""

    case: Case
    language: LanguageTag
    text: str
    findings: tuple[Finding, ...]

    @property
    def found(self) -> list[tuple[str, str]]:
        """Return each rule that fires with the words it fires on, none for the reply as a whole."""
        return [(finding.rule, finding.span.of(self.text)) for finding in self.findings]


@dataclass(frozen=True, kw_only=True)
class Trial:
    """`fired` of `tried` replies of that language; `shown` are the latest of them. `all_replies`: of any language."""

    all_replies: int
    tried: int
    fired: int
    findings: int
    shown: tuple[Fired, ...]

    @property
    def percent(self) -> int:
        """Return on how many of a hundred replies it would speak."""
        return round(100 * self.fired / self.tried) if self.tried else 0


def tried_on(replies: Sequence[Message], *, name: str, text: str, language: LanguageTag) -> Trial:
    """Return what a pack finds in replies, the latest first. Raises BadPack for one that cannot be read."""
    spoken = load(language)
    rules = only_of(with_own(spoken, {name: text}), name)
    fired: list[Fired] = []
    tried = findings = 0
    for reply in replies[:MOST_REPLIES]:
        words, case = reply.new_text[:LONGEST], reply.conversation.case
        tag = guess.nearest(guess.language(words, prefer=reply.language or case.language or None)[0])
        if load(tag) is not spoken:
            continue
        tried += 1
        view = CaseView(fault=Fault(case.fault), anger=case.intensity, customer_name=case.customer.name)
        if found := tuple(fires(rules, words, case=view)):
            findings += len(found)
            fired.append(Fired(case=case, language=tag, text=words, findings=found))
    return Trial(
        all_replies=len(replies), tried=tried, fired=len(fired), findings=findings, shown=tuple(fired[:MOST_SHOWN])
    )  # fmt: skip
