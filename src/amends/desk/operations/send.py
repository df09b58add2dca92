"""Send a reply: checked once more, promised, queued, and for some seconds still ours to take back."""

from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from amends.desk.events import record
from amends.desk.failpoint import failpoint
from amends.desk.models import Agent, Attachment, Case, Conversation, Draft, Handle, Message, Promise, Reply
from amends.desk.operations.addresses import new_message_id
from amends.desk.operations.case_life import answer_given, walk_by_reply, whose_turn
from amends.desk.operations.drafting import (
    CONFIRMED,
    latest_conversation,
    open_errors,
    review_draft,
    review_text,
    undecided_promises,
    vague_answer,
)
from amends.desk.operations.errors import CannotSendAgain, NoAddress, UndecidedPromise
from amends.desk.operations.labels import proposed_in, read_at, sentence_of
from amends.desk.operations.ledger import hand_over, make, withdraw
from amends.desk.operations.listening import write_down
from amends.desk.operations.new_dates import time_proposed
from amends.desk.operations.next_step import lead_of, promise_answer
from amends.desk.operations.office import answer_due
from amends.desk.operations.outbox import deliver_later
from amends.desk.operations.participants import participants
from amends.desk.operations.rows import NO_ANSWER, VOICES, hold, news_since, raise_version, write
from amends.flow.reply import Preview
from amends.vocabulary import CannotSend, JsonObject, Moment, StaleReply

FIRST_WORDS = 160
STAGE_WALKED = 0.5
"""How much of a stage a reply must hold, 0–1, for the case to have walked it."""


def send(draft: Draft, *, reason: str = "", at: Moment | None = None, now: Moment) -> Reply:
    """Queue a draft. It leaves after the undo time, or at `at`; until then nothing is on the network.

    Meant for later, it is read as written at `at`: "tomorrow" in it is the day after that. It answers the customer
    only when it leaves, and comes back as a draft when they write first (operations/send_later.py).

    Raises CannotSend (`context["findings"]`) when an error finding is open and no `reason` is written,
    UndecidedPromise when nobody said of a promise with a time whether it is one (both list these as chips in
    `context["promises"]`, so that one answer settles everything), StaleReply (`context["news"]`) when the writer has
    not seen what happened meanwhile, NoAddress when we know none.
    """
    leaves_at = max(at, now + timedelta(seconds=settings.UNDO_SECONDS)) if at else None
    seen = _reviewed(draft, reason=reason, leaves_at=leaves_at, now=now)
    moved = dues_moved(draft, seen, now=now) if leaves_at else {}
    failpoint("send.reviewed")
    with transaction.atomic():
        case = hold(draft.case)
        _refuse_if_stale(draft, case=case, reviewed=draft.text)
        reply = _queue(
            case,
            conversation=draft.conversation,
            author=draft.author,
            text=draft.text,
            reason=reason,
            seen=seen,
            at=leaves_at,
            now=now,
        )
        reply.draft |= {"text": draft.text, "chips": draft.chips, "dismissed": draft.dismissed, "heard": draft.heard}
        reply.draft |= {"proposed": proposed_in(draft.text, seen), "read_at": read_at(case, now=leaves_at or now)}
        draft.chips = [{**chip, **moved.get(chip["quote"], {})} for chip in draft.chips]
        reply.findings = open_errors(draft, seen)
        write(reply, "draft", "findings")
        _promise(draft, reply=reply, seen=seen, now=now)
        write_down(draft, reply=reply, seen=seen, now=now)
        draft.attachments.update(message=reply.message, draft=None)
        draft.delete()
        failpoint("send.rows_written")
    failpoint("send.committed")
    return reply


def write_to_customer(
    case: Case, *, author: Agent, text: str, now: Moment, reason: str = "", tells: Promise | None = None,
    purpose: Reply.Purpose = Reply.Purpose.ANSWER, new_due_at: Moment | None = None,
) -> Reply:  # fmt: skip
    """Queue a note to the customer beside any draft, such as one that tells of a promise ahead of its time.

    `tells`: the promise that counts as told once this has left; `new_due_at` the time proposed instead, else the one
    that its words name. `purpose`: a notice or follow-up that nobody asked for carries a way out of such letters, and
    never leaves to somebody who took it. Raises CannotSend like `send`, NoteSaysOtherwise, NoAddress.
    """
    seen = review_text(text, case=case, now=now, interface=author.interface_language)
    if not text.strip() or (seen.verdict.errors and not reason.strip()):
        raise CannotSend(findings=[finding.as_json() for finding in seen.verdict.errors])
    proposed = time_proposed(seen.promises, text, promise=tells, chosen=new_due_at) if tells else None
    with transaction.atomic():
        hold(case)
        conversation = latest_conversation(case)
        reply = _queue(case, conversation=conversation, author=author, text=text, reason=reason, seen=seen, now=now)
        reply.draft, reply.tells = {"text": text, "chips": [], "dismissed": []}, tells
        reply.findings, reply.purpose = [finding.as_json() for finding in seen.verdict.errors], purpose
        reply.new_due_at = proposed
        write(reply, "draft", "tells", "findings", "purpose", "new_due_at")
    return reply


