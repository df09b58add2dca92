"""What happened on a case, oldest first: messages, notes, and the quiet turns between them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F

from amends.desk.access import events_for, messages_for, notes_for
from amends.desk.access_to_coach import writers_beside
from amends.desk.models import Agent, Attachment, Case, Event, Message, Note, Promise, Reply
from amends.desk.web.shown.belonging import Belonging, belongings
from amends.desk.web.shown.laid_out import frame_address
from amends.desk.web.shown.marks import Piece, folded_words, marked_words
from amends.desk.web.wording import HAPPENED, word

MOVED: Final = frozenset({"case.merged", "case.split", "case.words_moved", "case.move_undone"})
STILL_WRITING: Final = timedelta(minutes=30)
OUR_WAY: Final = "email"
"""Whatever way a customer writes, our answers leave by mail."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """A message on the timeline. `is_ours`: we wrote it; `is_machine`: nobody wrote it.

    `frame` is the address of its own layout, "" when it has none; `channel` the way these very words came or went.
    """

    message: Message
    pieces: list[Piece]
    earlier: str
    is_ours: bool
    is_machine: bool
    channel: str
    intensity: int | None
    is_unread: bool
    reply: Reply | None
    promises: list[Promise]
    files: list[Attachment]
    frame: str
    about: Belonging | None
    kind: str = "said"

    @property
    def at(self) -> datetime:
        """Return when it was said."""
        return self.message.at


@dataclass(frozen=True, kw_only=True)
class Noted:
    """A note between colleagues."""

    note: Note
    kind: str = "noted"

    @property
    def at(self) -> datetime:
        """Return when it was written."""
        return self.note.at


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Something that happened to the case; `detail` names whom or what."""

    event: Event
    what: str
    detail: str = ""
    kind: str = field(default="turn")

    @property
    def by(self) -> str:
        """Return who did it, "" when the desk or the customer did."""
        return str(self.event.actor or "")

    @property
    def at(self) -> datetime:
        """Return when it happened."""
        return self.event.at


Item = Said | Noted | Turn


def timeline(case: Case, agent: Agent, *, now: datetime) -> list[Item]:
    """Return everything that happened on a case that this person may see."""
    items: list[Item] = [
        *said_on(case, agent, now=now),
        *(Noted(note=note) for note in notes_for(agent).filter(case=case).select_related("author")),
        *_turns(case, agent),
    ]
    return sorted(items, key=lambda item: item.at)


def said_on(case: Case, agent: Agent, *, now: datetime) -> list[Said]:
    """Return the messages of a case, oldest first."""
    found = messages_for(agent).filter(conversation__case=case)
    rows = found.select_related("author", "conversation", "reading", "reply").prefetch_related("attachments")
    made = _by_message(case.promises.all())
    with_layout = rows.select_related("layout").defer("layout__packed").annotate(came_by=F("raw__channel"))
    messages = list(with_layout)
    about = belongings(case, messages, agent)
    return [
        _said(message, promises=made[message.pk], frame=_frame(message, agent, now=now), about=about.get(message.pk))
        for message in messages
    ]


def writing_too(case: Case, agent: Agent, *, now: datetime) -> list[str]:
    """Return who else wrote at a reply within the last half hour and has not sent it."""
    return sorted(str(who) for who in writers_beside(agent, case, since=now - STILL_WRITING))


def messages_in(items: Sequence[Item]) -> list[Message]:
    """Return the messages of people among the items."""
    return [item.message for item in items if isinstance(item, Said) and not item.is_machine]


def _frame(message: Message, agent: Agent, *, now: datetime) -> str:
    return frame_address(message, agent, now=now) if getattr(message, "layout", None) else ""


def _said(message: Message, *, promises: list[Promise], frame: str, about: Belonging | None) -> Said:
    is_ours = message.direction == Message.Direction.OUT
    reading = getattr(message, "reading", None)
    is_machine = message.kind not in {"human", "list"}
    return Said(
        message=message,
        pieces=marked_words(message, promises),
        earlier=folded_words(message),
        is_ours=is_ours,
        is_machine=is_machine,
        channel=OUR_WAY if is_ours else getattr(message, "came_by", None) or message.conversation.channel,
        intensity=reading.intensity if reading else None,
        is_unread=not (is_ours or is_machine or reading),
        reply=getattr(message, "reply", None),
        promises=promises,
        files=list(message.attachments.all()),
        frame=frame,
        about=about,
    )


def _turns(case: Case, agent: Agent) -> list[Turn]:
    events = events_for(agent).filter(case=case, kind__in=HAPPENED).select_related("actor")
    names = {str(person.pk): str(person) for person in Agent.objects.all()} if events else {}
    return [Turn(event=event, what=word("happened", event.kind), detail=_detail(event, names)) for event in events]


def _detail(event: Event, names: dict[str, str]) -> str:
    facts = event.facts
    if event.kind == "case.assigned":
        return names.get(str(facts.get("to")), "–")
    if event.kind == "case.fault_set":
        return word("fault", facts.get("fault"))
    if event.kind in MOVED:
        return f"{facts['source']} → {facts['target']}"
    if event.kind == "conversation.admitted":
        return str(facts["email"])
    if event.kind == "case.resolved":
        return word("ending", facts.get("ending"))
    if event.kind in {"todo.made", "todo.done"}:
        return word("todo", facts.get("what"))
    if event.kind == "customer.felt":
        return word("intensity", facts.get("intensity"))
    return ""


def _by_message(promises: Iterable[Promise]) -> dict[int, list[Promise]]:
    made: dict[int, list[Promise]] = defaultdict(list)
    for promise in promises:
        if promise.message_id is not None:
            made[promise.message_id].append(promise)
    return made
