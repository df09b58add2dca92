"""What a case knows, as a sentence says it: days and sums in the words of the language, nothing that is not known."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton
from babel.numbers import format_currency

from amends.vocabulary import Fact, LanguageTag

DAYS: Final = frozenset({"due", "promised", "date"})
SUM: Final = re.compile(r"(-?\d{1,12}(?:\.\d{1,3})?) ([A-Z]{3})")
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
FEWEST_LATE_DAYS: Final = 2
"""One day late is too little to count before somebody who waits, and "1 days" reads badly."""
MANY: Final = "product"
"""Of several things bought, nobody knows which one it is about."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Facts by kind: `order`, `product`, `late_days`, `due`, `promised` (ISO days), `sum` (`40.00 EUR`), `name`."""

    values: dict[str, str]
    cause: str

    @property
    def known(self) -> frozenset[str]:
        """Return the kinds that are known."""
        return frozenset(self.values)

    def spoken(self, tag: LanguageTag) -> dict[str, str]:
        """Return every fact as a sentence of a language says it."""
        return {kind: _spoken(kind, value, tag) for kind, value in self.values.items()}


def facts_of(facts: Iterable[Fact], *, name: str) -> Facts:
    """Return the facts that a sentence may name; of a kind told twice the first, of several products none."""
    told = list(facts)
    values: dict[str, str] = {"name": name} if name else {}
    for fact in told:
        if fact.value.strip() and _is_sayable(fact):
            values.setdefault(fact.kind, fact.value.strip())
    if sum(fact.kind == MANY for fact in told) > 1:
        values.pop(MANY, None)
    return Facts(values=values, cause=values.pop("cause", "").rpartition(".")[2])


def _is_sayable(fact: Fact) -> bool:
    if fact.kind != "late_days":
        return True
    return fact.value.isascii() and fact.value.isdigit() and int(fact.value[:6]) >= FEWEST_LATE_DAYS


@lru_cache(maxsize=1024)
def _spoken(kind: str, value: str, tag: LanguageTag) -> str:
    if kind in DAYS and DAY.fullmatch(value):
        return _day(value, tag)
    if kind == "sum" and (found := SUM.fullmatch(value)):
        return str(format_currency(Decimal(found[1]), found[2], locale=_locale(tag)))
    return value


def _day(value: str, tag: LanguageTag) -> str:
    try:
        return str(format_skeleton("MMMMd", date.fromisoformat(value), locale=_locale(tag)))
    except ValueError:
        return value


def _locale(tag: LanguageTag) -> Locale:
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
