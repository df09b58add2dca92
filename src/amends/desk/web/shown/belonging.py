"""Beside each message: why it lies here, who sent it, and what may be done about either."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from amends.desk.access import events_for, markings_for, moves_for
from amends.desk.models import Agent, Case, CaseMove, Marking, Message
from amends.desk.operations.moving import why_it_stays
from amends.desk.operations.rows import VOICES
from amends.desk.web.trust_words import SPLIT, VERDICT, reasons, why_here
from amends.flow.topic import split_reason
from amends.mail.trust import Verdict

OFFERED_FOR: Final = timedelta(days=30)
MOST_OFFERED: Final = 3


@dataclass(frozen=True, kw_only=True)
class Belonging:
    """All in words. `odd`: what must be seen at once; `stranger`: the writer's address when they take no part yet;
    `split`: why a case of its own is offered, "" when it is not; `marking`: an agent's word on what is new here."""

    why: str
    sender: str
    is_false: bool
    verdict: str
    reasons: list[str]
    odd: list[str]
    stranger: str
    split: str
    marking: Marking | None


def belongings(case: Case, rows: Sequence[Message], agent: Agent) -> dict[int, Belonging]:
    """Return what stands beside each letter of a person; `rows` are all messages of the case, oldest first."""
    theirs = [m for m in rows if m.direction == Message.Direction.IN and m.kind in VOICES]
    handles = set(case.customer.handles.filter(channel="email").values_list("value", flat=True))
    marked = {m.message_id: m for m in markings_for(agent).filter(message__in=theirs, undone_at=None).order_by("pk")}
    offered = _offer(case, rows, theirs, agent)
    return {
        message.pk: _belonging(message, handles, marked.get(message.pk), offered if message is theirs[-1] else "")
        for message in theirs
    }


def recent_moves(case: Case, agent: Agent, *, now: datetime) -> list[CaseMove]:
    """Return the latest merges, splits and moves of a case that can still be taken back."""
    rows = moves_for(agent).filter(undone_at=None, at__gte=now - OFFERED_FOR)
    both = (rows.filter(source=case) | rows.filter(target=case)).select_related("by").order_by("-pk")
    return [done for done in both[:MOST_OFFERED] if not why_it_stays(done)]


def split_from(case: Case, agent: Agent) -> int | None:
    """Return the number of the case this one was split off, None for a case that began by itself."""
    if case.linked_to_id is None:
        return None
    moves = moves_for(agent).filter(target=case, source=case.linked_to_id, kind=CaseMove.Kind.SPLIT, undone_at=None)
    return case.linked_to_id if moves.exists() else None


def _belonging(message: Message, handles: set[str], marking: Marking | None, split: str) -> Belonging:
    sender = message.sender.lower()
    known = not sender or sender in handles or sender in message.conversation.participants
    is_letter = message.conversation.channel == "email"
    return Belonging(
        why=why_here(message),
        sender=message.sender,
        is_false=message.trust == Verdict.FAIL,
        verdict=str(VERDICT.get(message.trust, "")) if is_letter else "",
        reasons=reasons(message, openly=False),
        odd=reasons(message, openly=True),
        stranger="" if known else message.sender,
        split=split,
        marking=marking,
    )


def _offer(case: Case, rows: Sequence[Message], theirs: Sequence[Message], agent: Agent) -> str:
    """Return why their last letter may begin another trouble; once we have answered it, nothing is offered."""
    if len(rows) < 2 or not theirs or theirs[-1] is not rows[-1] or theirs[-1] is rows[0]:
        return ""
    last, before = rows[-1], rows[-2]
    rested = events_for(agent).filter(case=case, kind="case.resolved", at__gte=before.at, at__lte=last.at)
    earlier = [m for m in rows[:-1] if m.direction == Message.Direction.IN]
    reason = split_reason(
        subject=last.subject,
        subject_before=next((m.subject for m in reversed(earlier) if m.subject), last.conversation.subject),
        orders=_orders([last]),
        orders_before=_orders(earlier),
        quiet_for=max(last.at - before.at, timedelta(0)),
        rested=rested.exists(),
    )
    return str(SPLIT[reason]) if reason else ""


def _orders(messages: Sequence[Message]) -> set[str]:
    read = [m.reading.reading for m in messages if getattr(m, "reading", None)]
    return {str(fact["value"]).casefold() for row in read for fact in row.get("facts", ()) if fact["kind"] == "order"}
