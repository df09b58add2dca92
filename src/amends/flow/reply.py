"""A reply before it is sent: what the coach says of it, and what it promises."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from amends.coach.culture import Voice
from amends.coach.finding import Apology, Verdict
from amends.coach.limits import USUAL, Limits
from amends.coach.own import Files, with_own
from amends.coach.pack import RuleSet
from amends.coach.review import review, score
from amends.coach.strictness import CALM, Because, Occasion, raised, reasons
from amends.languages import LanguagePack, guess, load
from amends.ports import Embedder
from amends.promises.calendar import UnknownCountry, WorkCalendar
from amends.promises.find import find_promises
from amends.promises.values import Basis, FoundPromise
from amends.vocabulary import BadPack, CaseView, Deed, Fact, LanguageTag, Moment, Stage, TextTooLong

UsualDay = Callable[[Deed, LanguageTag], tuple[Moment, str] | None]
"""By when such a thing is usually done, and that day in words of that language; None where nobody knows."""


OwnFiles = Callable[[LanguagePack], Files]
"""The packs that somebody here wrote for a language."""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a draft looks like to others: `verdict` of the coach, `promises` found and not yet confirmed.

    `gaps` says in words what could not be looked at; the verdict on it is then empty, and the reply can be sent all
    the same: a broken rule pack costs advice, never an answer to a customer. `why_strict`: why it is read
    more strictly.
    """

    verdict: Verdict
    promises: tuple[FoundPromise, ...]
    language: LanguageTag
    gaps: tuple[str, ...] = ()
    why_strict: tuple[Because, ...] = ()


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
    embed: Embedder | None = None,
    hours: WorkCalendar | None = None,
    usual_day: UsualDay | None = None,
    occasion: Occasion = CALM,
    limits: Limits = USUAL,
    voice: Voice | None = None,
    recent: Sequence[str] = (),
    own: OwnFiles | None = None,
) -> Preview:
    """Return the coach's verdict and the promises of a reply.

    `message`: what the customer wrote last. `at`: now by the clock that "by Friday" means, with its offset.
    `country`: whose public holidays count. `interface`: the language of the reasons. `expected`: the language the
    customer writes, which decides while a draft is too short to tell. `embed`: the encoder the coach may ask.
    `hours`: when the desk works, whose country gives way to `country`. `usual_day` is asked where the reply
    names no real time, so that the coach can propose one. `occasion` and `limits`: how strictly it is read.
    `voice`: who writes to whom, for the next best sentence. `recent`: what the writer sent to others lately.
    `own`: the packs that somebody here wrote; one that cannot be read any more is a gap, and the rest speaks.
    """
    language, _ = guess.language(text, prefer=expected)
    pack, gaps = load(language), list[str]()
    promises = _promises(text, at=at, pack=pack, country=country, hours=hours or WorkCalendar(), gaps=gaps)
    case = _with_a_date(case, promises, language, usual_day) if usual_day else case
    try:
        verdict = review(
            text, case=case, message=message, pack=pack, embed=embed, now=now, interface=interface, voice=voice,
            recent=recent, rules=_own_rules(pack, own, gaps),
        )  # fmt: skip
    except (BadPack, TextTooLong) as gap:
        verdict = _nothing_said(language)
        gaps.append(str(gap))
    return Preview(
        verdict=_as_grave(verdict, occasion, limits),
        promises=promises,
        language=language,
        gaps=tuple(gaps),
        why_strict=reasons(occasion, limits),
    )


def _own_rules(pack: LanguagePack, own: OwnFiles | None, gaps: list[str]) -> RuleSet | None:
    """Return the rules with somebody's own; None for those that ship alone."""
    files = own(pack) if own is not None else {}
    try:
        return with_own(pack, files) if files else None
    except BadPack as gap:
        gaps.append(str(gap))
        return None


def _as_grave(verdict: Verdict, occasion: Occasion, limits: Limits) -> Verdict:
    """Return the verdict with its findings as grave as the occasion makes them, and the score that follows."""
    found = raised(verdict.findings, occasion=occasion, limits=limits)
    return verdict if found == verdict.findings else replace(verdict, findings=found, score=score(found))


def _with_a_date(
    case: CaseView, promises: Sequence[FoundPromise], language: LanguageTag, usual_day: UsualDay
) -> CaseView:
    """Return the case with a real date to propose instead of vague times; the latest, where they are of several."""
    deeds = {promise.what for promise in promises if promise.basis is Basis.VAGUE}
    found = [day for deed in sorted(deeds) if (day := usual_day(deed, language)) is not None]
    if not found or len(found) < len(deeds):
        return case
    return replace(case, facts=(*case.facts, Fact(kind="date", value=max(found)[1])))


def _promises(
    text: str, *, at: Moment, pack: LanguagePack, country: str | None, hours: WorkCalendar, gaps: list[str]
) -> tuple[FoundPromise, ...]:
    try:
        return tuple(find_promises(text, at=at, pack=pack, calendar=replace(hours, country=country)))
    except UnknownCountry as gap:
        gaps.append(f"{country}: {gap}")
        return _promises(text, at=at, pack=pack, country=None, hours=hours, gaps=gaps)
    except (BadPack, TextTooLong) as gap:
        gaps.append(str(gap))
        return ()


def _nothing_said(language: LanguageTag) -> Verdict:
    unseen = dict.fromkeys(Stage, 0.0)
    return Verdict(language=language, findings=(), stages=unseen, apology=Apology(parts={}, score=0.0), score=0)
