"""What people said of proposed promises, kept for whoever betters the finding. ADR 0107.

Kept when the reply has left: what was taken back taught nobody anything.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from amends.desk.models import Case, PromiseLabel, Reply
from amends.flow.reply import Preview
from amends.text.segments import sentences
from amends.vocabulary import JsonObject, Moment

WHAT_IS_LABELLED: Final = ("what", "due_start", "due_end")
SHORTEST_NAME: Final = 2
NAME: Final = "<name>"
WORD: Final = re.compile(r"[^\s,;]{1,80}")
HIDDEN: Final = re.compile(
    r"[^\s@<>]{1,64}@[^\s@<>]{1,190}|\+\d[\d \-()]{6,24}\d|\b\d{7,15}\b|\b[A-Z]{1,4}-?\d{4,12}\b"
)
"""Addresses, telephone and order numbers, but no dates: they are what is labelled."""


def proposed_in(text: str, seen: Preview) -> list[JsonObject]:
    """Return what the desk proposed, for the reply to keep until it has left."""
    return [{"quote": found.span.of(text), **found.as_json()} for found in seen.promises]


def read_at(case: Case, *, now: Moment) -> str:
    """Return the moment that "tomorrow" in a reply counts from, with the customer's offset."""
    return now.astimezone(ZoneInfo(case.customer.timezone or case.brand.timezone)).isoformat()


def keep_labels(reply: Reply, *, now: Moment) -> None:
    """Write down what its writer answered to each proposal in it. Inside the caller's transaction."""
    if "proposed" not in reply.draft:
        return
    case = reply.conversation.case
    PromiseLabel.objects.bulk_create(
        PromiseLabel(
            answer=answer, text=_nameless(sentence_of(reply.text, quote), case), language=reply.language,
            country=case.customer.country or case.brand.country, written_at=reply.draft["read_at"], before=before,
            after=after, by=reply.author, at=now,
        )
        for answer, quote, before, after in _answers(reply.draft)
    )  # fmt: skip


def exported() -> Iterator[JsonObject]:
    """Return every label as a line to learn from; who answered is left out, and names were when it was written."""
    for label in PromiseLabel.objects.order_by("pk").iterator():
        yield {
            "id": label.pk, "answer": label.answer, "text": label.text, "language": label.language,
            "country": label.country or None, "at": label.written_at, "before": label.before, "after": label.after,
        }  # fmt: skip


def _answers(draft: JsonObject) -> Iterator[tuple[str, str, JsonObject | None, JsonObject | None]]:
    proposed = {found["quote"]: found for found in draft["proposed"]}
    for chip in draft["chips"]:
        if chip["quote"] not in draft["text"]:
            continue
        found = proposed.get(chip["quote"])
        before, after = _labelled(found), _labelled(chip) if chip["decision"] == "confirmed" else None
        if before is None and after is None:
            continue  # Its writer took back what only they had called a promise: nobody was wrong.
        yield _answer(before, after), chip["quote"], before, after


def _answer(before: JsonObject | None, after: JsonObject | None) -> PromiseLabel.Answer:
    if after is None:
        return PromiseLabel.Answer.DISMISSED
    if before is None:
        return PromiseLabel.Answer.ADDED
    same = before["what"] == after["what"] and _moment(before["due_end"]) == _moment(after["due_end"])
    return PromiseLabel.Answer.CONFIRMED if same else PromiseLabel.Answer.EDITED


def _labelled(promise: JsonObject | None) -> JsonObject | None:
    return {name: promise[name] for name in WHAT_IS_LABELLED} if promise else None


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def sentence_of(text: str, quote: str) -> str:
    """Return the whole sentence around a quote: words before a time decide what it means."""
    around = (span.of(text) for span in sentences(text))
    return next((sentence for sentence in around if quote in sentence), quote).strip()


def _nameless(sentence: str, case: Case) -> str:
    """Return a sentence without the customer's name, addresses and numbers. Times stay: they are what is labelled."""
    for part in WORD.findall(case.customer.name):
        if len(part) >= SHORTEST_NAME:
            sentence = re.sub(re.escape(part), NAME, sentence, flags=re.IGNORECASE)
    return HIDDEN.sub("<number>", sentence)
