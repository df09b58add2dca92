"""Whether a letter that came into a case seems to begin another trouble. Only ever an offer; a person decides."""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum
from typing import Final

from amends.flow.intake import plain_subject

LONG_QUIET: Final = timedelta(days=60)
QUIET_AFTER_REST: Final = timedelta(days=7)


class SplitReason(StrEnum):
    """Why a case of its own may suit a letter better."""

    OTHER_ORDER = "other_order"
    LONG_QUIET = "long_quiet"
    RESTED = "rested"


def split_reason(
    *,
    subject: str,
    subject_before: str,
    orders: Collection[str],
    orders_before: Collection[str],
    quiet_for: timedelta,
    rested: bool,
) -> SplitReason | None:
    """Return why a letter may be about something else than its case, None when it goes on with it.

    `orders`: order numbers it names; `orders_before` those named earlier; `quiet_for`: since the last words before it;
    `rested`: the case was resolved in between. An order or a subject alone is no other topic: people name orders late,
    and mail programs and colleagues change subjects.
    """
    is_titled_anew = bool(plain_subject(subject)) and _plain(subject) != _plain(subject_before)
    if is_titled_anew and set(orders) - set(orders_before) and orders_before:
        return SplitReason.OTHER_ORDER
    if quiet_for >= LONG_QUIET:
        return SplitReason.LONG_QUIET
    return SplitReason.RESTED if rested and quiet_for >= QUIET_AFTER_REST else None


def _plain(subject: str) -> str:
    return " ".join(plain_subject(subject).casefold().split())
