"""People and places in a script without capitals and without spaces, known by the words before them and by lists.

An unlisted name that nothing introduces stays unseen: docs/decisions/0145.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

import re2

from amends.languages import LanguagePack
from amends.reading.names import FILE, LISTS
from amends.reading.plain import Plain
from amends.text.spans import Span
from amends.vocabulary import FactKind

LONGEST_NAME: Final = 60
NOTHING: Final = r"\x00"
LETTER: Final = r"[\x80-\xff]"
"""Bytes of letters beyond ASCII; a Thai letter has three."""


def people_and_places(plain: Plain, pack: LanguagePack) -> Iterator[tuple[FactKind, Span]]:
    """Yield each person and place that is named, as a stretch of the normal text."""
    for kind, finder in _finders(pack):
        place, raw = 0, plain.raw
        while found := finder.search(raw, place):
            start, end = _inside(found, finder.groups)
            if start >= 0:
                yield kind, plain.span(start, end)
            place = max(end, found.start() + 3)


def _inside(found: Any, groups: int) -> tuple[int, int]:
    """Return the name of a match: its first group; a match without one is a word that only looks like a name."""
    spans = (found.span(number) for number in range(1, groups + 1))
    start, end = next((span for span in spans if span[0] >= 0), (-1, found.end()))
    return start, end


@cache
def _finders(pack: LanguagePack) -> tuple[tuple[FactKind, Any], ...]:
    table = pack.toml(FILE)
    person, place = table.get("person", {}), table.get("place", {})
    people = [*pack.text(LISTS["people"]).splitlines(), *person.get("known", ())]
    places = [*pack.text(LISTS["places"]).splitlines(), *place.get("own", ())]
    stop = rf"(?:{_either(person.get('ends', ()))}|[\x00-\x7f]|$)"
    halt = rf"(?:{_either(place.get('ends', ()))}|[\x00-\x7f]|$)"
    kept, titles = _either(person.get("kept", ())), _either(person.get("honorifics", ()))
    known, spots = _either(people), _either(places)
    who = _either(person.get("introduced_before", ()))
    called = rf"(?:{who})\s?(?:{_either(person.get('introduced', ()))})\s?"
    branch, kept_branch = _either(place.get("branch", ())), _either(place.get("kept", ()))
    open_branch = _either(place.get("open_branch", ()))
    never, open_never = _either(person.get("never", ())), _either(place.get("open_never", ()))
    introduced = rf"{called}(?:(?:{never})|((?:{known})|{LETTER}{{6,36}}?){stop})"
    at_branch = rf"(?:{open_branch})(?:{open_never})|((?:{open_branch}){LETTER}{{9,30}}?){halt}"
    titled = rf"((?:{kept})(?:{known}))|(?:{titles})\s?((?:{known}))"
    spot = rf"((?:{kept_branch})\s?(?:{kept_branch})?(?:{spots}))|(?:{branch})\s?((?:{spots}))|((?:{spots}))"
    return (
        (FactKind.PERSON, _first(introduced)),
        (FactKind.PERSON, _longest(titled)),
        (FactKind.PLACE, _longest(spot)),
        (FactKind.PLACE, _first(at_branch)),
    )


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or NOTHING


def _first(expression: str) -> Any:
    return _compiled(expression, longest=False)


def _longest(expression: str) -> Any:
    return _compiled(expression, longest=True)


def _compiled(expression: str, *, longest: bool) -> Any:
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.longest_match = longest
    options.max_mem = 64 << 20
    return re2.compile(expression.encode(), options)
