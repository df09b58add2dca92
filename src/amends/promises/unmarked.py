"""Unmarked: a language typed without its marks, as banks' messages are: "se hoan trong vong 10 ngay lam viec"."""

import re
import unicodedata
from functools import cache
from typing import Final

from amends.languages.pack import LanguagePack

FILES: Final = ("dates.toml", "promises.toml")
LETTERS_OF_THEIR_OWN: Final = str.maketrans("đĐ", "dD")
EDGES: Final = (r"(?<=[(\"'|])", r"(?=[)\"'|])")


def as_written(pack: LanguagePack, text: str) -> LanguagePack:
    """Return the pack that a text is read by: without marks where its language may be typed so and the text has none.

    A pack allows it by a table `[unmarked]` in its dates.toml. Its pairs `instead` are words that would be others
    without their marks, and what to look for in their stead: "bên hãng" for "hãng" (maker), as "hang" is mostly "hàng"
    (goods).
    """
    if not text.isascii() and any(letter.isalpha() and not letter.isascii() for letter in text):
        return pack
    return _unmarked(pack) or pack


@cache
def _unmarked(pack: LanguagePack) -> LanguagePack | None:
    if not all(_holds(pack, name) for name in FILES) or "unmarked" not in pack.toml(FILES[0]):
        return None
    instead = dict(pack.toml(FILES[0])["unmarked"]["instead"])
    files = {name: _plain(_replaced(pack.text(name), instead)) for name in FILES}
    return LanguagePack(tag=pack.tag, files=files, parent=pack)


def _holds(pack: LanguagePack, name: str) -> bool:
    """Return whether a pack, or one that it builds on, has a file."""
    return pack.has(name) or (pack.parent is not None and _holds(pack.parent, name))


def _replaced(written: str, instead: dict[str, str]) -> str:
    """Return the text of a file with words that stand alone, or as one of several, replaced."""
    words = "|".join(re.escape(word) for word in instead)
    return re.sub(f"{EDGES[0]}(?:{words}){EDGES[1]}", lambda found: instead[found.group()], written)


def _plain(written: str) -> str:
    apart = unicodedata.normalize("NFD", written.translate(LETTERS_OF_THEIR_OWN))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
