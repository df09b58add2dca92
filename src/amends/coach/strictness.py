"""How strictly a reply is read: as strictly as the occasion asks, and never less than the catalogue says.

Under stress the words that hurt slip out (R69), the first reply decides most (R157), and what is true but unwanted is
never less wanted than in a first reply (R204). So a finding may rise by one level, and none ever falls. ADR 0116.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from amends.coach.catalogue import catalogue
from amends.coach.finding import Detector, Finding, Severity
from amends.coach.limits import USUAL, Limits
from amends.vocabulary import Stage

SHAMING: Final = frozenset({"staff.shamed", "blame.department", "blame.customer", "org.internal"})
"""What is written first under stress: somebody is to blame."""
SHORT_OF_PATIENCE: Final = frozenset({"impatient", "condescend", "tone.mirror", "tone.defensive", "evasive"})
"""What is written next: heat that is not yet shouting."""
FIRST_THINGS: Final = frozenset({"restate.missing", "feel.named", "thanks.missing", "name.missing"})
"""What does most at the very start (R157)."""
UNWANTED_AT_FIRST: Final = frozenset({"blame.customer", "isolate", "minimise", "argue.fairness", "excuse", "condescend",
                                      "explain.long", "focus.self"})  # fmt: skip
"""True perhaps, and not wanted yet (R204): the milder findings of these rules."""
TO_THE_ANGRY: Final = frozenset({"apology.thin", "empathy.thin", "feel.named"})
"""What an angry customer waits for."""
IN_THE_WORDS: Final = frozenset({Detector.PHRASE, Detector.PATTERN})
"""Only what stands there in words may become an error: a count or a surmise may be wrong, and an error asks for a
written reason."""


class Because(StrEnum):
    """Why a reply is read more strictly."""

    FIRST_REPLY = "first_reply"
    ANGRY = "angry"
    BUSY = "busy"
    LATE_HOUR = "late_hour"


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """When a reply is written: to whom, by somebody with how much in hand, at which hour of their own clock.

    `anger`: 0–4, None before the message was read. `walked`: stages of recovery the case has walked already.
    """

    is_first_reply: bool = False
    anger: int | None = None
    hot_cases: int = 0
    hour: int | None = None
    walked: frozenset[Stage] = frozenset()


CALM: Final = Occasion()


def reasons(occasion: Occasion, limits: Limits = USUAL) -> tuple[Because, ...]:
    """Return why a reply on this occasion is read more strictly, () when it is not."""
    holds: Mapping[Because, bool] = {
        Because.FIRST_REPLY: limits.is_first_reply_strict and occasion.is_first_reply,
        Because.ANGRY: _reaches(limits.angry_from, occasion.anger),
        Because.BUSY: _reaches(limits.busy_from, occasion.hot_cases),
        Because.LATE_HOUR: _is_late(occasion.hour, limits),
    }
    return tuple(reason for reason, is_so in holds.items() if is_so)


def raised(found: Sequence[Finding], *, occasion: Occasion, limits: Limits = USUAL) -> tuple[Finding, ...]:
    """Return the findings, each as grave as the occasion makes it. Their order and their words stay."""
    why = frozenset(reasons(occasion, limits))
    to_warnings, to_errors = _hints_raised(why), _warnings_raised(why)
    return tuple(_raise(finding, occasion, to_warnings, to_errors) for finding in found)


def _hints_raised(why: frozenset[Because]) -> frozenset[str]:
    first = FIRST_THINGS | UNWANTED_AT_FIRST if Because.FIRST_REPLY in why else frozenset[str]()
    angry = TO_THE_ANGRY if Because.ANGRY in why else frozenset[str]()
    return first | angry | _warnings_raised(why)


def _warnings_raised(why: frozenset[Because]) -> frozenset[str]:
    """Return the rules that stress makes graver: shaming first, with more of it impatience too (R69)."""
    stress = len(why & {Because.BUSY, Because.LATE_HOUR})
    return frozenset[str]().union(*(SHAMING, SHORT_OF_PATIENCE)[:stress])


def _raise(finding: Finding, occasion: Occasion, to_warnings: frozenset[str], to_errors: frozenset[str]) -> Finding:
    if finding.severity is Severity.WARNING and finding.rule in to_errors and finding.detector in IN_THE_WORDS:
        return replace(finding, severity=Severity.ERROR)
    if finding.severity is Severity.HINT and finding.rule in to_warnings and _still_ahead(finding, occasion):
        return replace(finding, severity=Severity.WARNING)
    return finding


def _still_ahead(finding: Finding, occasion: Occasion) -> bool:
    """Return whether the stage a hint belongs to is still to be walked: what was done once is not asked for twice."""
    return catalogue()[finding.rule].stage not in occasion.walked


def _reaches(limit: int | None, value: int | None) -> bool:
    return limit is not None and value is not None and value >= limit


def _is_late(hour: int | None, limits: Limits) -> bool:
    return hour is not None and limits.late_from is not None and (hour >= limits.late_from or hour < limits.late_until)
