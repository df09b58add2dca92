"""Which language a text is in: script first, then the short words that packs list, then a trained guesser.

The trained model (py3langid) takes half a second to load, so it is asked only when the words do not decide.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from amends.languages.load import UNDETERMINED, available, load
from amends.text.normal import SAME_AS
from amends.vocabulary import JsonObject, LanguageTag

FILE: Final = "guess.toml"
LONGEST_LOOKED_AT: Final = 3_000
ENOUGH_WORDS: Final = 3
CLEAR_LEAD: Final = 3.0
SURE: Final = 0.9
OWN_SCRIPT_SHARE: Final = 0.2
WEIGHT_OF_A_WORD: Final = 1.6
PREFERRED: Final = 1.5
COMMON: Final = 0.3
"""What a word that near kin share says for the conversation's language; of the kin it says a part."""
_NOT_SPEECH: Final = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[!-~]*\d[!-~]*|[#@]\w+", re.UNICODE)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*", re.UNICODE)
_FAR_FROM_LATIN: Final = re.compile("[\u0300-\U0010ffff]")
_NAMED_SCRIPT: Final = re.compile(r"^([A-Z]+)")


def language(text: str, *, prefer: LanguageTag | None = None) -> tuple[LanguageTag, float]:
    """Return the likeliest BCP 47 tag of a text and how sure that is, 0–1; `("und", 0.0)` without any evidence.

    `prefer`: the language of the conversation so far; it decides between near kin (id, ms) and for very short texts,
    never against clear words. A language without a pack is taken for the conversation's where its pack would read it
    anyway (Javanese in an Indonesian conversation). Mixed texts get the language that holds the sentence together.
    """
    speech = _NOT_SPEECH.sub(" ", text[:LONGEST_LOOKED_AT].translate(SAME_AS))
    by_script = _by_script(speech)
    if by_script is not None:
        return by_script
    words = [word.lower() for word in _WORD.findall(speech)]
    if not words:
        return (prefer, 0.3) if prefer and any(letter.isalnum() for letter in text) else (UNDETERMINED, 0.0)
    best, sure = _by_words(speech, words, prefer)
    return (prefer, sure) if prefer and _reads_as(best, prefer) else (best, sure)


def nearest(tag: LanguageTag) -> LanguageTag:
    """Return the tag whose pack reads a language best: its own, else its nearest kin's (Javanese: Indonesian)."""
    known = load(tag)
    if known.tag != UNDETERMINED:
        return known.tag
    return str(_shared()["kin"].get(tag.split("-")[0], UNDETERMINED))


def has_kin(tag: LanguageTag) -> bool:
    """Return whether a language is read with the pack of its nearest kin."""
    return tag in _shared()["kin"]


def _reads_as(tag: LanguageTag, prefer: LanguageTag) -> bool:
    """Return whether a language has no pack of its own and is read with that of the conversation."""
    return tag not in (prefer, UNDETERMINED) and tag not in available() and nearest(tag) == nearest(prefer)


def _by_script(speech: str) -> tuple[LanguageTag, float] | None:
    """Return the language of a script that one pack alone writes, if enough of the letters are of it."""
    if not _FAR_FROM_LATIN.search(speech):
        return None
    counts: Counter[str] = Counter()
    for letter, times in Counter(speech).items():
        if letter.isalpha():
            counts[_script(letter)] += times
    total = counts.total()
    for script, tag in _owners().items():
        if total and counts[script] / total >= OWN_SCRIPT_SHARE:
            return tag, min(1.0, 0.7 + counts[script] / total * 0.3)
    return None


def _by_words(speech: str, words: list[str], prefer: LanguageTag | None) -> tuple[LanguageTag, float]:
    evidence = _evidence(words, prefer)
    if prefer:
        evidence[prefer] = evidence.get(prefer, 0.0) + PREFERRED / WEIGHT_OF_A_WORD
    ranked = [*sorted(evidence.items(), key=lambda pair: -pair[1]), ("", 0.0), ("", 0.0)]
    (first, most), (_, second) = ranked[0], ranked[1]
    if most >= ENOUGH_WORDS and most - second >= CLEAR_LEAD:
        return first, min(0.995, SURE + 0.01 * (most - second))
    return _with_model(speech, words, evidence)


def _with_model(speech: str, words: list[str], evidence: Mapping[str, float]) -> tuple[LanguageTag, float]:
    """Return the best of the trained guess and the words together, weighed as log-odds."""
    heard = dict(_model().rank(speech.lower()))
    # One or two words tell a character model little: its say grows with the text.
    trust = min(1.0, len(words) / 6)
    tags = set(heard) | set(evidence)
    score = {
        tag: trust * math.log(max(heard.get(tag, 0.0), 1e-6)) + WEIGHT_OF_A_WORD * evidence.get(tag, 0.0)
        for tag in tags
    }
    best = max(score, key=lambda tag: score[tag])
    total = sum(math.exp(min(0.0, each - score[best])) for each in score.values())
    share = 1 / total
    if share < 0.2 and not evidence.get(best):
        return UNDETERMINED, share
    return best, share


def _evidence(words: list[str], prefer: LanguageTag | None) -> dict[LanguageTag, float]:
    """Return for each language how many of its giveaway words are there; a word of several counts a part for each.

    What near kin share tells nothing of which of them it is, unless the conversation so far does: `prefer`.
    """
    found: dict[LanguageTag, float] = {}
    owners, common = _giveaways(), _common(prefer) if prefer else frozenset()
    telling = _shared()["telling"]
    for word, times in Counter(words).items():
        tags = owners.get(word, ())
        ours = prefer if prefer and word in common and prefer not in tags else None
        for tag in tags:
            weight = telling.get(tag, 1.0) if len(tags) == 1 and not ours else 1 / (len(tags) + bool(ours))
            found[tag] = found.get(tag, 0.0) + min(2, times) * weight
        if ours:
            found[ours] = found.get(ours, 0.0) + min(2, times) * COMMON
    return found


@cache
def _common(tag: LanguageTag) -> frozenset[str]:
    """Return the words of near kin that a language has too, which tell nothing while the conversation is unknown."""
    return frozenset(load(tag).toml(FILE).get("common", ()))


@cache
def _giveaways() -> Mapping[str, tuple[LanguageTag, ...]]:
    """Return which languages each giveaway word points to: the packs' own, and the rivals that `und` lists."""
    owners: dict[str, list[LanguageTag]] = {}
    for tag, words in _word_lists():
        for word in words:
            owners.setdefault(word, []).append(tag)
    return {word: tuple(tags) for word, tags in owners.items()}


def _word_lists() -> list[tuple[LanguageTag, list[str]]]:
    own = [(tag, load(tag).toml(FILE).get("words", [])) for tag in sorted(available()) if load(tag).has(FILE)]
    return own + list(_shared()["rivals"].items())


@cache
def _shared() -> JsonObject:
    """Return what `und` says of languages that have no pack: kin, rivals, how telling a word is."""
    return load(UNDETERMINED).toml(FILE)


@cache
def _owners() -> Mapping[str, LanguageTag]:
    """Return the scripts that one pack claims as its own."""
    claims = [(tag, load(tag).toml(FILE).get("own_script")) for tag in sorted(available()) if load(tag).has(FILE)]
    return {script: tag for tag, script in claims if script}


@cache
def _script(letter: str) -> str:
    named = _NAMED_SCRIPT.match(unicodedata.name(letter, ""))
    return named.group(1) if named else ""


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # half a second and 60 MB: only when it is needed

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
