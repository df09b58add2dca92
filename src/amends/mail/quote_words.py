"""The words by which mail programs mark history and signatures, gathered from the `quotes.toml` of language packs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import re2

from amends.languages import LanguagePack
from amends.vocabulary import BadPack

FILE = "quotes.toml"
ROLES = ("from", "sent", "to", "cc", "subject")
BLANKS = {
    "{when}": r".*?\d.*?",
    "{date}": r"\d.*?",
    "{clock}": r".*?\d{1,2}\s?[:.h時点]\s?\d{2}.*?",
    "{who}": r".+?",
    "{mail}": r"[^<>]*[<\[(]\S+@\S+[>\])]+",
    "{device}": r"[^,.;!?]{1,60}?",
    "{rest}": r".*?",
    "{program}": r".*?(?:k-9|proton ?mail|yahoo ?mail|thunderbird|bluemail|mymail|aqua ?mail|airmail|fairemail"
    r"|tutanota|zoho ?mail|mailbird|em client|fastmail|gmx|web\.de|outlook (?:for|untuk|สำหรับ|für|pour|para|per|voor))"
    r".*?",
    "{clean}": r"[^!?]*?(?:vi-?r[uúe]|wirus|víru|вирус|вірус|ไวรัส|ウイルス|病毒|바이러스|ιούς|ιών)[^!?]*?",
    "{scanner}": r"(?:www\.)?(?:avast|avg|avira|norton|mcafee|eset|kaspersky|bitdefender|f-secure)\.[a-z]{2,3}\S*?",
}
# RE2 finds in linear time whatever is sent to it.
EITHER_CASE = "(?i)"
LARGEST_PATTERN_BYTES = 64 << 20


@dataclass(frozen=True, kw_only=True, eq=False)
class QuoteWords:
    """What marks words as not new, over all languages that the desk knows.

    `attribution` matches a whole "On …, … wrote:" line, `headed` one whose
    shape begins with a word; `said_by` are the verbs in which such lines end, and
    `said_in_passing` the ends that a person writes ("you wrote"); `labels` names the role of a header label;
    `originals` matches the text between dashes; `sent_from` and `banner` match whole lines; `disclaimers` and
    `closings` begin lines; `callings` stand in signatures, `secret` and `legal` words in small print; `form_fields` are
    labels.
    """

    attribution: Any
    headed: Any
    said_by: tuple[str, ...]
    said_in_passing: tuple[str, ...]
    labels: dict[str, str]
    originals: frozenset[str]
    sent_from: Any
    disclaimers: tuple[str, ...]
    banners: tuple[str, ...]
    closings: frozenset[str]
    callings: frozenset[str]
    calling_parts: tuple[str, ...]
    calling_ends: tuple[str, ...]
    secret: tuple[str, ...]
    legal: tuple[str, ...]
    form_fields: frozenset[str]


@cache
def quote_words(packs: tuple[LanguagePack, ...]) -> QuoteWords:
    """Return the words of these packs together; a pack without `quotes.toml` adds nothing. Raises BadPack."""
    tables = [pack.toml(FILE) for pack in packs if pack.has(FILE)]
    callings = [word.lower() for word in _gathered(tables, "signature", "callings")]
    return QuoteWords(
        attribution=_any_of(_gathered(tables, "attribution", "shapes")),
        headed=_any_of(shape for shape in _gathered(tables, "attribution", "shapes") if not shape.startswith("{")),
        said_by=_verbs(_gathered(tables, "attribution", "shapes")),
        said_in_passing=tuple(word.lower() for word in _gathered(tables, "attribution", "said_in_passing")),
        labels={label.lower(): role for role in ROLES for label in _gathered(tables, "headers", role)},
        originals=frozenset(mark.lower() for mark in _gathered(tables, "marks", "original")),
        sent_from=_any_of(_gathered(tables, "signature", "sent_from")),
        disclaimers=tuple(word.lower() for word in _gathered(tables, "signature", "disclaimers")),
        banners=tuple(word.lower() for word in _gathered(tables, "marks", "banners")),
        closings=frozenset(word.lower() for word in _gathered(tables, "signature", "closings")),
        callings=frozenset(callings),
        # Scripts without case set no spaces between words: there a calling is looked for inside of them.
        calling_parts=tuple(word for word in callings if word == word.upper()),
        calling_ends=tuple(word[1:] for word in callings if word.startswith("-")),
        secret=tuple(word.lower() for word in _gathered(tables, "signature", "secret")),
        legal=tuple(word.lower() for word in _gathered(tables, "signature", "legal")),
        form_fields=frozenset(word.lower() for word in _gathered(tables, "form", "fields")),
    )


def _gathered(tables: Sequence[dict[str, Any]], section: str, key: str) -> list[str]:
    return [word for table in tables for word in table.get(section, {}).get(key, [])]


def _verbs(shapes: Iterable[str]) -> tuple[str, ...]:
    """Return the words with which shapes end: "wrote", "a écrit"."""
    ends = {shape.rpartition("}")[2].strip().lower() for shape in shapes}
    return tuple(end for end in ends if any(map(str.isalpha, end)))


def _any_of(shapes: Iterable[str]) -> Any:
    """Return one pattern for a whole line of any of the shapes."""
    alternatives = "|".join(map(_pattern, shapes)) or r"\z."
    options = re2.Options()
    options.max_mem = LARGEST_PATTERN_BYTES
    options.log_errors = False
    try:
        return re2.compile(f"{EITHER_CASE}(?:{alternatives})", options)
    except re2.error as wrong:
        raise BadPack(f"{FILE}: a shape cannot be read: {wrong}") from wrong


def _pattern(shape: str) -> str:
    """Return the pattern of a shape such as "On {when}, {who} wrote": commas and spaces are as they come."""
    pieces = [piece for piece in re.split(r"(\{\w+\})", shape) if piece.strip(" ,")]
    return r"[\s,]*".join(BLANKS[piece] if piece in BLANKS else _literal(piece.strip(" ,")) for piece in pieces)


def _literal(words: str) -> str:
    """Return words as a pattern that does not match inside a longer word."""
    pattern = r"\s+".join(re2.escape(word) for word in words.split())
    first, last = words[0], words[-1]
    before = r"\b" if first.isascii() and first.isalnum() else ""
    after = r"\b" if last.isascii() and last.isalnum() else ""
    return f"{before}{pattern}{after}"
