"""How often a pack would have spoken on the replies that were sent lately: asked for, then counted by the worker."""

from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.db import transaction

from amends.coach.own import fires, only_of, with_own
from amends.coach.pack import RuleSet
from amends.desk.access_to_coach import sent_replies_for
from amends.desk.enqueue import enqueue
from amends.desk.events import record
from amends.desk.models import Agent, CoachPack, Message, PackTrial
from amends.desk.operations.packs import refuse_language
from amends.languages import LanguagePack, guess, load
from amends.vocabulary import BadPack, CaseView, Fault, JsonObject, LanguageTag, Moment

TASK: Final = "try_pack"
MOST_REPLIES: Final = 1_000
AT_ONCE: Final = 25
"""Replies between two looks whether it still counts; so many are read again when a worker dies."""
MOST_SHOWN: Final = 25
LONGEST: Final = 4_000
"""Code points of a reply that are tried: what matters stands before the old mails below it."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """What some replies gave: `tried` in the pack's language, `shown` as PackTrial keeps them, one each fired on."""

    tried: int
    findings: int
    shown: list[JsonObject]


def ask_for_trial(
    pack: CoachPack | None, *, name: str, language: LanguageTag, text: str, by: Agent, now: Moment
) -> PackTrial:
    """Ask the worker to try a pack's text; `pack` is None for one not kept yet. Raises BadPack, or
    CannotKeepPack for a language that the coach does not know.

    From now on an earlier trial of the same pack counts no more.
    """
    refuse_language(language)
    rules_of(name, text, load(language))
    replies = list(sent_replies_for(by).values_list("pk", flat=True)[:MOST_REPLIES])
    with transaction.atomic():
        trial = PackTrial.objects.create(
            pack=pack, name=name[:60], language=language, text=text, by=by, asked_at=now, replies=replies
        )  # fmt: skip
        trial.job = enqueue(TASK, now=now, trial_id=trial.pk)
        trial.save(update_fields=["job"])
        record("coach_pack.tried", at=now, actor=by, trial=trial.pk, pack=pack.pk if pack else None)
    return trial


def try_pack(*, trial_id: int, now: Moment) -> None:
    """Look at the replies that are left, some at a time; begun by another worker, it goes on where that one stopped.

    Ends at once when a newer trial of the pack counts, or another worker was quicker.
    """
    trial = PackTrial.objects.select_related("by").filter(pk=trial_id, done_at=None).first()
    if trial is None:
        return
    spoken = load(trial.language)
    try:
        rules = rules_of(trial.name, trial.text, spoken)
    except BadPack as wrong:
        # It held when it was asked for: an update took a name of it since.
        PackTrial.objects.filter(pk=trial.pk, done_at=None).update(problem=str(wrong), done_at=now)
        return
    while trial.done_at is None and newest_of(trial) == trial:
        if not went_on(trial, _looked_at(trial, rules, spoken), now=now):
            return


def newest_of(trial: PackTrial) -> PackTrial:
    """Return the trial that counts in its place: the newest of that pack, or of that person for one not kept yet."""
    same = PackTrial.objects.filter(pack=trial.pack_id)
    return (same if trial.pack_id else same.filter(by=trial.by_id)).order_by("-pk")[0]


def went_on(trial: PackTrial, part: Part, *, now: Moment) -> bool:
    """Keep how far it is; return whether nobody else was quicker: a worker that hung may wake up."""
    before = trial.looked
    trial.looked = min(before + AT_ONCE, len(trial.replies))
    trial.tried += part.tried
    trial.fired += len(part.shown)
    trial.findings += part.findings
    trial.shown = list(islice([*trial.shown, *part.shown], MOST_SHOWN))
    trial.done_at = now if trial.looked == len(trial.replies) else None
    kept = {name: getattr(trial, name) for name in ("looked", "tried", "fired", "findings", "shown", "done_at")}
    return bool(PackTrial.objects.filter(pk=trial.pk, looked=before, done_at=None).update(**kept))


def rules_of(name: str, text: str, spoken: LanguagePack) -> RuleSet:
    """Return the rules of one pack's text alone, beside the language's. Raises BadPack."""
    return only_of(with_own(spoken, {name: text}), name)


def _looked_at(trial: PackTrial, rules: RuleSet, spoken: LanguagePack) -> Part:
    """Return what the next replies give, outside any transaction; one deleted since gives nothing."""
    keys = trial.replies[trial.looked : trial.looked + AT_ONCE]
    there = sent_replies_for(trial.by).in_bulk(keys)
    tried = findings = 0
    shown: list[JsonObject] = []
    for reply in (there[key] for key in keys if key in there):
        if load(_language(reply)) is not spoken:
            continue
        tried += 1
        if found := fires(rules, reply.new_text[:LONGEST], case=_view(reply)):
            findings += len(found)
            shown.append({"message": reply.pk, "found": [[one.rule, one.span.start, one.span.end] for one in found]})
    return Part(tried=tried, findings=findings, shown=shown)


def _language(reply: Message) -> LanguageTag:
    expected = reply.language or reply.conversation.case.language or None
    return guess.nearest(guess.language(reply.new_text[:LONGEST], prefer=expected)[0])


def _view(reply: Message) -> CaseView:
    case = reply.conversation.case
    return CaseView(fault=Fault(case.fault), anger=case.intensity, customer_name=case.customer.name)
