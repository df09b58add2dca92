"""What is done for the customer, beside what they asked for and what they are worth to us."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from amends.coach.entry import Entry
from amends.coach.finding import Detector
from amends.coach.scene import Hit, Scene
from amends.vocabulary import FactKind, WishKind

SUM: Final = re.compile(r"\d{1,12}(?:[.,\u00a0\u202f']\d{3}){0,3}(?:[.,]\d{1,2})?(?!\d)")
TAIL: Final = re.compile(r"[.,](\d{1,2})$")
SMALL_SHARE: Final = Decimal("0.1")
"""A sum is small beside a customer who has bought for ten times as much."""
REMEDIES: Final = {
    WishKind.REFUND: "gives_refund",
    WishKind.REPLACEMENT: "gives_replacement",
    WishKind.REPAIR: "gives_repair",
}
"""The cue that says that we do what they wish."""
OTHERS: Final = ("gives_refund", "gives_replacement", "gives_repair", "gives_voucher")


def _small_sum(entry: Entry, scene: Scene) -> list[Hit]:
    """Return a hit where a sum is disputed that is small beside what the customer has bought from us."""
    worth = scene.case.worth
    if worth is None or worth.amount <= 0:
        return []
    for span in scene.cue("disputes"):
        number = scene.page.sentence_at(span.start)
        sums = [*sums_in(scene.page.said(number)), *_sums_of_message(scene)]
        if sums and min(sums) <= worth.amount * SMALL_SHARE:
            return [Hit(span=scene.page.stretch(span), detector=Detector.COMPARE)]
    return []


def sums_in(text: str) -> Iterator[Decimal]:
    """Yield each number of a text that may be a sum: 4.90, 1.250,00, 75000."""
    for match in SUM.finditer(text):
        tail = TAIL.search(match.group())
        whole = match.group()[: tail.start()] if tail else match.group()
        yield Decimal(f"{re.sub(chr(92) + 'D', '', whole)}.{tail.group(1) if tail else 0}")


def _sums_of_message(scene: Scene) -> Iterator[Decimal]:
    for fact in scene.letter.reading.facts if scene.letter else ():
        if fact.kind is FactKind.AMOUNT:
            yield from sums_in(fact.value)


def _other_remedy(entry: Entry, scene: Scene) -> list[Hit]:
    """Return a hit where a remedy is given that they did not ask for, and theirs is neither given nor talked about."""
    if scene.letter is None or scene.says(*entry.unless_said):
        return []
    wished = {REMEDIES[wish.kind] for wish in scene.letter.reading.wishes if wish.kind in REMEDIES}
    given = {cue: spans for cue in OTHERS if (spans := scene.cue(cue))}
    if not wished or not given or wished & set(given):
        return []
    first = min(spans[0] for spans in given.values())
    return [Hit(span=scene.page.stretch(first), detector=Detector.COMPARE)]


CHECKS: dict[str, Callable[[Entry, Scene], list[Hit]]] = {"small_sum": _small_sum, "other_remedy": _other_remedy}
