"""What the writer asks us to do."""

from amends.reading.cues import Found
from amends.reading.patterns import Hit
from amends.reading.values import Wish
from amends.vocabulary import WishKind


def wishes(found: Found, *, manager: Hit | None = None) -> tuple[Wish, ...]:
    """Return one wish a kind, the first wording of each, in reading order; what they decline is none.

    `manager`: the words that ask for somebody senior, which is a wish to be contacted.
    """
    first: dict[WishKind, Hit] = {WishKind.CONTACT: manager} if manager else {}
    for hit in sorted(found.under("wish."), key=lambda hit: hit.span):
        if not found.denied(hit.span):
            first.setdefault(WishKind(hit.group.removeprefix("wish.")), hit)
    return tuple(Wish(kind=kind, span=hit.span) for kind, hit in sorted(first.items(), key=lambda pair: pair[1].span))
