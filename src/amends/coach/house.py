"""Words of the house: names inside the company, colleagues, and words the brand has better ones for, made into a pack.

What is said of a colleague that shames them, and how words end, is data: `house.yaml` of each language.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import yaml

from amends.languages.pack import LanguagePack
from amends.text.normal import normal
from amends.vocabulary import BadPack

NAME: Final = "words of the house"
FILE: Final = "house.yaml"
BRAND_RULE: Final = "own.brand_words"
LONGEST_WORD: Final = 80
FIRST_NAME: Final = 3
"""Letters from which a first name alone stands for somebody."""
ENDS_FROM: Final = 4
"""Letters from which a name may go on with an ending."""
UNSAID: Final = frozenset('()[]{}|~…\\"\n\r\t\0')
WHY: Final = {
    "en": "We have a word of our own for this.",
    "id": "Kita punya kata sendiri untuk ini.",
    "th": "เรามีคำของเราเองสำหรับสิ่งนี้",
    "fi": "Meillä on tälle oma sanamme.",
}


class WordKind(StrEnum):
    """What a word of the house is."""

    INTERNAL = "internal"
    COLLEAGUE = "colleague"
    BRAND = "brand"


@dataclass(frozen=True, kw_only=True)
class Word:
    """One word; `instead` is what to say, "" where nothing takes its place."""

    kind: WordKind
    word: str
    instead: str = ""


def is_sayable(word: str) -> bool:
    """Return whether a word can be looked for: some letters, none of the marks that patterns are written with."""
    return 1 < len(word.strip()) <= LONGEST_WORD and UNSAID.isdisjoint(word) and any(map(str.isalnum, word))


def pack_of(words: Iterable[Word], pack: LanguagePack) -> str:
    """Return the words as a pack for one language, "" without any."""
    told = _customs(pack)
    known = [word for word in words if is_sayable(word.word)]
    rules = [
        *_rules("org.internal", [w for w in known if w.kind is WordKind.INTERNAL], told["ending"], {}),
        *_rules(BRAND_RULE, [w for w in known if w.kind is WordKind.BRAND], told["ending"], {"why": WHY}),
        *_shamed([w.word for w in known if w.kind is WordKind.COLLEAGUE], told),
    ]
    return yaml.safe_dump({"rules": rules}, allow_unicode=True, width=10_000) if rules else ""


def _rules(rule: str, words: list[Word], ending: str, more: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rules for words with something better to say, and for those without."""
    swaps = {_ended(word.word, ending): word.instead for word in words if word.instead}
    plain = [_ended(word.word, ending) for word in words if not word.instead]
    found: list[dict[str, Any]] = []
    if swaps:
        found.append({"rule": rule, "kind": "swap", "swaps": swaps, **more})
    if plain:
        found.append({"rule": rule, "kind": "phrase", "phrases": plain, **more})
    return found


def _shamed(names: list[str], told: Mapping[str, str]) -> list[dict[str, Any]]:
    said = sorted({form for name in names for form in (name.strip(), name.split()[0]) if len(form) >= FIRST_NAME})
    if not said or not told["shamed"]:
        return []
    name = f"(?:{'|'.join(re.escape(normal(form).text).replace(chr(92) + ' ', ' ') for form in said)})"
    patterns = [line.strip().replace("<name>", name) for line in told["shamed"].splitlines() if line.strip()]
    return [{"rule": "staff.shamed", "kind": "pattern", "patterns": patterns}]


def _ended(word: str, ending: str) -> str:
    return word.strip() + (ending if len(word.strip()) >= ENDS_FROM else "")


def _customs(pack: LanguagePack) -> dict[str, str]:
    """Return how names end and are shamed in a language; nothing where nobody wrote it down."""
    try:
        held = pack.yaml(FILE)
    except BadPack:
        if pack.has(FILE):
            raise
        held = {}
    return {"ending": str(held.get("ending", "")), "shamed": str(held.get("shamed", ""))}
