"""The rows that go along when words go to another case, and how they come back. Called inside a transaction."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from django.db.models import Q

from amends.desk.models import Attachment, Case, Conversation, Draft, Message, Note, Promise, Reply, Tagging, Todo
from amends.desk.operations.addresses import new_token
from amends.desk.operations.drafting import latest_conversation
from amends.desk.operations.rows import write
from amends.vocabulary import JsonObject, Moment

SAME_TASK_OPEN: Final = "The same task is open on the case this one was merged into."


def carry_case(source: Case, *, to: Case, now: Moment) -> JsonObject:
    """Take everything of a case along and return what went."""
    carried: JsonObject = {"conversations": _keys(source.conversations.all()), "begun": [], "messages": {}}
    for name, rows in (("promises", source.promises.all()), ("notes", source.notes.all())):
        carried[name] = _keys(rows)
        rows.update(case=to)
    source.conversations.update(case=to)
    carried["drafts"], carried["joined_drafts"] = _carry_drafts(source, to=to)
    carried["todos"], carried["ended_todos"] = _carry_todos(source, to=to, now=now)
    carried["taggings"] = _carry_tags(source, to=to, now=now)
    return carried


def carry_messages(messages: Sequence[Message], *, to: Case, subject: str, now: Moment) -> JsonObject:
    """Take some messages along with their replies and promises, and return what went.

    A conversation that goes whole stays one, so that answers still find it; of others a new one begins there.
    """
    carried: JsonObject = {"conversations": [], "begun": [], "messages": {}}
    carried["promises"] = _keys(Promise.objects.filter(message__in=messages))
    Promise.objects.filter(message__in=messages).update(case=to)
    for conversation, group in groupby(sorted(messages, key=_of_conversation), key=lambda one: one.conversation):
        going = list(group)
        if len(going) == conversation.messages.count():
            carried["conversations"].append(conversation.pk)
            Conversation.objects.filter(pk=conversation.pk).update(case=to)
        else:
            new = _begin_like(conversation, going, to=to, subject=subject)
            carried["begun"].append(new.pk)
            carried["messages"] |= {str(message.pk): conversation.pk for message in going}
            _lay(going, in_=new)
    return carried


def put_back(carried: JsonObject, *, source: Case, target: Case) -> None:
    """Bring back what went along, and what was promised in those words since."""
    Conversation.objects.filter(pk__in=carried["conversations"]).update(case=source)
    for key, conversation in carried["messages"].items():
        _lay(Message.objects.filter(pk=int(key)), in_=Conversation.objects.get(pk=conversation))
    in_them = Q(message__conversation__in=carried["conversations"]) | Q(message__in=map(int, carried["messages"]))
    Promise.objects.filter(Q(pk__in=carried["promises"]) | in_them, case=target).update(case=source)
    Note.objects.filter(pk__in=carried.get("notes", ()), case=target).update(case=source)
    Draft.objects.filter(pk__in=carried.get("drafts", ()), case=target).update(case=source)
    Todo.objects.filter(pk__in=carried.get("todos", ()), case=target).update(case=source)
    Todo.objects.filter(pk__in=carried.get("ended_todos", ())).update(done_at=None, evidence="")
    Tagging.objects.filter(pk__in=carried.get("taggings", ()), case=target).delete()
    Conversation.objects.filter(pk__in=carried["begun"], messages=None).delete()
    for kept in carried.get("joined_drafts", ()):
        _give_draft_back(kept, case=source)


def follow_drafts(case: Case) -> None:
    """Let drafts of a case answer into one of its conversations again, when theirs went away."""
    for draft in Draft.objects.filter(case=case).exclude(conversation__case=case):
        draft.conversation, draft.seen_version = latest_conversation(case), 0
        write(draft, "conversation", "seen_version")


def _keys(rows: Iterable[Promise | Note | Conversation]) -> list[int]:
    return [row.pk for row in rows]


def _of_conversation(message: Message) -> int:
    return message.conversation_id


def _begin_like(conversation: Conversation, going: Sequence[Message], *, to: Case, subject: str) -> Conversation:
    senders = {m.sender.lower() for m in going if m.direction == Message.Direction.IN and m.sender}
    return Conversation.objects.create(
        case=to,
        channel=conversation.channel,
        mailbox=conversation.mailbox,
        token=new_token(),
        subject=subject,
        # Who took no part there takes none here either: going along admits nobody.
        participants=sorted(senders & set(conversation.participants)),
        started_at=min(message.at for message in going),
    )


def _lay(messages: Iterable[Message], *, in_: Conversation) -> None:
    keys = [message.pk for message in messages]
    Message.objects.filter(pk__in=keys).update(conversation=in_)
    Reply.objects.filter(message__in=keys).update(conversation=in_)


def _carry_drafts(source: Case, *, to: Case) -> tuple[list[int], list[JsonObject]]:
    """Take drafts along. Whoever writes on both cases gets one draft with both texts, and must look before sending."""
    moved: list[int] = []
    joined: list[JsonObject] = []
    for draft in Draft.objects.select_for_update().filter(case=source):
        there = Draft.objects.filter(case=to, author=draft.author).first()
        if there is None:
            draft.case, draft.seen_version = to, 0
            write(draft, "case", "seen_version")
            moved.append(draft.pk)
            continue
        there.text = "\n\n".join(filter(str.strip, (there.text, draft.text)))
        there.chips, there.dismissed = [*there.chips, *draft.chips], [*there.dismissed, *draft.dismissed]
        there.seen_version = 0
        write(there, "text", "chips", "dismissed", "seen_version")
        Attachment.objects.filter(draft=draft).update(draft=there)
        joined.append({
            "author": draft.author_id, "conversation": draft.conversation_id, "text": draft.text, "chips": draft.chips,
            "dismissed": draft.dismissed, "updated_at": draft.updated_at.isoformat(),
        })  # fmt: skip
        draft.delete()
    return moved, joined


def _give_draft_back(kept: JsonObject, *, case: Case) -> None:
    """Write a joined draft anew on its own case; the joined one keeps its words too, since nobody can part them."""
    if not Draft.objects.filter(case=case, author_id=kept["author"]).exists():
        Draft.objects.create(
            case=case, author_id=kept["author"], conversation_id=kept["conversation"], text=kept["text"],
            chips=kept["chips"], dismissed=kept["dismissed"], updated_at=kept["updated_at"],
        )  # fmt: skip


def _carry_todos(source: Case, *, to: Case, now: Moment) -> tuple[list[int], list[int]]:
    open_there = set(to.todos.filter(done_at=None).values_list("kind", flat=True))
    moved: list[int] = []
    ended: list[int] = []
    for todo in source.todos.filter(done_at=None):
        if todo.kind in open_there:
            todo.done_at, todo.evidence = now, SAME_TASK_OPEN
            ended.append(todo.pk)
        else:
            todo.case = to
            moved.append(todo.pk)
        write(todo, "case", "done_at", "evidence")
    return moved, ended


def _carry_tags(source: Case, *, to: Case, now: Moment) -> list[int]:
    has = set(to.taggings.values_list("tag_id", flat=True))
    new = [
        Tagging.objects.create(case=to, tag_id=tagging.tag_id, by=tagging.by, at=now)
        for tagging in source.taggings.exclude(tag_id__in=has)
    ]
    return [tagging.pk for tagging in new]
