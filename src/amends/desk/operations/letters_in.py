"""A letter as rows: its message and its files, not yet written."""

from amends.desk.models import Attachment, Conversation, Marking, Message, RawMessage
from amends.desk.operations.archived import counts_from
from amends.desk.operations.marking import as_remembered
from amends.desk.operations.understanding import Sketch, Understood
from amends.mail.threads import Why


def message_of(what: Understood, *, conversation: Conversation, why: Why, taught: Marking | None) -> Message:
    """Return the message of an understood letter. `taught`: what an agent last said is new in this sender's mail."""
    letter, writer, trust = what.intake.letter, what.intake.writer, what.trust
    remembered = as_remembered(letter, taught, trust=trust)
    folded = remembered.folded if remembered else letter.folded
    return Message(
        conversation=conversation,
        direction=Message.Direction.IN,
        kind=letter.kind.value,
        sender=writer.email[:320] if writer else "",
        sender_name=writer.name[:200] if writer else "",
        subject=letter.subject[:300],
        text=letter.text,
        new_text=(remembered or letter).new_text or letter.text,
        folded=[[span.start, span.end] for span in folded],
        at=counts_from(what.raw, letter),
        written_at=letter.date,
        internet_message_id=letter.message_id[:500],
        dedupe_key=what.intake.dedupe_key,
        raw=what.raw,
        why_here=why,
        trust=trust.verdict,
        trust_reasons=[because.as_json() for because in trust.because],
        doubts=[*letter.doubts, *_cut(what.raw)],
    )


def attachment_of(message: Message, sketch: Sketch) -> Attachment:
    """Return the row of a file that came with a message."""
    return Attachment(
        message=message,
        name=sketch.part.name[-255:],
        media_type=sketch.part.media_type[:120],
        size=sketch.part.size,
        sha256=sketch.sha256,
        thumbnail_sha256=sketch.thumbnail_sha256,
        content_id=sketch.part.content_id[:255],
    )


def _cut(raw: RawMessage) -> list[str]:
    """Return the doubt that a channel had to cut this mail, because it was larger than we take."""
    true_size = raw.envelope.get("cut_from")
    return [f"cut: {raw.size} of {true_size} bytes were taken"] if true_size else []
