"""What a writer names, exactly as they wrote it: orders, sums and dates here; things and names beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import re2

from amends.languages import LanguagePack
from amends.reading import names, unspaced
from amends.reading.cues import Found, Phrasebook
from amends.reading.figures import patterns
from amends.reading.names import FILE
from amends.reading.patterns import first_group, options, over_bytes
from amends.reading.plain import Plain
from amends.reading.things import brands, named_goods, things, with_brand, with_model
from amends.reading.values import ReadFact
from amends.text.linear import Search
from amends.text.spans import Span
from amends.vocabulary import FactKind

DIGITS_OF_A_CODE: Final = 2
SHORTEST_CODE: Final = 4
DIGITS_IN_PARTS: Final = 5
LETTERS_IN_PARTS: Final = 3
SERVICE_LINE: Final = re.compile(r"1[358]00[- ][0-9]{3}(?:[- ][0-9]{3,4})?")
"""A telephone of many countries that costs its callers little: "1500-123", "1800-555-019"."""
LOCATOR: Final = 6
"""Letters of an airline's locator, as QX7RML."""
TELEPHONE: Final = re.compile(r"0[1-9][0-9]*(?: [0-9]+)+")
QUOTES: Final = frozenset("\"'“”„‘’«»")
LOOK_BACK: Final = 14
MOST_WORDS_OF_A_SUM: Final = 2
_BESIDE: Final = re.compile(r"([a-z$]*?\.?)[0-9][0-9.,:x/]*([a-z]*)")
A_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
THOUSANDS: Final = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")
_GROUPS: Final = re.compile(r"[A-Za-z0-9]+")
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
                whole = with_model(span, plain.written, found.book.pack)
                if not any(taken[span.end : whole.end]):
                    taken[span.end : whole.end] = b"\x01" * (whole.end - span.end)
                    span = whole
                if any(name in known for known in things_named):
                    continue
                things_named.append(name)
            kept.append(_fact(kind, span, plain.written))
    return tuple(sorted(kept, key=lambda fact: fact.span))


def _named(found: Found) -> Iterator[tuple[FactKind, Span]]:
    """Yield everything that finders find, in order of precedence, in the text as written."""
    plain, book = found.plain, found.book
    yield from _figures(found)
    if not book.pack.has(FILE):
        return
    for span in named_goods(plain.written, book.pack):
        yield FactKind.PRODUCT, span
    for span in things(found):
        yield FactKind.PRODUCT, with_brand(plain.back(span), plain.written)
    for span in brands(plain.written, book.pack):
        yield FactKind.PRODUCT, span
    if book.script.spaced:
        yield from names.people_and_places(plain.written, book.pack)
    else:
        for kind, span in unspaced.people_and_places(plain, book.pack):
            yield kind, plain.back(span)


def _figures(found: Found) -> Iterator[tuple[FactKind, Span]]:
    """Yield orders, sums and days, in order of precedence, in the text as written."""
    plain = found.plain
    finders = _finders(found.book.pack, found.book)
    for number in sorted(finders.any.Match(plain.raw) or ()):
        kind, finder = finders.each[number]
        for span in _places(finder, plain):
            here = plain.back(span)
            if kind is FactKind.ORDER:
                here = _bare(here, plain.written, finders)
            if len(here) and _likely(kind, here, plain.written) and here.of(plain.written) not in finders.no_sums:
                yield kind, here


def _fact(kind: FactKind, span: Span, written: str) -> ReadFact:
    return ReadFact(kind=kind, span=span, value=span.of(written))


@dataclass(frozen=True, kw_only=True, eq=False)
class _Finders:
    """The finders in order of precedence, and one pass that tells which of them will find anything."""

    any: Any
    each: tuple[tuple[FactKind, Search], ...]
    no_sums: frozenset[str]
    no_codes: frozenset[str]
    no_numbers: frozenset[str]
    model_words: tuple[str, ...]


@cache
def _finders(pack: LanguagePack, book: Phrasebook) -> _Finders:
    """Return the finders in order of precedence: what an earlier one took, a later one leaves."""
    sources = tuple(patterns(book.source.get("facts", {}), spaced=book.script.spaced))
    together = re2.Set.SearchSet(options())
    for _, source in sources:
        together.Add(source.encode())
    together.Compile()
    return _Finders(
        any=together,
        each=tuple((kind, over_bytes(source)) for kind, source in sources),
        no_sums=frozenset(book.source.get("facts", {}).get("no_sums", ())),
        no_codes=frozenset(_said(book, "no_codes", "order_words", "order_links")) - {*_said(book, "order_kept")},
        no_numbers=frozenset(_said(book, "no_numbers", "money_before", "money_scale")),
        model_words=tuple(_said(book, "model_words")),
    )


