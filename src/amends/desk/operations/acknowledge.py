"""Tell somebody who wrote for the first time that their words are here: at most once a day, and only a person.

What the one-a-day rule holds back becomes a person's task, so that nobody is left without a word. ADR 0086.
"""

from collections.abc import Collection
from datetime import timedelta
from hashlib import sha256
from typing import Final

from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Block, Brand, Case, Handle, Message, Reply, Todo
from amends.desk.operations.addresses import new_message_id
from amends.desk.operations.next_step import promise_answer
from amends.desk.operations.notices import spoken
from amends.desk.operations.office import answer_due
from amends.desk.operations.outbox import deliver_later
from amends.desk.operations.rows import UNSENT, hold
from amends.desk.operations.todos import ask_for
from amends.flow.intake import WRITTEN_ON_OUR_PAGES, Intake
from amends.languages import LanguagePack, load
from amends.mail.answering import why_not_by_machine
from amends.mail.trust import Verdict
from amends.vocabulary import BadPack, LanguageTag, Moment

FILE: Final = "acknowledge.toml"
FALLBACK: Final = "en"
NOT_AGAIN_WITHIN: Final = timedelta(hours=24)
READ_FIRST: Final = timedelta(seconds=20)
"""So long the reader has to learn the language; without it, the brand's own is taken."""


def may_be_acknowledged(message: Message, intake: Intake, *, own_addresses: Collection[str]) -> bool:
    """Return whether a message, not yet written perhaps, is one of those that are acknowledged if it is the first.

    Whoever writes on a page of ours is answered by the page itself, and their address is proved by nothing.
    """
    conversation = message.conversation
    if not conversation.case.brand.acknowledges or conversation.channel in WRITTEN_ON_OUR_PAGES:
        return False
    return not why_not_by_machine(intake.letter, writer=message.sender, own_addresses=own_addresses)


def acknowledge_message(message_id: int, *, now: Moment) -> Reply | None:
    """Queue the acknowledgement of a message; None when there is nothing to tell any more, or it is kept back.

    Kept back by the one-a-day rule, it is asked of a person instead (`Todo.Kind.ACKNOWLEDGE`).
    """
    message = Message.objects.filter(pk=message_id).select_related("conversation__case__brand").first()
    if message is None:
        return None
    with transaction.atomic():
        case = hold(message.conversation.case)
        # The sender's own row, so that two first letters of one person at once are told one after the other.
        list(Handle.objects.select_for_update().filter(channel="email", value=message.sender.lower()))
        why_not = _why_not(case, message)
        if why_not:
            record("acknowledgement.kept_back", at=now, case=case, message=message.pk, why=why_not)
            return None
        if acknowledged_lately(message.sender, now=now):
            ask_for(case, Todo.Kind.ACKNOWLEDGE, now=now, why="one_a_day")
            return None
        return _queue(case, message, now=now)


def acknowledged_lately(address: str, *, now: Moment) -> bool:
    """Return whether this address got an acknowledgement within a day, or has one on its way."""
    ours = Reply.objects.filter(purpose=Reply.Purpose.ACKNOWLEDGEMENT, recipient__iexact=address)
    return ours.filter(queued_at__gt=now - NOT_AGAIN_WITHIN).exclude(state__in=UNSENT).exists()


def subject_of(reply: Reply) -> str:
    """Return the subject of an acknowledgement: ours, because theirs is their words."""
    case = reply.conversation.case
    written: str = words_of(reply.language or FALLBACK)["subject"]
    return written.replace("{case}", str(case.pk))


def words_of(language: LanguageTag) -> dict[str, str]:
    """Return subject, text and order line in a language, or in English where the desk has none of its own."""
    try:
        return _table(load(language))
    except BadPack:
        return _table(load(FALLBACK))


def language_for(case: Case) -> LanguageTag:
    """Return in which language to tell them: theirs as far as known and as far as we have words, else the brand's."""
    asked = case.language or case.customer.language or case.brand.default_language
    try:
        load(asked).text(FILE)
    except BadPack:
        return case.brand.default_language if case.brand.default_language != asked else FALLBACK
    return asked


def _why_not(case: Case, message: Message) -> str:
    if not case.brand.acknowledges:
        return "switched_off"
    if case.status != Case.Status.OPEN:
        return f"case_{case.status}"
    if message.trust == Verdict.FAIL:
        return "untrusted"
    if Block.objects.filter(lifted_at=None, sender__in=_names_of(message.sender)).exists():
        return "blocked"
    answered = Message.objects.filter(conversation__case=case, direction=Message.Direction.OUT, at__gte=message.at)
    return "answered" if answered.exclude(reply__state__in=UNSENT).exists() else ""


def _names_of(sender: str) -> tuple[str, str]:
    address = sender.lower()
    return address, f"@{address.rpartition('@')[2]}"


def _queue(case: Case, message: Message, *, now: Moment) -> Reply:
    language, name = language_for(case), new_message_id(message.conversation)
    due_at = answer_due(case, since=message.at)
    promised = _promised(case, due_at, language=language)
    text = _filled(case, message, language=language, promised=promised)
    ours = Message.objects.create(
        conversation=message.conversation, direction=Message.Direction.OUT, kind="auto_reply",
        sender_name=case.brand.name, text=text, new_text=text, language=language, at=now, internet_message_id=name,
        dedupe_key=sha256(name.encode()).hexdigest(),
    )  # fmt: skip
    reply = Reply.objects.create(
        conversation=message.conversation, message=ours, recipient=message.sender, text=text, language=language,
        automatic=True, purpose=Reply.Purpose.ACKNOWLEDGEMENT, internet_message_id=name, queued_at=now,
        undo_until=now, due_at=now,
    )  # fmt: skip
    promise_answer(case, message=ours, quote=promised, due_at=due_at, now=now)
    record("reply.acknowledging", at=now, case=case, reply=reply.pk, message=message.pk)
    deliver_later(reply, now=now, at=now)
    return reply


def _promised(case: Case, due_at: Moment, *, language: LanguageTag) -> str:
    """Return the sentence that promises an answer by a time, by the customer's own clock (R113)."""
    zone = case.customer.timezone or case.brand.timezone
    return words_of(language)["answer"].replace("{due}", spoken(due_at, language=language, timezone=zone))


def _filled(case: Case, message: Message, *, language: LanguageTag, promised: str) -> str:
    """Return the text with the case's facts: numbers, times and names of ours, never a word of theirs."""
    words = words_of(language)
    zone = case.customer.timezone or case.brand.timezone
    facts = {
        "{case}": str(case.pk),
        "{received}": spoken(message.at, language=language, timezone=zone),
        "{brand}": case.brand.name,
        "{order}": case.order.number if case.order else "",
    }
    text = _own_words(case.brand, language) or words["text"]
    if case.order and "{order}" not in text:
        text = text.strip().replace("\n\n", f"\n\n{words['order']} ", 1)
    text = text.replace("{answer}", promised) if "{answer}" in text else f"{text.strip()}\n\n{promised}"
    for slot, fact in facts.items():
        text = text.replace(slot, fact)
    return text.strip()


def _own_words(brand: Brand, language: LanguageTag) -> str:
    written: str = brand.acknowledgements.get(language, "")
    return written


def _table(pack: LanguagePack) -> dict[str, str]:
    return dict(pack.toml(FILE))
