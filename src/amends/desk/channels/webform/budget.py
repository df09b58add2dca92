"""How much may come through the web form from one address and one connection: a flood is slowed, nobody is silenced."""

from datetime import timedelta
from typing import Final

from django.utils.crypto import salted_hmac

from amends.desk.models import RawMessage
from amends.vocabulary import Moment

CHANNEL: Final = "webform"
SPAN: Final = timedelta(hours=1)
MOST_OF_AN_ADDRESS: Final = 6
MOST_OF_A_CONNECTION: Final = 30
"""Many people share one: an office, a mobile network."""


def connection_name(peer: str) -> str:
    """Return a name for an internet address that is the same each time and does not tell it."""
    return salted_hmac("amends.web-form.peer", peer).hexdigest()[:24]


def is_spent(*, email: str, connection: str, now: Moment) -> bool:
    """Return whether this address or this connection has written all it may within the hour."""
    # Every state is named so that the index on state and time serves the question.
    recent = RawMessage.objects.filter(state__in=RawMessage.State.values, received_at__gt=now - SPAN, channel=CHANNEL)
    of_address = recent.filter(envelope__email=email.lower()).count()
    return of_address >= MOST_OF_AN_ADDRESS or recent.filter(envelope__peer=connection).count() >= MOST_OF_A_CONNECTION
