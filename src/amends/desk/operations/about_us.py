"""Whom of us a customer complains about: their case is for somebody else (R130)."""

import re
from collections.abc import Iterable
from typing import Final

from amends.desk.models import Agent, Case, Message
from amends.reading.told import Target
from amends.vocabulary import CauseKind

LEAST_LETTERS: Final = 3


def complained_about(case: Case, people: Iterable[Agent]) -> list[Agent]:
    """Return those of `people` whom the customer names in a message whose anger is at a person.

    By the name that customers see. It may be another person of that name, so this warns and decides nothing.
    """
    said = Message.objects.filter(conversation__case=case, direction=Message.Direction.IN).select_related("reading")
    hard = [message.new_text.casefold() for message in said if _is_at_a_person(message)]
    return [person for person in people if any(_names(text, person.display_name) for text in hard)] if hard else []


def _is_at_a_person(message: Message) -> bool:
    reading = getattr(message, "reading", None)
    found = reading.reading if reading else {}
    first = [cause["cause"].rpartition(".")[2] for cause in found.get("causes", ())[:1]]
    return found.get("target") == Target.PERSON or first == [CauseKind.RUDE_STAFF.value]


def _names(text: str, name: str) -> bool:
    wanted = name.casefold().strip()
    if len(wanted) < LEAST_LETTERS:
        return False
    # A script without upper case writes few spaces: a name may stand anywhere. Elsewhere it begins a word, and may
    # take an ending ("Ainon").
    begins = r"(?<!\w)" if name.upper() != name.lower() else ""
    return re.search(begins + re.escape(wanted), text) is not None
