"""A reply being written: kept on the server, read by the coach, its promises confirmed one by one."""

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from amends.coach.culture import Voice
from amends.coach.strictness import CALM, Occasion
from amends.desk import blobs
from amends.desk.events import record
from amends.desk.models import Agent, Attachment, Case, Conversation, Draft, Message
from amends.desk.operations.errors import CannotPromise
from amends.desk.operations.former import broken_since, former_replies, recent_replies, worth_of
from amends.desk.operations.notices import spoken_day
from amends.desk.operations.occasion import occasion_of
from amends.desk.operations.office import calendar_of
from amends.desk.operations.packs import own_files
from amends.desk.operations.pictures import thumbnail
from amends.desk.operations.rows import VOICES, hold, write
from amends.desk.operations.usual import usual_date
from amends.desk.operations.voices import voice_of
from amends.engines.choose import at_once as from_memory
from amends.engines.choose import embedder
from amends.flow.intake import storable
from amends.flow.reply import Preview, preview
from amends.vocabulary import CaseView, Deed, Fact, Fault, JsonObject, LanguageTag, Moment, Stage

CONFIRMED: Final = "confirmed"
DISMISSED: Final = "dismissed"


def save_draft(case: Case, *, author: Agent, text: str, seen_version: int, now: Moment) -> Draft:
    """Keep what is written so far. `seen_version`: the case's version on the writer's screen.

    Words that stood so already are not written now: `updated_at` stays, and colleagues are not told of it.
    """
    words = storable(text)
    with transaction.atomic():
        draft, is_new = Draft.objects.select_for_update().get_or_create(
            case=case,
            author=author,
            defaults={"conversation": latest_conversation(case), "updated_at": now},
        )
        # The rows that the caller read with all beside them: somebody is typing.
        draft.case, draft.author = case, author
        if draft.seen_version != seen_version:
            # The customer may have written on another channel since: the answer goes where they wrote last.
            draft.conversation = latest_conversation(case)
        if words != draft.text:
            draft.text, draft.updated_at = words, now
        draft.seen_version = seen_version
        write(draft, "text", "seen_version", "conversation", "updated_at")
        if is_new:
            record("draft.begun", at=now, case=case, actor=author, draft=draft.pk)
    return draft


def decide_chip(
    draft: Draft,
    *,
    quote: str,
    what: Deed | str,
    due_start: Moment | None,
    due_end: Moment | None,
    decision: str,
    now: Moment,
) -> Draft:
    """Confirm or set aside a proposed promise; deciding again replaces what was decided.

    Raises CannotPromise when it would be confirmed without a due time.
    """
    if decision not in {CONFIRMED, DISMISSED}:
        raise ValueError(f"a chip is confirmed or dismissed, not {decision!r}")
    if decision == CONFIRMED and due_end is None:
        raise CannotPromise
    chip = {
        "quote": quote,
        "what": Deed(what).value,
        "due_start": (due_start or due_end).isoformat() if due_end and (due_start or due_end) else None,
        "due_end": due_end.isoformat() if due_end else None,
        "decision": decision,
    }
    with transaction.atomic():
        hold(draft).chips = [*(kept for kept in draft.chips if kept["quote"] != quote), chip]
        draft.updated_at = now
        write(draft, "chips", "updated_at")
        record("chip.decided", at=now, case=draft.case, actor=draft.author, **chip)
    return draft


def dismiss_finding(draft: Draft, *, rule: str, quote: str, reason: str, now: Moment) -> Draft:
    """Set a finding aside, for this draft and these words; an error needs a written reason to count as set aside."""
    finding = {"rule": rule, "quote": quote, "reason": reason.strip()}
    with transaction.atomic():
        others = (kept for kept in hold(draft).dismissed if (kept["rule"], kept["quote"]) != (rule, quote))
        draft.dismissed, draft.updated_at = [*others, finding], now
        write(draft, "dismissed", "updated_at")
        record("finding.dismissed", at=now, case=draft.case, actor=draft.author, **finding)
    return draft


def park(draft: Draft, *, until: Moment | None, now: Moment) -> Draft:
    """Lay a draft aside for some minutes (R175), or with None take it up again. It may be sent all the same."""
    with transaction.atomic():
        hold(draft).parked_until = until
        write(draft, "parked_until")
        record("draft.parked", at=now, case=draft.case, actor=draft.author, until=until.isoformat() if until else None)
    return draft


def attach(draft: Draft, *, name: str, content: bytes, media_type: str, now: Moment) -> Attachment:
    """Put a file with a draft. Its bytes are on the disk before the row is."""
    digest, drawn = blobs.keep(content), thumbnail(content, media_type=media_type)
    with transaction.atomic():
        file = Attachment.objects.create(
            draft=draft, name=name[-255:], media_type=media_type[:120], size=len(content),
            sha256=digest, thumbnail_sha256=drawn,
        )  # fmt: skip
        record("draft.attached", at=now, case=draft.case, actor=draft.author, attachment=file.pk)
    return file


