"""Merge two cases, split words off into a new one, move words to another one; and take each back."""

from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.db.models import Q

from amends.desk.enqueue import enqueue
from amends.desk.events import record
from amends.desk.models import Agent, Case, CaseMove, Message, Reply
from amends.desk.operations.carrying import carry_case, carry_messages, follow_drafts, put_back
from amends.desk.operations.errors import CannotMove, CannotTakeBack
from amends.desk.operations.rows import VOICES, hold, raise_version, write
from amends.desk.operations.settling import rest_if_nobody_waits, settle
from amends.flow.intake import plain_subject
from amends.vocabulary import JsonObject, Moment

LIFE: Final = ("status", "resolved_at", "ending", "snoozed_until")
INHERITED: Final = ("order_id", "cause", "language", "owner_id", "team_id")
UNSAID: Final = {"cause": "", "language": "", "fault": Case.Fault.UNKNOWN}
HAPPENED: Final = {
    CaseMove.Kind.MERGE: "case.merged", CaseMove.Kind.SPLIT: "case.split", CaseMove.Kind.MOVE: "case.words_moved"
}  # fmt: skip


def merge(source: Case, *, into: Case, by: Agent, now: Moment) -> CaseMove:
    """Take everything of one case into another; the empty one leads there from then on. Raises CannotMove."""
    with transaction.atomic():
        _hold_both(source, into)
        if Case.Status.MERGED in {source.status, into.status}:
            raise CannotMove("One of these cases was merged already.")
        before = {"source": _columns(source, LIFE), "target": _columns(into, LIFE)}
        carried = carry_case(source, to=into, now=now)
        before["given"] = _inherit(into, source)
        if source.waiting_since is not None:
            into.snoozed_until = None
            write(into, "snoozed_until")
        _lead(source, to=into)
        settle(into)
        return _written(CaseMove.Kind.MERGE, source, into, carried=carried, before=before, by=by, now=now)


def split(messages: Sequence[Message], *, by: Agent, now: Moment) -> CaseMove:
    """Give some messages of a case a case of their own, for another trouble. Raises CannotMove when none would stay."""
    with transaction.atomic():
        source = hold(_case_of_all(messages))
        first = min(messages, key=lambda message: message.at)
        target = Case.objects.create(
            customer=source.customer, brand=source.brand, team=source.team, owner=source.owner, linked_to=source,
            subject=plain_subject(first.subject) or source.subject, language=source.language, opened_at=first.at,
        )  # fmt: skip
        record("case.opened", at=now, case=target, customer=source.customer_id, linked_to=source.pk)
        return _take(messages, CaseMove.Kind.SPLIT, source, target, by=by, now=now)


def move(messages: Sequence[Message], *, to: Case, by: Agent, now: Moment) -> CaseMove:
    """Take some messages of a case to another one. Raises CannotMove when none would stay: that is a merge."""
    with transaction.atomic():
        source = _case_of_all(messages)
        _hold_both(source, to)
        if to.status == Case.Status.MERGED:
            raise CannotMove("One of these cases was merged already.")
        return _take(messages, CaseMove.Kind.MOVE, source, to, by=by, now=now)


def take_back(done: CaseMove, *, by: Agent, now: Moment) -> CaseMove:
    """Undo a merge, split or move. Raises CannotTakeBack once something rests on it, and says what."""
    with transaction.atomic():
        source, target = done.source, done.target
        _hold_both(source, target)
        if reason := why_it_stays(hold(done)):
            raise CannotTakeBack(reason)
        put_back(done.carried, source=source, target=target)
        _restore(done, source, target)
        for case in (source, target):
            follow_drafts(case)
            settle(case)
        rest_if_nobody_waits(target)
        if done.kind == CaseMove.Kind.SPLIT:
            target.notes.update(case=source)
            target.drafts.all().delete()
            _lead(target, to=source)
        done.undone_at, done.undone_by = now, by
        write(done, "undone_at", "undone_by")
        _tell("case.move_undone", done, by=by, now=now)
    return done


def why_it_stays(done: CaseMove) -> str:
    """Return what rests on a merge, split or move by now; empty while it can be taken back."""
    both = (done.source_id, done.target_id)
    later = CaseMove.objects.filter(pk__gt=done.pk, undone_at=None)
    conversations = [*done.carried["conversations"], *done.carried["begun"]]
    answered = Reply.objects.filter(conversation__in=conversations, queued_at__gt=done.at, automatic=False)
    came = Message.objects.filter(conversation__in=done.carried["begun"]).exclude(pk__in=_messages(done))
    if done.undone_at is not None:
        return "It was taken back already."
    if later.filter(Q(source__in=both) | Q(target__in=both)).exists():
        return "Something else was moved since. Take that back first."
    if answered.exclude(state=Reply.State.CANCELLED).exists():
        return "We have answered these words since, where they are now."
    if came.exists():
        return "More was said there since."
    return ""