def undo(reply: Reply, *, by: Agent, now: Moment) -> bool:
    """Take back a reply that has not left, and give its draft back; return whether that was still possible.

    Its promises go with it: the customer was never told of them.
    """
    return take_back(reply, by=by, now=now)


def take_back(reply: Reply, *, by: Agent | None, why: str = "", now: Moment) -> bool:
    """Take back a reply that has not left, by a person, or by the desk which then says `why`."""
    with transaction.atomic():
        case = hold(reply.conversation.case)
        if hold(reply).state != Reply.State.QUEUED:
            return False
        reply.state = Reply.State.CANCELLED
        _give_draft_back(reply, case=case, now=now)
        if reply.message is not None:
            withdraw(reply.message, by=by, now=now)
            reply.message.delete()
            reply.message = None
        write(reply, "state", "message")
        _unsay(reply, case=case)
        whose_turn(case)
        kind = "reply.given_back" if why else "reply.cancelled"
        record(kind, at=now, case=case, actor=by, reply=reply.pk, why=why, author=reply.author_id)
    return True


def send_again(reply: Reply, *, by: Agent, now: Moment) -> Reply:
    """Send a failed, uncertain or held-back reply once more, because a person decided so.

    The address is written to again even if it bounced. Raises CannotSendAgain for a reply in any other state.
    """
    with transaction.atomic():
        case = hold(reply.conversation.case)
        held_back = hold(reply).state == Reply.State.QUEUED and reply.error == "muted"
        if reply.state not in {Reply.State.FAILED, Reply.State.UNCERTAIN} and not held_back:
            raise CannotSendAgain
        before = reply.state
        Handle.objects.filter(channel="email", value=reply.recipient.lower()).update(muted_at=None)
        reply.state, reply.due_at, reply.error = Reply.State.QUEUED, now, ""
        write(reply, "state", "due_at", "error")
        answer_given(case, now=now)
        record("reply.queued_again", at=now, case=case, actor=by, reply=reply.pk, before=before)
        deliver_later(reply, now=now, at=now)
    return reply


def _reviewed(draft: Draft, *, reason: str, leaves_at: Moment | None, now: Moment) -> Preview:
    """Return the review of a draft, computed before any transaction. Raises CannotSend, UndecidedPromise."""
    if not draft.text.strip():
        raise CannotSend("There is nothing to send yet.", findings=[])
    seen = review_draft(draft, now=now, interface=draft.author.interface_language, leaves_at=leaves_at)
    errors, promises = open_errors(draft, seen), undecided_promises(draft, seen)
    if errors and not reason.strip():
        raise CannotSend(findings=errors, promises=promises)
    if promises:
        raise UndecidedPromise(promises=promises)
    return seen


def dues_moved(draft: Draft, seen: Preview, *, now: Moment) -> dict[str, JsonObject]:
    """Return for each quote whose time depends on the day of sending its new dues, where the writer changed nothing.

    `seen` is the review at the time of sending; what was proposed at `now` is what the writer confirmed.
    """
    before = _dues(draft, review_draft(draft, now=now, interface=draft.author.interface_language))
    after = _dues(draft, seen)
    confirmed = {chip["quote"]: chip["due_end"] for chip in draft.chips if chip["due_end"]}
    return {
        quote: dues
        for quote, dues in after.items()
        if quote in before and _same(confirmed.get(quote), before[quote]["due_end"])
    }


def _dues(draft: Draft, seen: Preview) -> dict[str, JsonObject]:
    found = {promise.span.of(draft.text): promise.as_json() for promise in seen.promises if promise.due_end}
    return {quote: {"due_start": said["due_start"], "due_end": said["due_end"]} for quote, said in found.items()}


def _same(one: str | None, other: str) -> bool:
    return one is not None and datetime.fromisoformat(one) == datetime.fromisoformat(other)


def _refuse_if_stale(draft: Draft, *, case: Case, reviewed: str) -> None:
    if not Draft.objects.filter(pk=draft.pk).exists():
        raise StaleReply("This draft was sent already, from another window.", news=[])
    if hold(draft).text != reviewed:
        raise StaleReply("The draft was changed in another window.", news=[])
    if case.version > draft.seen_version:
        raise StaleReply(news=news_since(case, version=draft.seen_version))


