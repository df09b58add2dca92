"""Understand what a customer wrote: in the worker, off the way by which it came in."""

from typing import Final

from django.conf import settings
from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Case, Correction, Event, Message, MessageReading
from amends.desk.operations.corrections import what_stands, with_corrections
from amends.desk.operations.drafting import last_words
from amends.desk.operations.heats import record_change
from amends.desk.operations.refit import as_learnt
from amends.desk.operations.rows import VOICES, hold, write
from amends.desk.operations.settling import take_heat
from amends.engines.choose import embedder
from amends.flow.orders import Found, How, Purchase, order_meant
from amends.languages import guess
from amends.languages.load import UNDETERMINED
from amends.mail.trust import Verdict
from amends.reading.read import read
from amends.reading.values import Reading
from amends.vocabulary import Moment

SURE_OF_LANGUAGE: Final = 0.6


def read_message(message_id: int, *, now: Moment) -> MessageReading | None:
    """Read one message's new words and tell its case; reading again replaces the reading.

    None for what no person wrote. When the reader fails, the error goes to the job, which shows it, and the message
    stays "not yet read".
    """
    message = Message.objects.filter(pk=message_id, direction=Message.Direction.IN, kind__in=VOICES).first()
    if message is None:
        return None
    found = _understood(message, now=now)
    with transaction.atomic():
        case = hold(message.conversation.case)
        kept = _keep(message, found, now=now)
        _tell_case(case, message=message, kept=kept)
        record_change(case, message, now=now)
        _link_order(case, message=message, found=found, now=now)
        record(
            "message.read", at=now, case=case, message=message.pk, engine=found.engine, language=found.language,
            intensity=int(found.intensity), anger=round(found.anger, 4), complaint=round(found.complaint, 4),
            said_at=message.at.isoformat(),
        )  # fmt: skip
    return kept


def _understood(message: Message, *, now: Moment) -> Reading:
    """Return the reading; few words whose language is doubtful are read in the language spoken so far."""
    embed = embedder(settings.ENCODER)
    found = as_learnt(read(message.new_text, now=now, embed=embed))
    case = message.conversation.case
    so_far = case.language or case.customer.language
    if not so_far or found.language == so_far or found.language_confidence >= SURE_OF_LANGUAGE:
        return found
    tag, _ = guess.language(message.new_text, prefer=so_far)
    said_in = so_far if tag == UNDETERMINED else tag
    return as_learnt(read(message.new_text, language=said_in, now=now, embed=embed))


def _keep(message: Message, found: Reading, *, now: Moment) -> MessageReading:
    """Keep what was read, under what people said of it: their word outlives a new reader."""
    before = MessageReading.objects.filter(message=message).values_list("pk", flat=True).first()
    kept = MessageReading(
        pk=before, message=message, engine=found.engine, language=found.language, anger=found.anger,
        intensity=int(found.intensity), complaint=found.complaint, reading=found.as_json(), read_at=now,
    )  # fmt: skip
    with_corrections(kept).save()
    message.language = found.language
    write(message, "language")
    return kept


def _tell_case(case: Case, *, message: Message, kept: MessageReading) -> None:
    """Let what the customer showed so far decide the heat, once their latest words are read; fill what is empty."""
    last = last_words(case)
    if last is not None and hasattr(last, "reading"):
        take_heat(case, last)
    if kept.language != UNDETERMINED:
        case.language = case.language or kept.language
    case.cause = case.cause or what_stands(kept, Correction.Aspect.CAUSE) or ""
    write(case, "language", "cause")
    if not case.customer.language and case.language:
        case.customer.language = case.language
        write(case.customer, "language")


def _link_order(case: Case, *, message: Message, found: Reading, now: Moment) -> None:
    """Say which order it is about. One that was only supposed gives way to one the customer names later.

    Nothing of an account is linked for somebody who failed to be who they say.
    """
    if message.trust == Verdict.FAIL:
        return
    orders = {order.number: order for order in case.customer.orders.all()}
    meant = order_meant(
        f"{message.conversation.subject}\n{message.new_text}",
        causes=[cause.kind for cause in found.causes],
        purchases=[Purchase(number=order.number, state=order.state) for order in orders.values()],
    )
    if meant is None or (case.order and (case.order.number == meant.number or not _gives_way(case, meant))):
        return
    case.order = orders[meant.number]
    write(case, "order")
    record("case.order_linked", at=now, case=case, order=meant.number, how=meant.how.value, message=message.pk)


def _gives_way(case: Case, meant: Found) -> bool:
    before = Event.objects.filter(case=case, kind="case.order_linked").order_by("pk").last()
    return meant.how is How.NAMED and before is not None and before.facts["how"] == How.ONLY_ONE
