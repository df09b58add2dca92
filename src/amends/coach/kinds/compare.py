"""Compare: the reply beside the case and the customer's message. A closed set of checks, named in the entry."""

import re
from collections.abc import Callable
from difflib import SequenceMatcher

from amends.coach.entry import Entry
from amends.coach.finding import Detector
from amends.coach.kinds import address, answer, feeling, repeat, worth
from amends.coach.scene import Hit, Scene
from amends.text.normal import normal
from amends.text.spans import Span

WORD = re.compile(r"[^\W\d_][^\W\d_'’\-]*")
IN_CAPITALS = re.compile(r"\b[A-ZÀ-Þ]{2,}(?:[ ,]+[A-ZÀ-Þ]{2,})+\b")
SENTENCE_END = re.compile(r"[.!?:;,)]$")
SIGNED = re.compile(r"[/–—\-~] ?[^\W\d_][^\W\d_.]{1,20}(?: [^\W\d_]{2,20})?\s*$")
LONGEST_SIGNATURE = 40
LOUD_LETTERS = 6
SHORTEST_SHOUT = 4
OPEN_SLOT = ("[", "<", "{", "_", "%", "$")
NEAR_MISS = 0.7
SHORTEST_NAME = 4
PARTS = re.compile(r"[\s_.,/&()]+")
SPOKEN = re.compile(r"[^\W\d_AEIOUYÄÖÅ][AEIOUYÄÖÅ]")
INITIALS = 2
LONGEST_INITIALS = 4
MOST_NAMES = 2
WORDS_A_PAGE = 150


def find(entry: Entry, scene: Scene) -> list[Hit]:
    """Return the hits of the entry's check."""
    return CHECKS[entry.check](entry, scene)


def _name_missing(entry: Entry, scene: Scene) -> list[Hit]:
    """The customer's name is known and not said. Without a case there is no name to miss."""
    name = scene.case.customer_name
    if not name or any(part in scene.page.plain for part in _name_parts(name)):
        return []
    if _misspelt(scene):
        return []
    return [Hit(span=None, detector=Detector.COMPARE)]


def _name_misspelt(entry: Entry, scene: Scene) -> list[Hit]:
    return [
        Hit(span=span, detector=Detector.COMPARE, suggestions=(right,), confidence=0.9)
        for span, right in _misspelt(scene)
    ]


def _misspelt(scene: Scene) -> list[tuple[Span, str]]:
    """Return words of the salutation nearly, but not quite, a part of the customer's name, and the right spelling."""
    found = []
    for span in _opening_words(scene):
        word = span.of(scene.page.reply)
        parts = [part for part in PARTS.split(scene.case.customer_name) if part]
        for part in parts:
            if _nearly(word, part) and word not in parts:
                found.append((span, part))
                break
    return found


def _opening_words(scene: Scene) -> list[Span]:
    """Return the capitalised words of the first line that has any letters."""
    line = next((line for line in re.finditer(r"[^\n]*[^\W\d_][^\n]*", scene.page.reply)), None)
    if line is None:
        return []
    first = line.group()[:60]
    return [
        Span(line.start() + m.start(), line.start() + m.end()) for m in WORD.finditer(first) if m.group()[0].isupper()
    ]


def _nearly(word: str, name: str) -> bool:
    if min(len(word), len(name)) < SHORTEST_NAME or word.lower() == name.lower() or word[0] != name[0]:
        return False
    return word.rstrip("s'’") != name and SequenceMatcher(None, word.lower(), name.lower()).ratio() >= NEAR_MISS


def _name_overuse(entry: Entry, scene: Scene) -> list[Hit]:
    """The name stands there more than twice in about 150 words (R182), the greeting apart."""
    said = max((_times_named(part, scene) for part in _called_by(scene)), default=0)
    pages = 1 + len(scene.page.plain.split()) // WORDS_A_PAGE
    return [Hit(span=None, detector=Detector.COMPARE)] if said > (entry.most or MOST_NAMES) * pages else []


