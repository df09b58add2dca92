"""What a writer names, exactly as they wrote it: orders, sums and dates here; things and names beside it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import re2

from amends.languages import LanguagePack
from amends.reading import names, unspaced
from amends.reading.cues import Found, Phrasebook
from amends.reading.names import FILE
from amends.reading.patterns import NOTHING, either, options, over_bytes
from amends.reading.plain import Plain
from amends.reading.things import things
from amends.reading.values import ReadFact
from amends.text.spans import Span
from amends.vocabulary import FactKind

NUMBER: Final = r"[0-9]{1,3}(?:[.,' ][0-9]{3})+(?:[.,][0-9]{1,2})?|[0-9]+(?:[.,][0-9]{1,2})?"
DAY: Final = r"(?:0?[1-9]|[12][0-9]|3[01])"
MONTH: Final = r"(?:0?[1-9]|1[0-2])"
YEAR: Final = r"(?:19|20|25)[0-9]{2}"
LEFT: Final = r"(?:^|[^A-Za-z0-9.,/\x80-\xff-])"
RIGHT: Final = r"(?:$|[^A-Za-z0-9\x80-\xff])"
CODE: Final = r"#?[A-Za-z0-9]+(?:[-/_.][A-Za-z0-9]+)*"
LINK: Final = r"[\s:#.\-(\"'=]"
LOOSE_CODE: Final = (
    r"#[A-Za-z0-9][A-Za-z0-9-]{2,}|[A-Za-z]{1,6}[-_/]?[0-9][A-Za-z0-9-/_]{3,}|[0-9]{2,}-[0-9][0-9-]{2,}|[0-9]{8,}"
)
DIGITS_OF_A_CODE: Final = 2
SHORTEST_CODE: Final = 4
DOMAIN_OR_MAIL: Final = re.compile(r"[@]|^www\.|^https?|\.(?:com|net|org|co|id|fi|th|uk|io)$")


def facts(found: Found) -> tuple[ReadFact, ...]:
    """Return what the text names, without overlaps, in reading order: numbers and days first, then things and names."""
    plain = found.plain
    taken, kept = bytearray(len(plain.written)), []
    things_named: list[str] = []
    for kind, span in _named(found):
        if len(span) and not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\x01" * len(span)
            name = span.of(plain.written).casefold()
            if kind is FactKind.PRODUCT:
                if any(name in known for known in things_named):
                    continue
                things_named.append(name)
            kept.append(_fact(kind, span, plain.written))
    return tuple(sorted(kept, key=lambda fact: fact.span))


def _named(found: Found) -> Iterator[tuple[FactKind, Span]]:
    """Yield everything that finders find, in order of precedence, in the text as written."""
    plain, book = found.plain, found.book
    finders = _finders(book.pack, book)
    for number in sorted(finders.any.Match(plain.raw) or ()):
        kind, finder = finders.each[number]
        for span in _places(finder, plain):
            if _likely(kind, span.of(plain.blanked)):
                yield kind, plain.back(span)
    if not book.pack.has(FILE):
        return
    for span in things(found):
        yield FactKind.PRODUCT, plain.back(span)
    if book.script.spaced:
        yield from names.people_and_places(plain.written, book.pack)
    else:
        for kind, span in unspaced.people_and_places(plain, book.pack):
            yield kind, plain.back(span)


def _fact(kind: FactKind, span: Span, written: str) -> ReadFact:
    return ReadFact(kind=kind, span=span, value=span.of(written))


@dataclass(frozen=True, kw_only=True, eq=False)
class _Finders:
    """The finders in order of precedence, and one pass that tells which of them will find anything."""

    any: Any
    each: tuple[tuple[FactKind, Any], ...]


@cache
def _finders(pack: LanguagePack, book: Phrasebook) -> _Finders:
    """Return the finders in order of precedence: what an earlier one took, a later one leaves."""
    words = book.source.get("facts", {})
    spaced = book.script.spaced
    sources = (
        (FactKind.ORDER, _order(words, spaced)),
        (FactKind.DATE, _date(words, spaced)),
        (FactKind.DATE, _days(words, spaced)),
        (FactKind.AMOUNT, _amount(words, spaced)),
        (FactKind.ORDER, f"{LEFT}({LOOSE_CODE}){RIGHT}"),
    )
    together = re2.Set.SearchSet(options())
    for _, source in sources:
        together.Add(source.encode())
    together.Compile()
    return _Finders(any=together, each=tuple((kind, over_bytes(source)) for kind, source in sources))


def _order(words: dict[str, Any], spaced: bool) -> str:
    """Return the pattern of a code behind "order", "no. resi", "tilausnumero" …"""
    left, right = (LEFT, RIGHT) if spaced else ("", "")
    ending = words.get("order_endings", "")
    link = f"(?:{LINK}|{_either(words.get('order_links', ()))})*?"
    return f"{left}(?:{_either(words.get('order_words', ()))}){ending}{link}({CODE}){right}"


def _amount(words: dict[str, Any], spaced: bool) -> str:
    before, after = _either(words.get("money_before", ())), _either(words.get("money_after", ()))
    scale, bare = _either(words.get("money_scale", ())), _either(words.get("money_bare_scale", ()))
    scaled = rf"(?:{NUMBER})(?:\s?(?:{scale}))?(?:,-|:-)?"
    left, right = (LEFT, RIGHT) if spaced else (r"(?:^|[^A-Za-z0-9.,])", r"(?:$|[^A-Za-z0-9])")
    kinds = [rf"(?:{before})\s?{scaled}(?:\s?(?:{after}))?", rf"{scaled}\s?(?:{after})"]
    kinds += words.get("money_shapes", [])
    if words.get("money_bare_scale"):
        kinds.append(rf"(?:{NUMBER})\s?(?:{bare})")
    return f"{left}({'|'.join(kinds)}){right}"


def _date(words: dict[str, Any], spaced: bool) -> str:
    month = _either(words.get("months", ()))
    endings = words.get("month_endings", "")
    day = rf"{DAY}(?:st|nd|rd|th|\.)?"
    orders = {
        "D M Y": rf"{day}(?:\s?of)?\s*(?:{month}){endings}(?:[.,]?\s*(?:{YEAR}))?",
        "M D Y": rf"(?:{month})\.?\s{day}(?:,?\s(?:{YEAR}))?",
    }
    named = [orders[order] for order in words.get("month_order", ["D M Y"])] if words.get("months") else []
    numeric = [rf"{YEAR}-{MONTH}-{DAY}", rf"{DAY}[./-]{MONTH}[./-](?:{YEAR}|[0-9]{{2}})"]
    left, right = (LEFT, RIGHT) if spaced else (r"(?:^|[^A-Za-z0-9.,/-])", r"(?:$|[^A-Za-z0-9])")
    introduced = words.get("date_before", ())
    plain = f"{left}({'|'.join([*named, *numeric])}){right}"
    if not introduced:
        return plain
    return f"{plain}|(?:^|[^A-Za-z0-9])(?:{_either(introduced)})\\s*({DAY}[/]{MONTH}){right}"


def _days(words: dict[str, Any], spaced: bool) -> str:
    """Return the pattern of a pack's own shapes of a day: between edges, without any, and behind words of theirs."""
    left, right = (LEFT, RIGHT) if spaced else ("", r"(?:$|[^A-Za-z0-9])")
    loose = "|".join(words.get("date_loose", ())) or NOTHING
    behind = [
        rf"{LEFT if spaced else ''}{before}{' ' if spaced else ''}({day}){right}"
        for before, day in words.get("date_behind", ())
    ]
    return "|".join([rf"{left}({'|'.join(words.get('date_shapes', ())) or NOTHING}){right}", rf"({loose})", *behind])


def _likely(kind: FactKind, found: str) -> bool:
    """Return whether a code looks like one: long enough, with digits, no address; "0 €" is no sum."""
    if kind is FactKind.AMOUNT:
        return any(letter in "123456789" for letter in found)
    if kind is not FactKind.ORDER:
        return True
    digits = sum(letter.isdigit() for letter in found)
    return digits >= DIGITS_OF_A_CODE and len(found) >= SHORTEST_CODE and not DOMAIN_OR_MAIL.search(found)


def _places(finder: Any, plain: Plain) -> Iterator[Span]:
    place = 0
    while found := finder.search(plain.raw, place):
        number = next((number for number in range(1, finder.groups + 1) if found.span(number)[0] >= 0), 0)
        start, end = found.span(number)
        yield plain.span(start, end)
        place = max(end, place + 1)


def _either(words: Iterable[str]) -> str:
    return either(words, space=r"\s?")
