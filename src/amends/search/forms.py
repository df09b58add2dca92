"""The forms of a word: what it is called in a dictionary, its stem, the words it is joined from, its family."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import snowballstemmer
from platformdirs import user_cache_path
from simplemma import Lemmatizer, __version__
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries import TrieDictionaryFactory

from amends.search.folding import exact, folded
from amends.search.tongue import Tongue, tongue
from amends.vocabulary import FIRST_CLASS, LanguageTag

LEAST_PART: Final = 4
LEAST_OF_A_JOINED_WORD: Final = 7
LONGEST_WITH_FORMS: Final = 40
MOST_DICTIONARIES: Final = 12
_busy: Final = threading.Lock()
"""Snowball's stemmers keep the word they work on; two threads must not share one at the same time."""


class Dictionaries:
    """Dictionaries of inflections, packed once into files of `folder` and read from there by every process.

    Unpacked, the Finnish one alone takes 340 MB and two seconds in each process; packed, 18 MB and 10 ms.
    """

    folder: Path | None = None

    @classmethod
    def keep_in(cls, folder: Path) -> None:
        """Keep them in `folder` from now on; those that this user has packed elsewhere before are taken over.

        What cannot be taken over is packed anew by whoever needs it.
        """
        cls.folder = folder
        packed_before = user_cache_path("simplemma") / "marisa_trie" / __version__
        for tag in FIRST_CLASS:
            with suppress(OSError):
                _take_over(packed_before / f"{tag}.dic", folder / f"{tag}.dic")

    @classmethod
    @cache
    def factory(cls) -> TrieDictionaryFactory:
        """Return where dictionaries come from; the user's cache folder unless `folder` was set before."""
        where = str(cls.folder) if cls.folder else None
        return TrieDictionaryFactory(cache_max_size=MOST_DICTIONARIES, use_disk_cache=True, disk_cache_dir=where)


def _take_over(file: Path, at: Path) -> None:
    """Copy a file to where it is not yet. Another process sees it whole or not at all."""
    if file.exists() and not at.exists():
        at.parent.mkdir(parents=True, exist_ok=True)
        half = shutil.copyfile(file, at.with_suffix(f".{os.getpid()}"))
        half.replace(at)


def forms(word: str, tag: LanguageTag) -> frozenset[str]:
    """Return the terms of one word besides itself, in a language: `l_` lemma, `s_` stem, `k_` family, `p_` part."""
    return frozenset() if len(word) > LONGEST_WITH_FORMS or not word.isalpha() else _forms(exact(word), tag)


def whole_forms(word: str, tag: LanguageTag) -> frozenset[str]:
    """Return the terms of the word as a whole, and as a part of others: what to look for when somebody asks for it."""
    own = {term for term in forms(word, tag) if not term.startswith("p_")}
    return frozenset(own | {f"p_{term[2:]}" for term in own if term.startswith("l_")})


@lru_cache(maxsize=200_000)
def _forms(word: str, tag: LanguageTag) -> frozenset[str]:
    known = tongue(tag)
    parts = _parts(word, known) if known.is_joined else None
    lemma = _joined_lemma(parts) if parts and not _is_known(word, known) else _lemma(word, known)
    found = {f"l_{folded(lemma)}"} if known.lemmas else set()
    found |= {f"s_{folded(_stem(each, known))}" for each in {word, lemma} if known.stemmer}
    # The families are written in lemmas mostly, but a word may stand there as people write it.
    found |= {f"k_{known.families[each]}" for each in {folded(word), folded(lemma)} if each in known.families}
    return frozenset(found | {f"p_{folded(part)}" for part in parts or ()})


def _lemma(word: str, known: Tongue) -> str:
    return exact(_lemmatizer().lemmatize(word, lang=known.lemmas)) if known.lemmas else word


def _is_known(word: str, known: Tongue) -> bool:
    return bool(known.lemmas) and Dictionaries.factory().get_dictionary(known.lemmas).get(word) is not None


def _stem(word: str, known: Tongue) -> str:
    with _busy:
        return str(_stemmer(known.stemmer).stemWord(word))


def _joined_lemma(parts: tuple[str, str]) -> str:
    return "".join(parts)


def _parts(word: str, known: Tongue) -> tuple[str, str] | None:
    """Return the two dictionary words that a word is joined from, the last one uninflected, None if it is not.

    The first must be a dictionary form or end in a joint, as in `toimitus|aika` and `asiakkaan|palvelu`; of several
    ways the most even one is meant most often.
    """
    if len(word) < LEAST_OF_A_JOINED_WORD:
        return None
    ways = sorted(_ways(word, known), key=lambda way: abs(2 * way - len(word)))
    for way in ways:
        return _first_part(word[:way], known) or word[:way], _lemma(word[way:], known)
    return None


def _ways(word: str, known: Tongue) -> Iterator[int]:
    for way in range(2, len(word) - 1):
        first, last = word[:way], word[way:]
        if _may_be_part(first, known) and _may_be_part(last, known) and _first_part(first, known):
            yield way


def _may_be_part(part: str, known: Tongue) -> bool:
    return part in known.short_parts or (len(part) >= LEAST_PART and _is_known(part, known))


def _first_part(part: str, known: Tongue) -> str | None:
    lemma = _lemma(part, known)
    return lemma if part == lemma or part.endswith(known.joints) else None


@cache
def _lemmatizer() -> Lemmatizer:
    return Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=Dictionaries.factory()))


@cache
def _stemmer(name: str) -> Any:
    return snowballstemmer.stemmer(name)