def _queue(
    case: Case, *, conversation: Conversation, author: Agent, text: str, reason: str, seen: Preview, now: Moment,
    at: Moment | None = None,
) -> Reply:  # fmt: skip
    name = new_message_id(conversation)
    leaves_at = at or now + timedelta(seconds=settings.UNDO_SECONDS)
    message = Message.objects.create(
        conversation=conversation, direction=Message.Direction.OUT, author=author, sender_name=str(author),
        text=text, new_text=text, language=seen.language, at=at or now, internet_message_id=name,
        dedupe_key=sha256(name.encode()).hexdigest(),
    )  # fmt: skip
    reply = Reply.objects.create(
        conversation=conversation, message=message, author=author, recipient=_recipient(conversation), text=text,
        language=seen.language, reason=reason.strip(), internet_message_id=name, queued_at=now, undo_until=leaves_at,
        due_at=leaves_at, send_at=at, draft={"stages": _stages(seen)},
    )  # fmt: skip
    if at is None:
        answer_given(case, now=now)
        walk_by_reply(case, _stages(seen), now=now)
    _take_if_nobodys(case, author=author, now=now)
    record(
        "reply.queued", at=now, case=case, actor=author, reply=reply.pk, message=message.pk, reason=reply.reason,
        version=raise_version(case), words=text[:FIRST_WORDS], send_at=at.isoformat() if at else None,
    )  # fmt: skip
    deliver_later(reply, now=now, at=leaves_at)
    return reply


def _recipient(conversation: Conversation) -> str:
    """Return where the customer wrote from last in this conversation, else an address of theirs we know.

    Never a stranger who came by a letter that was passed on to them: they would get our words to the customer.
    """
    said = conversation.messages.filter(direction=Message.Direction.IN, kind__in=VOICES).exclude(sender="")
    known = participants(conversation)
    senders = said.order_by("-at", "-pk").values_list("sender", flat=True)
    last = next((sender for sender in senders if sender.lower() in known), None)
    if last is not None:
        return last
    handle = conversation.case.customer.handles.filter(channel="email").order_by("muted_at", "pk").first()
    if handle is None:
        raise NoAddress
    return handle.value


def _unsay(reply: Reply, *, case: Case) -> None:
    """Take back what the case owed to a reply that never left: the time of our last words, the stages it walked.

    Whoever waited before waits again; `whose_turn` opens the case when they do.
    """
    ours = Message.objects.filter(conversation__case=case, direction=Message.Direction.OUT).exclude(NO_ANSWER)
    said = ours.order_by("-at").first()
    case.last_reply_at = said.at if said else None
    case.stages = {
        stage: walked for stage, walked in case.stages.items() if datetime.fromisoformat(walked) != reply.queued_at
    }
    write(case, "last_reply_at", "stages")


def _stages(seen: Preview) -> list[str]:
    return sorted(stage.value for stage, part in seen.verdict.stages.items() if part >= STAGE_WALKED)


def _take_if_nobodys(case: Case, *, author: Agent, now: Moment) -> None:
    if case.owner_id is None:
        case.owner = author
        write(case, "owner")
        hand_over(case, before=None, to=author, stood_in=lead_of(case), by=author, now=now)
        record("case.assigned", at=now, case=case, actor=author, to=author.pk, before=None)


def _promise(draft: Draft, *, reply: Reply, seen: Preview, now: Moment) -> None:
    """Write the confirmed chips into the ledger; a chip whose words were deleted since promises nothing.

    "We will write to you again", without a time, is our word that somebody answers: it gets one, and an owner (R113).
    """
    if reply.message is None:
        return
    for chip in draft.chips:
        if chip["decision"] == CONFIRMED and chip["quote"] in draft.text:
            make(chip, case=draft.case, message=reply.message, owner=draft.case.owner, now=now)
    vague = vague_answer(draft, seen)
    if vague and not reply.message.promises.exists():
        due_at = answer_due(draft.case, since=reply.due_at)
        quote = sentence_of(draft.text, vague)
        promise_answer(draft.case, message=reply.message, quote=quote, due_at=due_at, now=now)


def _give_draft_back(reply: Reply, *, case: Case, now: Moment) -> None:
    if reply.author is None:
        return
    kept: JsonObject = reply.draft
    begun = Draft.objects.filter(case=case, author=reply.author).first()
    draft = begun or Draft(case=case, author=reply.author, conversation=reply.conversation)
    draft.text = f"{kept['text']}\n\n{begun.text}" if begun and begun.text.strip() else kept["text"]
    draft.chips, draft.dismissed, draft.heard = kept["chips"], kept["dismissed"], kept.get("heard", [])
    draft.seen_version, draft.updated_at = case.version, now
    draft.save()
    Attachment.objects.filter(message=reply.message).exclude(message=None).update(message=None, draft=draft)