def _take(
    messages: Sequence[Message], kind: CaseMove.Kind, source: Case, target: Case, *, by: Agent, now: Moment
) -> CaseMove:
    chosen = {message.pk for message in messages}
    if not Message.objects.filter(conversation__case=source).exclude(pk__in=chosen).exists():
        raise CannotMove("A case keeps at least one message. Merge the whole case instead.")
    before = {"source": _columns(source, LIFE), "target": _columns(target, LIFE), "given": {}}
    first = min(messages, key=lambda message: message.at)
    subject = plain_subject(first.subject) or source.subject
    carried = carry_messages(messages, to=target, subject=subject, now=now)
    for case in (source, target):
        follow_drafts(case)
        settle(case)
        rest_if_nobody_waits(case)
    _read_again(messages, now=now)
    return _written(kind, source, target, carried=carried, before=before, by=by, now=now)


def _case_of_all(messages: Sequence[Message]) -> Case:
    cases = {message.conversation.case_id: message.conversation.case for message in messages}
    if len(cases) != 1:
        raise CannotMove("Choose at least one message, all of one case.")
    return cases.popitem()[1]


def _hold_both(one: Case, other: Case) -> None:
    """Lock two cases, always the lower number first: two people who merge crosswise must not wait for each other."""
    if one.pk == other.pk:
        raise CannotMove("That is the same case.")
    for case in sorted((one, other), key=lambda case: case.pk):
        hold(case)


def _columns(case: Case, names: Sequence[str]) -> JsonObject:
    values = {name: getattr(case, name) for name in names}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}


def _inherit(into: Case, source: Case) -> JsonObject:
    """Fill what the case does not know from the one merged into it; return what was filled."""
    given = {name: getattr(source, name) for name in INHERITED if not getattr(into, name) and getattr(source, name)}
    if into.fault == Case.Fault.UNKNOWN != source.fault:
        given["fault"] = source.fault
    for name, value in given.items():
        setattr(into, name, value)
    walked = {**source.stages, **into.stages}
    into.stages = {stage: min(into.stages.get(stage, at), source.stages.get(stage, at)) for stage, at in walked.items()}
    into.save(update_fields=["order", "cause", "language", "owner", "team", "fault", "stages"])
    return given


def _lead(empty: Case, *, to: Case) -> None:
    empty.status, empty.merged_into = Case.Status.MERGED, to
    empty.waiting_since = empty.snoozed_until = empty.resolved_at = None
    empty.ending, empty.intensity, empty.anger = "", None, None
    write(
        empty, "status", "merged_into", "waiting_since", "snoozed_until", "resolved_at", "ending", "intensity", "anger"
    )  # fmt: skip


def _restore(done: CaseMove, source: Case, target: Case) -> None:
    """Set the columns again that words do not decide; what a person changed since stays as they set it."""
    source.merged_into = None
    for name, value in done.before["source"].items():
        setattr(source, name, value)
    for name, value in done.before["given"].items():
        if getattr(target, name) == value:
            setattr(target, name, UNSAID.get(name))
    if done.before["target"]["status"] == Case.Status.RESOLVED or done.before["target"]["snoozed_until"]:
        for name, value in done.before["target"].items():
            setattr(target, name, value)
    for case in (source, target):
        case.save()
        case.refresh_from_db()


def _messages(done: CaseMove) -> list[int]:
    return [int(key) for key in done.carried["messages"]]


def _read_again(messages: Sequence[Message], *, now: Moment) -> None:
    """Have the last of their words read again: which order and cause it is about belongs to the case it lies on."""
    theirs = [m for m in messages if m.direction == Message.Direction.IN and m.kind in VOICES]
    if theirs:
        enqueue("read_message", now=now, message_id=max(theirs, key=lambda message: message.at).pk)


def _written(
    kind: CaseMove.Kind, source: Case, target: Case, *, carried: JsonObject, before: JsonObject, by: Agent, now: Moment
) -> CaseMove:
    done = CaseMove.objects.create(
        kind=kind, source=source, target=target, carried=carried, before=before, by=by, at=now
    )  # fmt: skip
    _tell(HAPPENED[kind], done, by=by, now=now)
    return done


def _tell(happened: str, done: CaseMove, *, by: Agent, now: Moment) -> None:
    """Write it down on both cases; whoever writes on one of them must look before sending."""
    for case in (done.source, done.target):
        facts = {"move": done.pk, "source": done.source_id, "target": done.target_id, "version": raise_version(case)}
        record(happened, at=now, case=case, actor=by, **facts)
