"""What the coach says of a reply, for stories told by the ids of its rules."""

from collections.abc import Sequence

from amends.coach.review import review
from amends.languages import load
from amends.vocabulary import CaseView, LanguageTag


def rules(
    tag: LanguageTag,
    reply: str,
    message: str | None = None,
    *,
    recent: Sequence[str] = (),
    case: CaseView | None = None,
) -> set[str]:
    """Return which rules fire on a reply."""
    verdict = review(reply, message=message, case=case or CaseView(), pack=load(tag), recent=recent)
    return {found.rule for found in verdict.findings}
