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
    called = rf"(?:{who})\s?(?:{either(person.get('introduced', ()))})[\s\"']{{0,2}}"
    branch, kept_branch = either(place.get("branch", ())), either(place.get("kept", ()))
    open_branch = either(place.get("open_branch", ()))
    never, open_never = either(person.get("never", ())), either(place.get("open_never", ()))
    introduced = rf"{called}(?:(?:{never})|((?:{known})|{LETTER}{{6,36}}?){stop})"
    whole = either(place.get("open_kept", ()))
    at_branch = (
        rf"(?:{open_branch}|{whole})(?:{open_never})|(?:{open_branch})({LETTER}{{9,30}}?){halt}"
        rf"|((?:{whole}){LETTER}{{12,36}}?(?:\s[0-9]{{1,3}})?){halt}"
    )
    ends, formal = either(person.get("signs", ())), either(person.get("formal", ()))
    signed = rf"(?:{ends})\s((?:{known})(?:\s{LETTER}{{9,45}})?)\s*$"
    in_full = rf"(?:{formal})\s?(?:(?:{known})\s(?:{stop})|((?:{known})\s{LETTER}{{12,36}}?){stop})"
    no_titles = either(person.get("no_titles", ()))
    titled = rf"(?:{no_titles})|((?:{kept})(?:{known}))|(?:{titles})\s?((?:{known}))"
    numbered = rf"(?:{either(place.get('numbered', ()))})\s?(?:{spots})?\s?[0-9]{{1,3}}"
    spot = (
        rf"((?:{kept_branch})\s?(?:{kept_branch})?(?:{spots})|{numbered})|(?:{branch})\s?((?:{spots}))"
        rf"|((?:{spots})(?:{spots})?)"
    )
    return (
        (FactKind.PERSON, over_bytes(in_full, longest=False)),
        (FactKind.PERSON, over_bytes(signed)),
        (FactKind.PERSON, over_bytes(introduced, longest=False)),
        (FactKind.PERSON, over_bytes(titled)),
        (FactKind.PLACE, over_bytes(spot)),
        (FactKind.PLACE, over_bytes(at_branch, longest=False)),
    )
