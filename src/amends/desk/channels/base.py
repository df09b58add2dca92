"""What a channel must be able to do, and how a delivery may end."""

from dataclasses import dataclass
from typing import Protocol

from amends.desk.models import Mailbox, Reply
from amends.vocabulary import Moment


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The other side took it and said so in `words`."""

    words: str


@dataclass(frozen=True, kw_only=True)
class Failed:
    """It certainly did not arrive. `again`: a later try may succeed, because the trouble is not the letter itself."""

    error: str
    again: bool


@dataclass(frozen=True, kw_only=True)
class Uncertain:
    """The line broke after the other side had the text: it may have arrived, so nobody but a person sends it again."""

    error: str


Delivery = Sent | Failed | Uncertain


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """One look into a mailbox: how many messages were new, and how many the desk had already."""

    new: int = 0
    known: int = 0


class Channel(Protocol):
    """One way for words to come in and go out."""

    name: str

    def fetch(self, mailbox: Mailbox, *, now: Moment) -> Fetched:
        """Keep everything that is new there. Raises the channel's own error when the other side cannot be reached."""
        ...

    def deliver(self, reply: Reply, *, now: Moment) -> Delivery:
        """Hand one claimed reply over. Never raises for what the other side does."""
        ...
