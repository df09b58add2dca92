"""What they bought or use: words for things that packs list, with the words that belong to the name, and what stands
behind "I ordered a …".

Packs hold the words in named.toml; docs/decisions/0145 tells what is measured and where it is weak.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from amends.languages import LanguagePack
from amends.reading.cues import Found
from amends.reading.names import FILE, LISTS
from amends.reading.patterns import NOTHING, either, first_group, over_bytes
from amends.reading.plain import Plain
from amends.text.linear import Search
from amends.text.spans import Span

LEFT: Final = r"(?:^|[^a-z0-9\x80-\xff-])"
RIGHT: Final = r"(?:$|[^a-z0-9\x80-\xff])"
MODEL: Final = r"[a-z]{1,4}-?[0-9]{1,5}[a-z]{0,2}(?: (?:plus|pro|max|mini|ultra))?"
BRAND_REACH: Final = 40
_BRAND_BEFORE: Final = re.compile(r"(?<=[a-z] )((?:[A-Z][\w&-]+ ){1,2}(?:\d\w*(?:-\w+)? )?)$")
_BRAND: Final = re.compile(
    r"(?<![\w@./-])[A-Z][a-z]{2,12}[A-Z][a-z]{2,12}(?: (?:[A-Z][a-z]{2,12}|[A-Z]{2,4}|\d{1,4})\b)?(?![\w@.]\w)"
)
_WORD: Final = re.compile(r"\s*([^\W_][\w'’&/-]*)")
_BEHIND: Final = re.compile(rb" ([a-z]+)")
_MAKE: Final = (
    r"(?:[A-Z][a-z]\w*|[A-Z]+[a-z0-9]\w*|[A-Z]{1,3}-?[0-9][\w-]*|[0-9]{1,3}[A-Z][A-Za-z]{0,3}"
    r"|[A-Z]{2,5}(?=\s[A-Z][a-z])|LG|JBL|TCL|MSI|DJI|AOC)"
)
_NUMBER: Final = r"[A-Z][0-9]+|[0-9]{1,3}(?=\s?\D|$)(?!\s?[%.,][0-9])"
_CAPITAL: Final = re.compile("[A-Z]")
MODEL_NAME: Final = re.compile(rf"\s?\b({_MAKE})(?:\s(?:{_MAKE}|{_NUMBER})){{0,2}}\b")
MOST_WORDS: Final = 3
SHORTEST: Final = 3
LOOK_BACK: Final = 36
TOLD: Final = ("cause.", "wish.")


@dataclass(frozen=True, kw_only=True, eq=False)
class Things:
    """A pack's things, compiled: `listed` finds those it lists, `bought` the words before one that it does not."""

    listed: Search
    bought: Search
    beside: Search
    articles: frozenset[str]
    ends: frozenset[str]
    not_before: frozenset[str]
    not_after: Search
    none: frozenset[str]
    spaced: bool

    def unlisted(self, text: str, start: int) -> Span | None:
        """Return the thing that follows "I ordered": the words behind an article, up to one that ends them."""
        place, has_article, first, last, words = start, False, -1, -1, 0
        while words < MOST_WORDS and (found := _WORD.match(text, place)):
            word = found.group(1)
            if word in self.articles or (first < 0 and word.isdigit()):
                if first >= 0:
                    break
                has_article = True
            elif word in self.ends or word[0].isdigit():
                break
            else:
                first, last, words = (found.start(1) if first < 0 else first), found.end(1), words + 1
            place = found.end()
        went_on = _WORD.match(text, place)
        whole = words < MOST_WORDS or not went_on or went_on.group(1) in self.ends
        if not has_article or first < 0 or not whole or text[first:last].split()[-1] in self.none:
            return None
        return Span(first, last) if last - first >= SHORTEST else None


def with_model(span: Span, written: str, pack: LanguagePack) -> Span:
    """Return a thing with its make and model, where the pack's goods are named so: "Laptop Aksara Book 14"."""
    if not _goods(pack):
        return span
    make = MODEL_NAME.match(written, span.end)
    end = make.end() if make and make[1].lower() not in _no_models(pack) else span.end
    model = _of_a_model(pack).match(written, end)
    return Span(span.start, model.end() if model else end)


@cache
def _of_a_model(pack: LanguagePack) -> re.Pattern[str]:
    words = "|".join(pack.toml(FILE)["product"]["model_words"])
    return re.compile(rf"\s?(?i:{words})\s?[A-Z0-9][A-Za-z0-9-]*")


