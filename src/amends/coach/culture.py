"""How letters speak in one language and market: address, register, directness, the writer's own endings.

The words are data: `culture.yaml` of each language pack, told in docs/reference/culture.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from amends.languages.pack import LanguagePack
from amends.text.normal import normal
from amends.vocabulary import BadPack, Fact

FILE: Final = "culture.yaml"
WORDS: Final = re.compile(r"[^\W\d_]+")
UNLIKE_A_NAME: Final = frozenset(".@_0123456789")
ENDS_FROM: Final = 7
"""Letters from which the end of a word tells its form: shorter ones only look alike."""
NEAR, FORMAL = "near", "formal"

Culture = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Voice:
    """Who writes to whom, beyond what the case says.

    `endings`: which of the voices of culture.yaml the writer speaks with, by language (`th`: `kha`); `address`: how
    this customer wishes to be addressed; `country`: the market, ISO 3166; `facts`: more that a sentence may name.
    """

    endings: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    country: str = ""
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Manner:
    """The words for the slots of a sentence (`you`, `end`, `sorry` …), and the `forms` it takes (near, plain)."""

    slots: Mapping[str, str]
    forms: tuple[str, str]


def culture(pack: LanguagePack, country: str) -> Culture:
    """Return the customs of a language in a market; empty for a language that has none written down."""
    held = _held(pack)
    return {**held, **held.get("markets", {}).get(country.upper(), {})}


def manner(pack: LanguagePack, voice: Voice, *, name: str, reply: str, message: str | None) -> Manner:
    """Return how a letter to this customer speaks: as they do, as the writer set, as the draft began, as is usual."""
    customs = culture(pack, voice.country)
    register = _register(customs, message) or _register(customs, reply) or str(customs.get("register", NEAR))
    you = _you(customs, voice.address or "", reply)
    slots = {"you": you, "you_start": you[:1].upper() + you[1:], "sorry": customs.get("sorry", {}).get(register, "")}
    slots |= _endings(customs, voice.endings.get(pack.tag.partition("-")[0], ""), reply)
    if name:
        slots["name"] = voice.address or _addressed(name, customs=customs, register=register, you=you)
    return Manner(slots=slots, forms=(register, str(customs.get("directness", "plain"))))


def addressed(name: str, pack: LanguagePack, voice: Voice) -> str:
    """Return how a letter says a customer's name that knows nothing else of them: as they wish, else as is usual."""
    customs = culture(pack, voice.country)
    register, you = str(customs.get("register", NEAR)), _you(customs, voice.address, "")
    return voice.address or _addressed(name, customs=customs, register=register, you=you)


def _addressed(name: str, *, customs: Culture, register: str, you: str) -> str:
    """Return a customer's name as a letter says it; initials, names with a title, and log-in names stay whole."""
    names = name.split()
    titles = {str(title) for title in customs.get("titles", ())}
    if not names or UNLIKE_A_NAME & set(names[0]) or names[0].lower().rstrip(".") in titles or names[0] in titles:
        return name
    polite = str(customs.get("address", {}).get(register, "{first}"))
    said = polite.replace("{you}", you).replace("{first}", names[0]).replace("{whole}", name)
    return names[0] if names[0].startswith(polite.partition("{")[0] or "\0") else said


def is_habit(words: str, kind: str, *, pack: LanguagePack, country: str) -> bool:
    """Return whether words are among those that a market says by habit; `kind` is their key, as `ritual_apologies`."""
    said = normal(words).text
    return any(str(habit) in said for habit in culture(pack, country).get(kind, ()))


def voices(pack: LanguagePack) -> dict[str, str]:
    """Return the voices that a writer may choose among, id → how it sounds; empty where all write alike."""
    return {key: str(row["name"]) for key, row in _held(pack).get("voices", {}).items()}


def opens(sentence: str, words: list[str]) -> bool:
    """Return whether a sentence in normal form begins with one of the words, whole."""
    text = sentence.strip()
    return any(text.startswith(word) and not (text[len(word) :][:1].isalpha() and word.isascii()) for word in words)


def _register(customs: Culture, text: str | None) -> str:
    """Return the register in which a text speaks to its reader, "" when it does not show."""
    words = WORDS.findall(text.lower()) if text else []
    endings = tuple(customs.get("formal_endings", ()))
    formally, nearly = (frozenset(customs.get(key, ())) for key in ("formal_words", "near_words"))
    formal = sum(word in formally or _ends(word, endings) for word in words)
    near = sum(word in nearly for word in words)
    if formal == near:
        return ""
    return FORMAL if formal > near else NEAR


def _ends(word: str, endings: tuple[str, ...]) -> bool:
    return len(word) >= ENDS_FROM and word.endswith(endings)


def _you(customs: Culture, address: str, reply: str) -> str:
    """Return the word for *you*: of how they are addressed, else the one the draft uses already."""
    known: Mapping[str, Any] = customs.get("you", {})
    forms: Mapping[str, str] = known.get("forms", {})
    said = [*WORDS.findall(address.lower())[:1], *WORDS.findall(reply.lower())] if forms else []
    return next((forms[word] for word in said if word in forms), str(known.get("default", "")))


def _endings(customs: Culture, chosen: str, reply: str) -> dict[str, str]:
    """Return the writer's endings: as they set, else as the draft has them, else none: nobody's are guessed."""
    known: Mapping[str, Any] = customs.get("voices", {})
    heard = (key for key, row in known.items() if any(word in reply for word in row["heard"]))
    row = known.get(chosen) or known.get(next(heard, "")) or customs.get("no_voice", {})
    return {slot: str(word) for slot, word in row.items() if slot not in {"heard", "name"}}


@cache
def _held(pack: LanguagePack) -> Culture:
    try:
        return pack.yaml(FILE)
    except BadPack:
        if any(one.has(FILE) for one in _line(pack)):
            raise
        return {}


def _line(pack: LanguagePack) -> list[LanguagePack]:
    line = [pack]
    while line[-1].parent is not None:
        line.append(line[-1].parent)
    return line
