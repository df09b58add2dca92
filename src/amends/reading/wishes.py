"""What the writer asks us to do."""

from collections.abc import Mapping
from typing import Final

from amends.reading.cues import Found
from amends.reading.letters import Letters
from amends.reading.patterns import Hit
from amends.reading.values import Wish
from amends.reading.weighing import weights
from amends.text.spans import Span
from amends.vocabulary import WishKind

KINDS: Final = tuple(WishKind)
_NAMED: Final = tuple((kind, f"wish.{kind}", f"letters.wish.{kind}") for kind in KINDS)
CONTENT: Final = 0.5
"""How likely a complaint may be for its writer to be content."""
THANKFUL: Final = ("cue.thanks", "cue.praise", "cue.settled", "settled")
ASKING: Final = ("cue.request", "cue.question", "cue.demand", "wish.cancel", "wish.other", "wish.contact")
"""Words that ask; of what was done nobody writes "please" or "I would like to"."""


def wishes(
    found: Found,
    *,
    manager: Hit | None,
    complaint: float,
    said: Mapping[str, float],
    heard: Mapping[str, float],
    letters: Letters | None,
    like: Mapping[str, float] | None = None,
) -> tuple[Wish, ...]:
    """Return one wish a kind, in reading order; what they decline is none, nor what a thankful writer tells was done.

    The phrasebook's wording is weighed with its other words (`said`: `claims.spoken`), with what letters hear of the
    whole (`heard`, as spreads) and with what the message is told like (`like`, with an encoder). A wish without
    a wording is shown by the sentence that speaks most for it. `manager`: the words that ask for somebody senior, which
    is a wish to be contacted.
    """
    worded_as, refused = worded(found, manager=manager), declined(found)
    table, alike = weights("wish", full=bool(like)), like or {}
    meant = [
        kind
        for kind, name, told in _NAMED
        if (kind in worded_as or kind not in refused)
        and table.told(
            kind, letters=heard.get(told, 0.0), cues=said[name], alike=alike.get(name, 0.0),
            said=1.0 if kind in worded_as else 0.0,
        ) >= table.least[kind]
    ]  # fmt: skip
    places = {kind: worded_as[kind].span if kind in worded_as else _sentence(kind, found, letters) for kind in meant}
    thankful = complaint < CONTENT and any(found.count(name) for name in THANKFUL)
    kept = [
        Wish(kind=kind, span=span)
        for kind, span in places.items()
        if span is not None and not (thankful and _tells(found, span))
    ]
    return tuple(sorted(kept, key=lambda wish: wish.span))


def worded(found: Found, *, manager: Hit | None) -> dict[WishKind, Hit]:
    """Return the first wording of every wish that the phrasebook finds."""
    first: dict[WishKind, Hit] = {WishKind.CONTACT: manager} if manager else {}
    for hit in sorted(found.under("wish."), key=lambda hit: hit.span):
        if not found.denied(hit.span) and not found.declined(hit.span):
            first.setdefault(WishKind(hit.group.removeprefix("wish.")), hit)
    return first


def declined(found: Found) -> frozenset[WishKind]:
    """Return what the writer says they do not want: "no need to replace it"."""
    return frozenset(
        WishKind(hit.group.removeprefix("wish.")) for hit in found.under("wish.") if found.declined(hit.span)
    )


def _tells(found: Found, span: Span) -> bool:
    """Return whether the sentence of a wish asks for nothing: "the refund is in my account, thank you"."""
    sentence = found.sentence_of(span)
    asking = (hit for name in ASKING for hit in found.by_group.get(name, ()))
    asked = any(sentence.start <= hit.span.start < sentence.end for hit in asking)
    return not asked and "?" not in sentence.of(found.plain.blanked)


def _sentence(kind: WishKind, found: Found, letters: Letters | None) -> Span | None:
    place = letters.loudest(f"wish.{kind}", found.known) if letters else None
    return None if place is None else found.sentences[place]
