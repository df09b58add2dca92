"""What a language brings to the search: its dictionary of inflections, its stemmer, its word families.

All of it is data: `search.toml` of its pack, else the table of stemmers that `und` keeps for languages without one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from amends.languages.load import UNDETERMINED, available, load
from amends.search.folding import folded
from amends.vocabulary import JsonObject, LanguageTag

FILE: Final = "search.toml"


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """One language for the search.

    `lemmas` names a dictionary of inflections, `stemmer` one of Snowball's, each empty for none. `is_joined` when words
    are joined to new ones without a space, an inflected first one by one of `joints`; `short_parts` are such parts of
    fewer than four letters. `families`: word → the name of its family (deliver, delivery). `silent` words say nothing
    alone (the, is).
    """

    tag: LanguageTag
    lemmas: str = ""
    stemmer: str = ""
    is_joined: bool = False
    joints: tuple[str, ...] = ()
    short_parts: frozenset[str] = frozenset()
    families: Mapping[str, str]
    silent: frozenset[str] = frozenset()


@cache
def tongue(tag: LanguageTag) -> Tongue:
    """Return what the search knows of a language; of one without a pack, its stemmer if there is one."""
    base = tag.replace("_", "-").split("-")[0]
    pack = load(base)
    if pack.tag != UNDETERMINED and pack.has(FILE):
        return _read(pack.tag, pack.toml(FILE))
    stemmers = load(UNDETERMINED).toml(FILE)["stemmers"]
    return Tongue(tag=base, stemmer=stemmers.get(base, ""), families={})


@cache
def at_home() -> tuple[LanguageTag, ...]:
    """Return the languages in which a question of unknown language is understood: those whose pack says so."""
    packs = (load(tag) for tag in sorted(available()))
    return tuple(pack.tag for pack in packs if pack.has(FILE) and pack.toml(FILE).get("at_home"))


def _read(tag: LanguageTag, told: JsonObject) -> Tongue:
    families = {folded(word): line.split()[0] for line in told.get("families", ()) for word in line.split()}
    return Tongue(
        tag=tag,
        lemmas=told.get("lemmas", ""),
        stemmer=told.get("stemmer", ""),
        is_joined=told.get("is_joined", False),
        joints=tuple(told.get("joints", ())),
        short_parts=frozenset(told.get("short_parts", ())),
        families=families,
        silent=frozenset(folded(word) for word in told.get("silent", "").split()),
    )
