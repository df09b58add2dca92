"""What the coach said of a draft, and what became of it: private to the one who wrote, and who leads them."""

from collections.abc import Iterable
from typing import Final

from django.db import transaction

from amends.coach.finding import Finding
from amends.desk.events import record
from amends.desk.models import Draft, Reply
from amends.desk.operations.rows import hold, write
from amends.flow.reply import Preview
from amends.vocabulary import JsonObject, Moment

MOST_HEARD: Final = 80
MOST_SUGGESTIONS: Final = 3
CHANGED: Final = "changed"
USED: Final = "used"
SET_ASIDE: Final = "set_aside"
SENT: Final = "sent"


def hear(draft: Draft, found: Iterable[Finding]) -> bool:
    """Remember what the coach says of a draft, each finding once; return whether anything was new.

    Nothing is written while nothing is new: somebody is typing.
    """
    said = [
        {
            "rule": one.rule, "severity": one.severity.value, "quote": one.span.of(draft.text)[:160],
            "suggestions": [words[:160] for words in one.suggestions[:MOST_SUGGESTIONS]],
        }
        for one in found
    ]  # fmt: skip
    if not _new(said, draft.heard):
        return False
    with transaction.atomic():
        heard = hold(draft).heard
        draft.heard = (heard + _new(said, heard))[:MOST_HEARD]
        write(draft, "heard")
    return True


def write_down(draft: Draft, *, reply: Reply, seen: Preview, now: Moment) -> None:
    """Record what the coach said of a draft that leaves, and what became of each.

    Its words were used, the draft's changed, it was set aside, or sent as it stood.
    """
    standing = {(one.rule, one.span.of(draft.text)[:160]) for one in seen.verdict.findings}
    aside = {(row["rule"], row["quote"][:160]): row["reason"] for row in draft.dismissed}
    last = [{"rule": r, "quote": q, "severity": _severity(seen, r)} for r, q in sorted(standing)]
    said = [_outcome(one, draft.text, standing, aside) for one in (draft.heard + _new(last, draft.heard))[:MOST_HEARD]]
    record(
        "coach.said", at=now, case=draft.case, actor=draft.author, reply=reply.pk, said=said, reason=reply.reason,
        errors=[finding.rule for finding in seen.verdict.errors], score=seen.verdict.score,
        strict=[why.value for why in seen.why_strict],
    )  # fmt: skip


def _outcome(
    heard: JsonObject, text: str, standing: set[tuple[str, str]], aside: dict[tuple[str, str], str]
) -> JsonObject:
    one = {name: value for name, value in heard.items() if name != "suggestions"}
    key = (one["rule"], one["quote"])
    if key not in standing:
        is_used = any(words in text and words not in one["quote"] for words in heard.get("suggestions", ()))
        return {**one, "outcome": USED if is_used else CHANGED}
    return {**one, "outcome": SET_ASIDE, "reason": aside[key]} if key in aside else {**one, "outcome": SENT}


def _new(said: list[JsonObject], heard: list[JsonObject]) -> list[JsonObject]:
    known = {(one["rule"], one["quote"]) for one in heard}
    return [one for one in said if (one["rule"], one["quote"]) not in known]


def _severity(seen: Preview, rule: str) -> str:
    return next(one.severity.value for one in seen.verdict.findings if one.rule == rule)
