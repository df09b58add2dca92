"""Everything a case can be found by: its letters, its people, its order, the notes of colleagues."""

from collections.abc import Iterable, Iterator

from amends.desk.models import Case, Customer, Message
from amends.search.words import Words, address_of, heading_of, spoken_in, words_of

MOST_MESSAGES = 500
"""Messages of one case that are read; the newest of longer ones, which no person ever wrote."""


def words_of_case(case: Case) -> tuple[Words, Words]:
    """Return what a case is found by: what everybody with the case may see, and what its notes say."""
    known = case.language or case.customer.language
    messages = list(_messages(case))
    headings = [*_headings(case), *(message.conversation.subject for message in messages[:1])]
    told = [
        heading_of(" \n".join(dict.fromkeys(filter(None, headings))), spoken_in(case.subject, known)),
        *_letters(messages, known),
        Words(forms=frozenset(_people(case, messages))),
    ]
    noted = [words_of(note.text, spoken_in(note.text)) for note in case.notes.all()]
    return _together(told), _together(noted)


def _messages(case: Case) -> Iterator[Message]:
    rows = Message.objects.filter(conversation__case=case).select_related("conversation__mailbox")
    newest = rows.prefetch_related("attachments").order_by("-at", "-pk")[:MOST_MESSAGES]
    yield from reversed(newest)


def _headings(case: Case) -> Iterator[str]:
    yield case.subject
    yield case.customer.name
    yield from (handle.value for handle in case.customer.handles.all())
    if case.order:
        yield case.order.number
        yield from (str(item) for item in case.order.items)
    else:
        yield from case.customer.orders.values_list("number", flat=True)


def _letters(messages: Iterable[Message], known: str) -> Iterator[Words]:
    """Yield the words of each letter. Of its history only the first letter's, which stands nowhere else."""
    for number, message in enumerate(messages):
        text = message.text if number == 0 else message.new_text or message.text
        files = " ".join(attachment.name for attachment in message.attachments.all())
        yield words_of(
            f"{text}\n{message.sender_name}\n{files}", spoken_in(message.new_text, message.language or known)
        )


def _people(case: Case, messages: Iterable[Message]) -> Iterator[str]:
    theirs = _names(case.customer)
    for message in messages:
        ours = message.conversation.mailbox.address if message.conversation.mailbox else case.brand.address
        if message.direction == Message.Direction.IN:
            yield from address_of(f"{message.sender} {message.sender_name} {theirs}", "f")
            yield from address_of(ours, "o")
        else:
            yield from address_of(f"{ours} {message.author or ''}", "f")
            yield from address_of(theirs, "o")


def _names(customer: Customer) -> str:
    return " ".join([customer.name, *(handle.value for handle in customer.handles.all())])


def _together(words: Iterable[Words]) -> Words:
    """Return all of these as one; a case of five hundred letters must not be copied five hundred times."""
    found = list(words)
    said = [word for each in found for word in ("_", *each.said)]
    return Words(said=tuple(said[1:]), forms=frozenset().union(*(each.forms for each in found)))
