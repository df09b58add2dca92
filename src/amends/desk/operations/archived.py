"""Mail that was imported counts from its own date; what is older than people said is history, and waits for nobody."""

from datetime import datetime
from typing import Final

from amends.desk.models import Case, RawMessage
from amends.mail.letter import Letter
from amends.vocabulary import Moment

IMPORTED: Final = "file"
"""The channel of mails that people import from a disk."""
HISTORY_BEFORE: Final = "history_before"
OLDEST_BELIEVED: Final = 1990


def counts_from(raw: RawMessage, letter: Letter) -> Moment:
    """Return since when a message counts: when we got it, but for an imported mail when it was written.

    A date in the future, or from before there was mail as we know it, is not believed.
    """
    written = letter.date
    if raw.channel != IMPORTED or written is None or written.year < OLDEST_BELIEVED:
        return raw.received_at
    return min(written, raw.received_at)


def is_history(raw: RawMessage, *, at: Moment) -> bool:
    """Return whether an imported mail is older than those that people still want to answer."""
    before = raw.envelope.get(HISTORY_BEFORE)
    return raw.channel == IMPORTED and bool(before) and at < datetime.fromisoformat(before)


def let_rest_as_history(case: Case, *, at: Moment) -> None:
    """Let old words stand on their case without anybody waiting; a case that has only such words rests.

    A case that is alive stays as it is. The caller holds the case and writes it.
    """
    case.last_customer_at = max(filter(None, (case.last_customer_at, at)))
    if _is_all_history(case):
        case.status, case.ending, case.waiting_since = Case.Status.RESOLVED, Case.Ending.HISTORY, None
        case.resolved_at = case.last_customer_at


def _is_all_history(case: Case) -> bool:
    is_fresh = case.status == Case.Status.OPEN and case.waiting_since is None and case.last_reply_at is None
    return is_fresh or case.ending == Case.Ending.HISTORY
