"""People and places in a script without capitals and without spaces, known by the words before them and by lists.

An unlisted name that nothing introduces stays unseen: docs/decisions/0145.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final

from amends.languages import LanguagePack
from amends.reading.names import FILE, LISTS
from amends.reading.patterns import either, first_group, over_bytes
from amends.reading.plain import Plain
from amends.text.linear import Search
from amends.text.spans import Span
from amends.vocabulary import FactKind

LONGEST_NAME: Final = 60
LETTER: Final = r"[\x80-\xff]"
"""Bytes of letters beyond ASCII; a Thai letter has three."""


def people_and_places(plain: Plain, pack: LanguagePack) -> Iterator[tuple[FactKind, Span]]:
    """Yield each person and place that is named, as a stretch of the normal text."""
    for kind, search in _finders(pack):
        place, raw = 0, plain.raw
        while found := search(raw, place):
            # A match without a group is a word that only looks like a name.
            named, (start, end) = first_group(found), found[0]
            if named:
                yield kind, plain.span(*named)
            place = max(named[1] if named else end, start + 3)


@cache
def _finders(pack: LanguagePack) -> tuple[tuple[FactKind, Search], ...]:
    table = pack.toml(FILE)
    person, place = table.get("person", {}), table.get("place", {})
    people = [*pack.text(LISTS["people"]).splitlines(), *person.get("known", ())]
    places = [*pack.text(LISTS["places"]).splitlines(), *place.get("own", ())]
    stop = rf"(?:{either(person.get('ends', ()))}|[\x00-\x7f]|$)"
    halt = rf"(?:{either(place.get('ends', ()))}|[\x00-\x7f]|$)"
    kept, titles = either(person.get("kept", ())), either(person.get("honorifics", ()))
    known, spots = either(people), either(places)
    who = either(person.get("introduced_before", ()))
    called = rf"(?:{who})\s?(?:{either(person.get('introduced', ()))})\s?"
    branch, kept_branch = either(place.get("branch", ())), either(place.get("kept", ()))
    open_branch = either(place.get("open_branch", ()))
    never, open_never = either(person.get("never", ())), either(place.get("open_never", ()))
    introduced = rf"{called}(?:(?:{never})|((?:{known})|{LETTER}{{6,36}}?){stop})"
    at_branch = rf"(?:{open_branch})(?:{open_never})|((?:{open_branch}){LETTER}{{9,30}}?){halt}"
    titled = rf"((?:{kept})(?:{known}))|(?:{titles})\s?((?:{known}))"
    spot = rf"((?:{kept_branch})\s?(?:{kept_branch})?(?:{spots}))|(?:{branch})\s?((?:{spots}))|((?:{spots}))"
    return (
        (FactKind.PERSON, over_bytes(introduced, longest=False)),
        (FactKind.PERSON, over_bytes(titled)),
        (FactKind.PLACE, over_bytes(spot)),
        (FactKind.PLACE, over_bytes(at_branch, longest=False)),
    )