def named_goods(written: str, pack: LanguagePack) -> Iterator[Span]:
    """Yield each programme, plan or service that has a name of its own: "aplikasi KasirKita", "แพ็กเกจ Family"."""
    search = _goods(pack)
    for found in search.finditer(written) if search and _CAPITAL.search(written) else ():
        if (found[2] or found[3]).split()[0].lower() not in _no_models(pack):
            yield Span(found.start(1), found.end(2)) if found[1] else Span(*found.span(3))


@cache
def _goods(pack: LanguagePack) -> re.Pattern[str] | None:
    table: dict[str, Any] = pack.toml(FILE).get("product", {})
    whole, behind = ("|".join(table.get(name, ())) or r"(?!)" for name in ("named_with", "named_behind"))
    if "model_behind" not in table:
        return None
    name = rf"{_MAKE}(?:\s(?:{_MAKE}|[A-Z][a-z]+)){{0,3}}"
    return re.compile(rf"(?:((?i:{whole})\s?)({name})|(?i:\b(?:{behind}))\s({name}))\b")


@cache
def _no_models(pack: LanguagePack) -> frozenset[str]:
    """Return the words in capitals that may follow a thing and are no make: titles, towns, words for a code."""
    table: dict[str, Any] = pack.toml(FILE)
    person = table.get("person", {})
    said = [*person.get("titles", ()), *person.get("never", ()), *pack.text(LISTS["places"]).lower().splitlines()]
    return frozenset([*said, *table.get("product", {}).get("no_models", ())])


def things(found: Found) -> Iterator[Span]:
    """Yield each thing that they bought or use, as a stretch of the normal text.

    A thing named later than in the first sentence counts only beside a trouble, a wish or a word of buying: others are
    the chair they sat on.
    """
    known = _things(found.book.pack, found.book.script.spaced)
    for span in _all(found.plain, known):
        if _told_of(span, found, known):
            yield span


def with_brand(span: Span, written: str) -> Span:
    """Return a thing, as written, with the name of its make before it: "a Bosch dishwasher"."""
    first = max(0, span.start - BRAND_REACH)
    make = _BRAND_BEFORE.search(written[first : span.start])
    return Span(first + make.start(1), span.end) if make else span


def brands(written: str, pack: LanguagePack) -> Iterator[Span]:
    """Yield each name that is written as only makers of software and machines do: "LedgerPro 7"."""
    companies = _companies(pack)
    for found in _BRAND.finditer(written):
        if companies and found.group().split()[0].lower() not in companies:
            yield Span(*found.span())


@cache
def _companies(pack: LanguagePack) -> frozenset[str]:
    return frozenset(pack.toml(FILE).get("product", {}).get("companies", ()))


def _told_of(span: Span, found: Found, known: "Things") -> bool:
    sentence = found.sentence_of(span)
    if not found.sentences or sentence.start <= found.sentences[0].start:
        return True
    told = (hit.span.start for name, hits in found.by_group.items() if name.startswith(TOLD) for hit in hits)
    if any(sentence.start <= start < sentence.end for start in told):
        return True
    return known.beside(sentence.of(found.plain.blanked).encode("utf-8", "replace"), 0) is not None


def _all(plain: Plain, known: "Things") -> Iterator[Span]:
    """Yield every thing; one listed goes before one that is only bought."""
    place, raw = 0, plain.raw
    while found := known.listed(raw, place):
        start, end = first_group(found) or found[0]
        behind = _BEHIND.match(raw, end)
        aside = behind is not None and behind.group(1).decode() in known.not_before
        aside = aside or known.not_after(raw[max(0, start - LOOK_BACK) : start], 0) is not None
        if not aside and raw[start:end].decode("utf-8", "replace") not in known.none:
            yield plain.span(start, end)
        place = max(end, place + 1)
    place = 0
    while found := known.bought(raw, place):
        thing = known.unlisted(plain.blanked, plain.span(*found[1]).end)
        if thing:
            yield thing
        place = max(found[1][1], place + 1)


