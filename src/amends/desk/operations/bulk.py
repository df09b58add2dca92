"""One act on many cases: what could be done is done, what could not is told with its reason, and one undo."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from amends.desk.enqueue import enqueue
from amends.desk.events import record
from amends.desk.models import Agent, Batch, BatchLine, Case
from amends.desk.operations import blocking, case_life, tags
from amends.desk.operations.rows import hold, write
from amends.vocabulary import AmendsError, JsonObject, Moment

AT_ONCE: Final = 100
"""So many cases are done while the browser waits; the worker does more than these."""
MOST: Final = 2_000
LONGEST_REASON: Final = 240
ALREADY: Final = "Nothing had to be changed."
CHANGED_SINCE: Final = "It was changed again since."

Do = Callable[[Case, JsonObject, Agent, Moment], JsonObject | None]


def act_on_all(keys: Iterable[int], *, act: Batch.Act, wanted: JsonObject, by: Agent, now: Moment) -> Batch:
    """Do one act on each of these cases; of many, the rest is left to the worker. Return the batch with its lines.

    `wanted` by act: assign `{"owner": key or null}`, tag and untag `{"name"}`, snooze `{"until": ISO time}`, resolve
    `{"ending"}`, spam `{}`. A case that cannot be done keeps nobody else from it.
    """
    chosen = list(dict.fromkeys(keys))[:MOST]
    with transaction.atomic():
        batch = Batch.objects.create(act=act, wanted=wanted | {"cases": chosen}, by=by, at=now)
        record("batch.begun", at=now, actor=by, batch=batch.pk, act=act, cases=len(chosen))
        if len(chosen) > AT_ONCE:
            enqueue("run_batch", now=now, lock=f"batch:{batch.pk}", batch_id=batch.pk)
    if len(chosen) <= AT_ONCE:
        run_batch(batch.pk, now=now)
    return batch


def run_batch(batch_id: int, *, now: Moment) -> None:
    """Do what is left of a batch; running it again changes nothing more."""
    batch = Batch.objects.select_related("by").get(pk=batch_id)
    done = set(batch.lines.values_list("case", flat=True))
    for key in batch.wanted["cases"]:
        if key not in done:
            _line(batch, key, now=now)


def undo(batch: Batch, *, by: Agent, now: Moment) -> bool:
    """Take a batch back once, case by case as it stood before; return whether it was not undone yet.

    A case that somebody changed since keeps their change, and its line says so.
    """
    with transaction.atomic():
        if hold(batch).undone_at is not None:
            return False
        batch.undone_at = now
        write(batch, "undone_at")
        record("batch.undone", at=now, actor=by, batch=batch.pk, act=batch.act)
        if batch.lines.count() > AT_ONCE:
            enqueue("undo_batch", now=now, lock=f"batch:{batch.pk}", batch_id=batch.pk, by_id=by.pk)
    if batch.lines.count() <= AT_ONCE:
        undo_batch(batch.pk, by_id=by.pk, now=now)
    return True


def undo_batch(batch_id: int, *, by_id: int, now: Moment) -> None:
    """Take back the lines of a batch that are not taken back yet."""
    batch, by = Batch.objects.get(pk=batch_id), Agent.objects.get(pk=by_id)
    for line in batch.lines.filter(undone=False, why_not="").exclude(before=None).select_related("case"):
        with transaction.atomic():
            if UNDO[Batch.Act(batch.act)](hold(line.case), batch.wanted | {"before": line.before}, by, now) is None:
                line.why_not = CHANGED_SINCE
            line.undone = not line.why_not
            write(line, "undone", "why_not")


def _line(batch: Batch, key: int, *, now: Moment) -> None:
    with transaction.atomic():
        case = Case.objects.select_for_update().filter(pk=key).first()
        if case is None or BatchLine.objects.filter(batch=batch, case=key).exists():
            return
        before, why_not = _tried(batch, case, now=now)
        BatchLine.objects.create(batch=batch, case=case, before=before, why_not=why_not[:LONGEST_REASON])


def _tried(batch: Batch, case: Case, *, now: Moment) -> tuple[JsonObject | None, str]:
    try:
        with transaction.atomic():
            before = DO[Batch.Act(batch.act)](case, batch.wanted, batch.by, now)
    except AmendsError as refused:
        return None, str(refused)
    return before, "" if before is not None else ALREADY


def _assign(case: Case, wanted: JsonObject, by: Agent, now: Moment) -> JsonObject | None:
    before = case.owner_id
    if before == wanted["owner"]:
        return None
    to = Agent.objects.get(pk=wanted["owner"]) if wanted["owner"] else None
    case_life.assign(case, to=to, by=by, now=now)
    return {"owner": before}


def _assign_back(case: Case, wanted: JsonObject, by: Agent, now: Moment) -> JsonObject | None:
    if case.owner_id != wanted["owner"]:
        return None
    before = wanted["before"]["owner"]
    case_life.assign(case, to=Agent.objects.filter(pk=before).first() if before else None, by=by, now=now)
    return {}


def _tag(case: Case, wanted: JsonObject, by: Agent, now: Moment) -> JsonObject | None:
    return {} if tags.tag_case(case, name=wanted["name"], by=by, now=now) else None


def _untag(case: Case, wanted: JsonObject, by: Agent, now: Moment) -> JsonObject | None:
    return {} if tags.untag_case(case, name=wanted["name"], by=by, now=now) else None


def _snooze(case: Case, wanted: JsonObject, by: Agent, now: Moment) -> JsonObject | None:
    before = case.snoozed_until
    case_life.snooze(case, until=datetime.fromisoformat(wanted["until"]), by=by, now=now)
    return {"until": before.isoformat() if before else None}


def _snooze_back(case: Case, wanted: JsonObject, by: Agent, now: Moment) -> JsonObject | None:
    if case.snoozed_until != datetime.fromisoformat(wanted["until"]):
        return None
    before = wanted["before"]["until"]
    if before and datetime.fromisoformat(before) > now:
        case_life.snooze(case, until=datetime.fromisoformat(before), by=by, now=now)
    else:
        case_life.wake(case, by=by, now=now)
    return {}


def _resolve(case: Case, wanted: JsonObject, by: Agent, now: Moment) -> JsonObject | None:
    case_life.resolve(case, ending=Case.Ending(wanted["ending"]), by=by, now=now)
    return {}


def _resolve_back(case: Case, wanted: JsonObject, by: Agent, now: Moment) -> JsonObject | None:
    return {} if case_life.unresolve(case, by=by, now=now) else None


def _spam(case: Case, wanted: JsonObject, by: Agent, now: Moment) -> JsonObject | None:
    return {} if blocking.mark_spam(case, by=by, now=now) else None


def _spam_back(case: Case, wanted: JsonObject, by: Agent, now: Moment) -> JsonObject | None:
    return {} if blocking.not_spam(case, by=by, now=now) else None


DO: Final[Mapping[Batch.Act, Do]] = {
    Batch.Act.ASSIGN: _assign,
    Batch.Act.TAG: _tag,
    Batch.Act.UNTAG: _untag,
    Batch.Act.SNOOZE: _snooze,
    Batch.Act.RESOLVE: _resolve,
    Batch.Act.SPAM: _spam,
}
UNDO: Final[Mapping[Batch.Act, Do]] = {
    Batch.Act.ASSIGN: _assign_back,
    Batch.Act.TAG: _untag,
    Batch.Act.UNTAG: _tag,
    Batch.Act.SNOOZE: _snooze_back,
    Batch.Act.RESOLVE: _resolve_back,
    Batch.Act.SPAM: _spam_back,
}