def _said(book: Phrasebook, *names: str) -> Iterator[str]:
    """Yield the words of several lists of the pack's `[facts]`."""
    for name in names:
        yield from book.source.get("facts", {}).get(name, ())


def _likely(kind: FactKind, here: Span, written: str) -> bool:
    """Return whether what was found looks like its kind: "0 €" is no sum; a day quoted alone is only what was told."""
    found = here.of(written)
    if kind is FactKind.ORDER:
        return _is_code(found)
    if kind is FactKind.AMOUNT:
        return any(letter.isdigit() and letter != "0" for letter in found) or not any(map(str.isdigit, found))
    return written[here.start - 1 : here.start] not in QUOTES or written[here.end : here.end + 1] not in QUOTES


def _is_code(found: str) -> bool:
    """Return whether a code looks like one: long enough, with digits, no address; its parts in capitals."""
    digits = _digits(found)
    if digits < DIGITS_OF_A_CODE:
        return digits == 1 and len(found) == LOCATOR and found.isalnum() and found.isupper() and found.isascii()
    if (
        len(found) < SHORTEST_CODE
        or DOMAIN_OR_MAIL.search(found)
        or SERVICE_LINE.fullmatch(found)
        or TELEPHONE.fullmatch(found)
        or THOUSANDS.fullmatch(found)
    ):
        return False
    return " " not in found or not found[0].isascii() or found[0].isdigit() or _in_parts(found)


def _in_parts(found: str) -> bool:
    """Return whether words and numbers are one code: its letters are capitals, or few beside many digits."""
    first, groups = found.split()[0], len(_GROUPS.findall(found))
    few = len(first) < LETTERS_IN_PARTS or (len(first) == LETTERS_IN_PARTS and groups > LETTERS_IN_PARTS - 1)
    return found.isupper() or (found.islower() and few and _digits(found) >= DIGITS_IN_PARTS)


def _digits(found: str) -> int:
    return sum(letter.isdigit() for letter in found)


def _bare(here: Span, written: str, finders: "_Finders") -> Span:
    """Return a code without the words beside it that are none of it ("on 338104"); nothing where it is no code."""
    words = here.of(written).split(" ")
    if written[max(0, here.start - LOOK_BACK) : here.start].rstrip().lower().endswith(finders.model_words):
        return Span(here.start, here.start)
    begins = next((at for at, word in enumerate(words) if word.lower() not in finders.no_codes), 0)
    first = sum(len(word) + 1 for word in words[:begins])
    last = len(words[-1]) + 1 if len(words) > 1 and _goes_on(words, finders.no_codes) else 0
    is_phone = begins and len(words) > MOST_WORDS_OF_A_SUM and words[begins].startswith("0")
    is_year = begins and A_YEAR.fullmatch(" ".join(words[begins:]))
    is_sum = len(words) <= MOST_WORDS_OF_A_SUM and _counts("".join(words).lower(), finders.no_numbers)
    return Span(here.start, here.start) if is_phone or is_year or is_sum else Span(here.start + first, here.end - last)


def _counts(found: str, no_numbers: frozenset[str]) -> bool:
    """Return whether a word beside a number makes it a sum or an hour: "rp8.250", "600rb", "jam10.30"."""
    beside = _BESIDE.fullmatch(found)
    return bool(beside and (beside[1] or beside[2]) in no_numbers)


def _goes_on(words: list[str], no_codes: frozenset[str]) -> bool:
    """Return whether the last word goes on with the sentence: it is small, and no single letter behind small ones."""
    last = words[-1]
    small = last.islower() and (len(last) > 1 or not words[0].islower())
    return last.isalpha() and (small or last.lower() in no_codes)


def _places(search: Search, plain: Plain) -> Iterator[Span]:
    """Yield each place of a finder; a match without a group is of what only looks like a fact."""
    place = 0
    while found := search(plain.raw, place):
        named = first_group(found)
        if named:
            yield plain.span(*named)
        place = max((named or found[0])[1], place + 1)