def _called_by(scene: Scene) -> list[str]:
    """Return the parts of the customer's name by which they can be called: no title, no "and" between two names."""
    titles = {scene.page.plain[span.start : span.end].strip(" .") for span in scene.cue("title")}
    words = PARTS.split(scene.case.customer_name)
    parts = [word for word in words if word.lower() not in titles and len(word) > 1]
    return [part for part in parts if not part.islower()] or parts


def _times_named(part: str, scene: Scene) -> int:
    """Return how often a name stands in the reply after its first line: as a word of its own, or with an ending."""
    spaced = scene.pack.sentence_rules.split_words is None
    body = scene.page.reply.partition("\n")[2] if "\n" in scene.page.reply else scene.page.reply
    return len(re.findall(rf"\b{re.escape(part)}[^\W\d_]{{0,4}}\b" if spaced else re.escape(part), body))


def _name_parts(name: str) -> list[str]:
    return [part for part in normal(name).text.split() if len(part) > 1]


def _apology_specific(entry: Entry, scene: Scene) -> list[Hit]:
    """There is an apology, the case has facts, and the reply names none of them."""
    if not scene.says("apologise") or scene.says("specific") or not scene.case.facts:
        return []
    plain = scene.page.plain
    named = any(normal(fact.value).text in plain for fact in scene.case.facts)
    return [] if named else [Hit(span=None, detector=Detector.COMPARE)]


def _tone_mirror(entry: Entry, scene: Scene) -> list[Hit]:
    """The customer shouts, and so does the reply."""
    if scene.message is None or not _shouts(scene.message) or not _shouts(scene.page.reply):
        return []
    return [Hit(span=None, detector=Detector.COMPARE)]


def _shouts(text: str) -> bool:
    """Return whether a text is loud. A script without capitals cannot shout by them."""
    return "!!" in text or sum(word.isupper() and len(word) >= SHORTEST_SHOUT for word in WORD.findall(text)) > 1


def _capitals(entry: Entry, scene: Scene) -> list[Hit]:
    """Words in capitals, two or more in a row: one alone may be a name (IBAN, DHL), and so may two short ones."""
    return [
        Hit(span=Span(*run.span()), detector=Detector.COMPARE, suggestions=(run.group().lower(),))
        for run in IN_CAPITALS.finditer(scene.page.reply)
        if scene.page.reply[run.start() - 1 : run.start()] not in OPEN_SLOT and _is_loud(run.group())
    ]


def _is_loud(run: str) -> bool:
    """Return whether words in capitals are said loud; two short ones, one of which nobody can speak, are initials."""
    said = WORD.findall(run)
    short = len(said) <= INITIALS and all(len(word) <= LONGEST_INITIALS for word in said)
    return not (short and not all(map(SPOKEN.search, said))) and sum(map(len, said)) >= LOUD_LETTERS


def _sign_name(entry: Entry, scene: Scene) -> list[Hit]:
    """The last line is no name: it is too long, ends a sentence, or there is but one line."""
    lines = [line.strip() for line in scene.page.reply.splitlines() if line.strip()]
    if not lines:
        return []
    last = lines[-1].removesuffix(".")
    signed = len(lines) > 1 and len(last) <= LONGEST_SIGNATURE and not SENTENCE_END.search(last)
    return [] if signed or SIGNED.search(scene.page.reply) else [Hit(span=None, detector=Detector.STRUCTURE)]


CHECKS: dict[str, Callable[[Entry, Scene], list[Hit]]] = {
    **address.CHECKS,
    **answer.CHECKS,
    **feeling.CHECKS,
    **repeat.CHECKS,
    **worth.CHECKS,
    "name_missing": _name_missing,
    "name_misspelt": _name_misspelt,
    "name_overuse": _name_overuse,
    "apology_specific": _apology_specific,
    "tone_mirror": _tone_mirror,
    "capitals": _capitals,
    "sign_name": _sign_name,
}
