"""What the customer's own page can do: their words, their verdict, their feeling."""

import base64
import hmac
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Agent, Case, Message, Promise, Reply, Todo
from amends.desk.operations.case_life import rest
from amends.desk.operations.keeping import disputed, is_disputed, open_promises
from amends.desk.operations.ledger import act_on, break_, tell_of
from amends.desk.operations.merged import led_to
from amends.desk.operations.next_step import OPEN_AGAIN, end_follow_up, lead_of
from amends.desk.operations.receive import receive
from amends.desk.operations.rows import hold, raise_version, write
from amends.desk.operations.send_later import overtaken
from amends.desk.operations.todos import ask_for, end_settled
from amends.desk.operations.triage import file_message
from amends.flow.web_form import WebFormMessage
from amends.mail.letter import Part
from amends.promises.ledger import Act, Deal
from amends.vocabulary import Intensity, Moment

GOOD_FOR: Final = timedelta(days=120)
CHANNEL: Final = "page"
LONGEST_WHY: Final = 160
SAID_SOLVED: Final = "The customer says that it is solved."


def token(case: Case, *, now: Moment) -> str:
    """Return the signed word in the link to a customer's page, good for 120 days."""
    until = int((now + GOOD_FOR).timestamp())
    text = f"{case.pk}.{until}"
    return f"{text}.{_signature(text)}"


def case_of(signed: str, *, now: Moment) -> Case | None:
    """Return the case a link opens; None when it was altered, is too old, or its case is gone.

    Of a case merged into another one of the same customer, that one; never into the case of somebody else.
    """
    text, _, signature = signed.rpartition(".")
    if not hmac.compare_digest(signature.encode(), _signature(text).encode()):
        return None
    number, _, until = text.partition(".")
    case = None if int(until) < now.timestamp() else Case.objects.filter(pk=int(number)).first()
    lies_in = led_to(case) if case else None
    return lies_in if case and lies_in and lies_in.customer_id == case.customer_id else case


def add_words(case: Case, *, text: str, files: Iterable[Part] = (), now: Moment) -> Message | None:
    """Add the customer's words and files to their case, by the same way as a mail; at once on the page.

    None when they could not be read: they are kept in quarantine then, not lost.
    """
    return _add(case, subject=case.subject, text=text, files=tuple(files), about="words", now=now)


def wish(case: Case, *, text: str, now: Moment) -> Message | None:
    """Add the customer's answer to "what would put it right?"; it reads as their words."""
    return _add(case, subject=case.subject, text=text, files=(), about="wish", now=now)


def says_solved(case: Case, *, now: Moment, needless: str = "") -> bool:
    """Take the customer's word that it is solved; return whether the case now rests.

    `needless`: their words that what is still promised is not needed any more; without them it stays ours to keep. A
    case that nobody answered stays open all the same: it is never given up without an attempt.
    """
    with transaction.atomic():
        hold(case)
        overtaken(case, now=now)
        for promise in open_promises(case).exclude(kind=Promise.Kind.CLOCK) if needless else ():
            act_on(promise, Act(deal=Deal.RELEASE, words=needless), by=None, now=now)
        for promise in Promise.objects.filter(pk__in=disputed(case.promises.all())):
            tell_of(promise, "promise.upheld", by=None, now=now, evidence=SAID_SOLVED)
        end_settled(case, why=SAID_SOLVED, now=now)
        record("customer.said_solved", at=now, case=case, version=raise_version(case))
        if not Reply.objects.filter(conversation__case=case, state=Reply.State.SENT, automatic=False).exists():
            return False
        rest(case, ending=Case.Ending.CUSTOMER_SAID, by=None, now=now)
    return True


def says_not_kept(promise: Promise, *, now: Moment) -> None:
    """Take the customer's word that a promise was not kept: the case is open again and they wait for us.

    A promise whose time has passed is broken by it; what had ended keeps its state, with the dispute beside it. Whoever
    promised has a task, and a reminder if they asked for such. Saying it twice asks once.
    """
    with transaction.atomic():
        case = hold(promise.case)
        if is_disputed(hold(promise)):
            return
        if promise.due_at < now:
            break_(promise, by=None, why="The customer says that it did not happen.", now=now)
        asked = _who_looks(promise)
        ask_for(case, Todo.Kind.DISPUTED, now=now, owner=asked, why=promise.quote[:LONGEST_WHY])
        if case.status == Case.Status.RESOLVED:
            end_follow_up(case, why=OPEN_AGAIN, now=now)
            record("case.reopened", at=now, case=case, before=case.status)
        case.status, case.resolved_at, case.ending, case.snoozed_until = Case.Status.OPEN, None, "", None
        case.waiting_since = case.waiting_since or now
        write(case, "status", "resolved_at", "ending", "snoozed_until", "waiting_since")
        tell_of(
            promise, "promise.disputed", by=None, now=now, state=promise.state, version=raise_version(case),
            words=promise.quote[:LONGEST_WHY], to_owner=asked is not None,
            to_lead=asked is None or asked != promise.owner,
        )  # fmt: skip


def feels(case: Case, *, intensity: Intensity | int, now: Moment) -> None:
    """Take the customer's own word of how they feel now; it counts more than our reading of them."""
    felt = Intensity(intensity)
    with transaction.atomic():
        before = hold(case).intensity
        case.intensity = int(felt)
        write(case, "intensity")
        record("customer.felt", at=now, case=case, intensity=int(felt), before=before, version=raise_version(case))


def _who_looks(promise: Promise) -> Agent | None:
    """Return who is asked about a promise that did not happen: who made it, while they are one of us."""
    if promise.owner is not None and promise.owner.is_active:
        return promise.owner
    return promise.case.owner or lead_of(promise.case)


def _add(case: Case, *, subject: str, text: str, files: tuple[Part, ...], about: str, now: Moment) -> Message | None:
    handle = case.customer.handles.filter(channel="email").first()
    form = WebFormMessage(
        name=case.customer.name, email=handle.value if handle else "", text=text, at=now, subject=subject,
        language=case.language or "und", files=files,
    )  # fmt: skip
    receipt = receive(form.as_bytes(), channel=CHANNEL, envelope={"case": case.pk, "about": about}, now=now)
    # The job would file it too; doing it now shows the customer their own words at once, and twice is once.
    return file_message(receipt.raw_id, now=now)


def _signature(text: str) -> str:
    digest = hmac.new(settings.PAGE_KEY, f"page.{text}".encode(), sha256).digest()[:18]
    return base64.urlsafe_b64encode(digest).decode()
