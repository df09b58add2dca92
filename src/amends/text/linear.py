"""Linear-time expressions over bytes (RE2), searched without the objects that its package wraps around each match.

Those make its answers look like those of `re`; they cost as much as the search itself.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

import re2

Places = Sequence[tuple[int, int]]
"""Where a match and each of its groups starts and ends; -1 and -1 for a group that takes no part."""
Search = Callable[[bytes, int], Places | None]
"""Return the first match in some bytes from a place on."""
_NOWHERE: Final = (-1, -1)


def searcher(expression: Any) -> Search:
    """Return what searches for a compiled expression of bytes."""
    match, anywhere = expression._regexp.Match, re2._Anchor.UNANCHORED

    def search(text: bytes, place: int) -> Places | None:
        found: Places = match(anywhere, text, place, len(text))
        return None if found[0] == _NOWHERE else found

    return search