def review_draft(
    draft: Draft, *, now: Moment, interface: LanguageTag, leaves_at: Moment | None = None, at_once: bool = False
) -> Preview:
    """Return the coach's verdict and the promises found in a draft. Reads rows, writes none.

    `leaves_at`: read as written then, when that is not now. `at_once`: the encoder answers from memory alone.
    """
    occasion, when = occasion_of(draft.case, writer=draft.author, now=now), leaves_at or now
    voice = voice_of(draft.case, writer=draft.author, now=now)
    return review_text(
        draft.text, case=draft.case, now=when, interface=interface, occasion=occasion, at_once=at_once, voice=voice,
        recent=recent_replies(draft.author, but=draft.case),
    )  # fmt: skip


def review_text(
    text: str, *, case: Case, now: Moment, interface: LanguageTag, occasion: Occasion = CALM, at_once: bool = False,
    voice: Voice | None = None, recent: Sequence[str] = (),
) -> Preview:  # fmt: skip
    """Return the coach's verdict and the promises of any text that might be sent on this case.

    `at_once`: the encoder answers from memory alone. `recent`: what its writer sent to others lately.
    """
    encoder = embedder(settings.ENCODER)
    last = last_words(case)
    return preview(
        text,
        case=case_view(case),
        message=last.new_text if last else None,
        at=now.astimezone(ZoneInfo(case.customer.timezone or case.brand.timezone)),
        country=case.customer.country or case.brand.country or None,
        interface=interface,
        now=now,
        expected=case.language or case.customer.language or None,
        embed=from_memory(encoder) if at_once else encoder,
        hours=calendar_of(case.brand),
        usual_day=lambda what, language: _usual_day(case, what, language, now=now),
        occasion=occasion,
        limits=settings.STRICTNESS,
        voice=voice,
        recent=recent,
        own=own_files,
    )


def thinks() -> bool:
    """Return whether this desk has an encoder that hears what words alone do not say."""
    return from_memory(embedder(settings.ENCODER)) is not None


def _usual_day(case: Case, what: Deed, language: LanguageTag, *, now: Moment) -> tuple[Moment, str] | None:
    found = usual_date(case, what, now=now)
    zone = case.customer.timezone or case.brand.timezone
    return (found.due, spoken_day(found.due, language=language, timezone=zone)) if found else None


def case_view(case: Case) -> CaseView:
    """Return what pure rules may know of a case."""
    walked = [stage for stage in Stage if stage.value in case.stages]
    return CaseView(
        customer_name=case.customer.name,
        fault=Fault(case.fault),
        channel="email",
        stage=walked[-1] if walked else None,
        facts=tuple(_facts(case)),
        anger=case.intensity,
        first_reply=case.last_reply_at is None,
        market=case.customer.country or case.brand.country,
        worth=worth_of(case),
        former_replies=former_replies(case),
        broke_promise=broken_since(case, last_reply_at=case.last_reply_at),
    )


def last_words(case: Case) -> Message | None:
    """Return the customer's last message, None when they never wrote."""
    said = Message.objects.filter(conversation__case=case, direction=Message.Direction.IN, kind__in=VOICES)
    return said.select_related("conversation").order_by("-at", "-pk").first()


def latest_conversation(case: Case) -> Conversation:
    """Return the conversation a reply goes into: where the customer wrote last."""
    last = last_words(case)
    return last.conversation if last else case.conversations.order_by("-started_at")[0]


def open_errors(draft: Draft, seen: Preview) -> list[JsonObject]:
    """Return the error findings of a draft that nobody has set aside with a reason."""
    aside = {(kept["rule"], kept["quote"]) for kept in draft.dismissed if kept["reason"]}
    errors = [finding for finding in seen.verdict.errors if (finding.rule, finding.span.of(draft.text)) not in aside]
    return [finding.as_json() for finding in errors]


def undecided_promises(draft: Draft, seen: Preview) -> list[JsonObject]:
    """Return the promises with a time, which nobody has decided: the words commit us, and we may not mean it.

    Vague ones are left out: without a time there is nothing the ledger could watch.
    """
    decided, found = {chip["quote"] for chip in draft.chips}, dict[str, JsonObject]()
    for promise in seen.promises:
        quote = promise.span.of(draft.text)
        if promise.due_end is not None and quote not in decided:
            found.setdefault(quote, {"quote": quote, **promise.as_json()})
    return list(found.values())


def vague_answer(draft: Draft, seen: Preview) -> str:
    """Return the words that say we will answer, at no time, which the writer let stand; "" when there are none."""
    decided = {chip["quote"] for chip in draft.chips}
    vague = (p.span.of(draft.text) for p in seen.promises if p.due_end is None and p.what is Deed.ANSWER)
    return next((quote for quote in vague if quote not in decided), "")


def _facts(case: Case) -> list[Fact]:
    found = [Fact(kind="cause", value=case.cause)] if case.cause else []
    if case.order is not None:
        found.append(Fact(kind="order", value=case.order.number))
        found.extend(Fact(kind="product", value=item) for item in case.order.items)
    return found
