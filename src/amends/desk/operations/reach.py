"""Who else hears a customer, by the channel they chose."""

from collections.abc import Mapping
from typing import Final

from amends.routing.queue import Reach

REACH: Final[Mapping[str, Reach]] = {"reviews": Reach.PUBLIC}
"""Channels on which others read along; every other is between the customer and us."""


def reach_of(channel: str) -> Reach:
    """Return who else hears what is said on a channel."""
    return REACH.get(channel, Reach.PRIVATE)
