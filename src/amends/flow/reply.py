"""A reply before it is sent: what the coach says of it, and what it promises."""

from dataclasses import dataclass

from amends.coach.finding import Verdict
from amends.coach.review import review
from amends.languages import guess, load
from amends.promises.find import find_promises
from amends.promises.values import FoundPromise
from amends.vocabulary import CaseView, LanguageTag, Moment


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a draft looks like to others: `verdict` of the coach, `promises` found and not yet confirmed."""

    verdict: Verdict
    promises: tuple[FoundPromise, ...]
    language: LanguageTag


def preview(
    text: str,
    *,
    case: CaseView,
    message: str | None,
    at: Moment,
    country: str | None,
    interface: LanguageTag,
    now: Moment,
    expected: LanguageTag | None = None,
) -> Preview:
    """Return the coach's verdict and the promises of a reply.

    `message`: what the customer wrote last. `at`: now by the clock that "by Friday" means, with its offset.
    `country`: whose public holidays count. `interface`: the language of the reasons. `expected`: the language the
    customer writes, which decides while a draft is too short to tell.
    """
    language, _ = guess.language(text, prefer=expected)
    pack = load(language)
    return Preview(
        verdict=review(text, case=case, message=message, pack=pack, now=now, interface=interface),
        promises=tuple(find_promises(text, at=at, pack=pack, country=country)),
        language=language,
    )
