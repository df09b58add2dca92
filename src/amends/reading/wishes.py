"""What the writer asks us to do."""

from amends.reading.cues import Found
from amends.reading.patterns import Hit
from amends.reading.values import Wish
from amends.vocabulary import WishKind


def wishes(found: Found) -> tuple[Wish, ...]:
    """Return one wish a kind, the first wording of each, in reading order; what they decline is none."""
    first: dict[WishKind, Hit] = {}
    for hit in sorted(found.under("wish."), key=lambda hit: hit.span):
        if not found.denied(hit.span):
            first.setdefault(WishKind(hit.group.removeprefix("wish.")), hit)
    return tuple(Wish(kind=kind, span=hit.span) for kind, hit in first.items())
