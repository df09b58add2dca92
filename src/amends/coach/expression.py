"""Patterns: the small language of the packs, compiled to a linear-time regular expression.

`{name}` a word list of the pack · ` … ` any words within one clause · ` …… ` any words within the sentence ·
`~` the rest of a word · a space may be missing where words are not spaced, and may follow a comma with `commas`.
"""

import functools
import re
from collections.abc import Mapping
from typing import Any

import re2

from amends.vocabulary import BadPack

WORD_LIST = re.compile(r"(?<!\\)\{([a-z][a-z_]*)\}")
CLASS = re.compile(r"(?<!\\)(\[(?:\\.|[^\]\\])*\])")
DEEPEST = 6
LONGEST = 200_000
"""Code points of the patterns of one rule with their word lists put in."""
LARGEST_OWN = 20_000
"""Steps of the machine of one rule that somebody here wrote: what it may cost at most for each letter of a reply."""
# A page holds no character beyond ASCII but letters, marks and digits (see page.py), so one range stands for all of
# them. The engine's own \pL is a hundred times larger, and the Finnish lists would not fit.
LETTER = r"a-z\x{80}-\x{10FFFF}"
REST_OF_WORD = rf"[{LETTER}0-9']*"
EDGE = rf"[^{LETTER}0-9]"
IN_CLAUSE = r"[^\n,;:()–—]"
IN_SENTENCE = r"[^\n]"


def expand(source: str, words: Mapping[str, str]) -> str:
    """Return `source` with its word lists put in. Raises BadPack for a list that the pack lacks."""
    for _ in range(DEEPEST):
        if not (lists := WORD_LIST.findall(source)):
            return source
        if len(source) + sum(len(words.get(name, "")) for name in lists) > LONGEST:
            raise BadPack(f"word lists make it longer than {LONGEST} letters: {source[:80]}")
        source = WORD_LIST.sub(lambda m: f"(?:{_list(m.group(1), words)})", source)
    raise BadPack(f"word lists nest deeper than {DEEPEST}: {source[:80]}")


def _list(name: str, words: Mapping[str, str]) -> str:
    if name not in words:
        raise BadPack(f"no word list {{{name}}}")
    return words[name]


def expression(source: str, words: Mapping[str, str], *, spaced: bool, commas: bool = False) -> str:
    """Return the regular expression of one pattern. `spaced`: the language writes spaces between words."""
    space = ",? " if commas else " "
    text = _cheap_letters(expand(source, words)).replace("~", REST_OF_WORD)
    if spaced:
        text = text.replace(" …… ", "\0\2").replace(" … ", "\0\1").replace("……", "\4").replace("…", "\3")
        text = text.replace(" ", space)
        text = text.replace("\0\2", rf",? (?:{IN_SENTENCE}*? )??").replace("\0\1", rf"{space}(?:{IN_CLAUSE}*? )??")
    else:
        text = text.replace("……", "\4").replace("…", "\3").replace(" ", " ?")
    return text.replace("\4", f"{IN_SENTENCE}*?").replace("\3", f"{IN_CLAUSE}*?")


def _cheap_letters(source: str) -> str:
    """Return `source` with `\\pL` and `\\pM` as plain ranges, inside brackets and outside."""
    pieces = CLASS.split(source.replace(r"\pL\pM", r"\pL").replace(r"\pM", r"\pL"))
    return "".join(piece.replace(r"\pL", LETTER if piece.startswith("[") else f"[{LETTER}]") for piece in pieces)


def whole(sources: list[str], words: Mapping[str, str], *, spaced: bool, anywhere: bool, commas: bool = False) -> str:
    """Return one expression for many patterns; unless `anywhere`, it takes in a mark at each edge of the words.

    It has no groups: to tell where a group begins costs the engine ten times what it costs to find the whole.
    """
    made: list[str] = []
    for source in sources:
        made.append(expression(source, words, spaced=spaced, commas=commas))
        if sum(map(len, made)) > LONGEST:
            raise BadPack(f"all patterns together are longer than {LONGEST} letters: {source[:80]}")
    either = "|".join(made)
    if anywhere or not spaced:
        return either
    return f"(?:^|{EDGE})(?:{either})(?:{EDGE}|$)"


@functools.cache
def options(*, is_own: bool = False, in_bytes: bool = False) -> Any:
    """Return the options every pack pattern is compiled with; `is_own`: of a pack that somebody here wrote."""
    chosen = re2.Options()
    chosen.max_mem = (8 if is_own else 128) << 20
    chosen.log_errors = False
    chosen.never_capture = True
    if in_bytes:
        chosen.encoding = re2.Options.Encoding.LATIN1
    return chosen


def compiled(source: str | bytes, *, where: str, is_own: bool = False) -> Any:
    """Return the compiled expression; of bytes, one byte a letter (alphabet.py).

    Raises BadPack naming `where` when it is too large or not linear in time.
    """
    try:
        made = re2.compile(source, options(is_own=is_own, in_bytes=isinstance(source, bytes)))
    except re2.error as wrong:
        raise BadPack(f"{where}: not a linear-time pattern: {_said(wrong)}") from wrong
    if is_own and made.programsize > LARGEST_OWN:
        raise BadPack(f"{where}: too large a pattern ({made.programsize} steps, {LARGEST_OWN} at most). Part the rule.")
    return made


def _said(wrong: Exception) -> str:
    """Return what the engine says, which gives it as bytes."""
    said = wrong.args[0] if wrong.args else wrong
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