@cache
def _things(pack: LanguagePack, spaced: bool) -> Things:
    table: dict[str, Any] = pack.toml(FILE).get("product", {})
    edge = LEFT if spaced and "compound" not in table else ""
    return Things(
        listed=over_bytes(_listed(table, spaced)),
        bought=over_bytes(f"{LEFT}({_either(table.get('bought', ()))}){RIGHT}"),
        beside=over_bytes(f"{edge}(?:{_either(table.get('beside', ()))})"),
        articles=frozenset(table.get("articles", ())),
        ends=frozenset(table.get("ends", ())),
        not_after=over_bytes(_standing_before(table, spaced)),
        not_before=frozenset(table.get("not_before", ())),
        none=frozenset([*table.get("no_thing", ()), *table.get("no_words", ()), *table.get("never", ())]),
        spaced=spaced,
    )


def _standing_before(table: dict[str, Any], spaced: bool) -> str:
    """Return the pattern of words right before a thing by which it only stands around."""
    words, between = _either(table.get("not_after", ())), _either(table.get("between", ()))
    return rf"{LEFT}(?:{words})\s(?:(?:{between})\s)?$" if spaced else rf"(?:{words})$"


def _listed(table: dict[str, Any], spaced: bool) -> str:
    if not spaced:
        return _listed_unspaced(table)
    return "|".join([*(_inflected(table) if "compound" in table else _parted(table)), _of_model(table)])


def _listed_unspaced(table: dict[str, Any]) -> str:
    named, loose, after = (_either(table.get(name, ())) for name in ("things", "loose", "after"))
    counted = _either(table.get("counters", ()))
    more = rf"(?:{after}){{0,2}}(?:\s?[0-9]+\s?(?:{counted}))?"
    made = [
        rf"({_either(table.get('never', ()))})",
        rf"((?:{named}){more})",
        rf"((?:{loose})(?:{after}){{1,2}})",
        rf"(?:{_either(table.get('owners', ()))})((?:{named}|{loose})(?:{after}){{0,2}})",
        rf"(?:{_either(table.get('model_words', ()))})\s?({MODEL})",
    ]
    return "|".join(made)


def _inflected(table: dict[str, Any]) -> list[str]:
    """Return the patterns of stems with endings, at the end of a longer word or alone."""
    made = [
        rf"{longer}(?:{_regexes(table.get(name, ()))}){tails}"
        for name, longer, tails in (
            ("things", f"{table['compound']}*", table["tails"]),
            ("weak", f"{table['compound']}*", table["weak_tails"]),
            ("ends_only", f"{table['compound']}{{3,24}}", table["tails"]),
            ("weak_ends_only", f"{table['compound']}{{3,24}}", table["weak_tails"]),
        )
    ]
    return [f"{LEFT}({'|'.join(made)}){RIGHT}"]


def _parted(table: dict[str, Any]) -> list[str]:
    """Return the patterns of words that stand apart: with those before and behind that belong to the name."""
    named, loose, before, after = (_either(table.get(name, ())) for name in ("things", "loose", "before", "after"))
    tails, own = table.get("tails", "s?"), _either(table.get("owners", ()))
    front, rear = rf"(?:(?:{before})[\s-]){{0,3}}", rf"(?:\s(?:{after})){{0,2}}(?:\s(?:{MODEL}))?"
    plural, ending = ("s?", "") if tails == "s?" else ("", tails)
    return [
        rf"{LEFT}({front}(?:{named}){plural}{rear}){ending}{RIGHT}",
        rf"{LEFT}(?:{own})(?:\s(?:a|an|the|some|pair of))?\s({front}(?:{loose}){plural}{rear}){ending}{RIGHT}",
        rf"{LEFT}((?:(?:{before})[\s-]){{1,3}}(?:{loose}){plural}{rear}){ending}{RIGHT}",
        rf"{LEFT}((?:{loose})(?:\s(?:{after})){{1,2}}(?:\s(?:{MODEL}))?){ending}{RIGHT}",
        rf"{LEFT}((?:{loose}){rear}){ending}\s(?:{_either(table.get('owned_by', ()))}){RIGHT}",
        rf"^\s*(?:(?:{_either(table.get('openings', ()))})[\s,]+)?((?:{loose}){rear}){ending}{RIGHT}",
    ]


def _of_model(table: dict[str, Any]) -> str:
    return rf"{LEFT}(?:{_either(table.get('model_words', ()))})(?:\sno\.?)?\s({MODEL}){RIGHT}"


def _either(words: Iterable[str]) -> str:
    return either(words, space=r"\s")


def _regexes(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True)) or NOTHING
