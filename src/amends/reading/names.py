"""People and places, known by capitals, by lists, and by the words beside them; packs hold all the words.

Only for scripts that part words and have capitals (`amends.reading.unspaced` reads the others). A word in capitals
throughout is heat, not a name. Rather silent than wrong: docs/decisions/0145.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any, Final

from amends.languages import LanguagePack
from amends.text.spans import Span
from amends.vocabulary import FactKind

FILE: Final = "named.toml"
LISTS: Final = {"people": "people.txt", "places": "places.txt"}
_CAPITAL: Final = re.compile(r"(?<![\w@/.])[^\W\d_a-zà-öø-ÿ]\w*(?:['’-]\w+)*")
_JOINED: Final = (" ", ". ", "'s ")
_ENDS: Final = ".!?;\n…)"
_EDGE: Final = " \t\"'“”‘’(*_-–—>"
LOOK_BACK: Final = 34
MOST_WORDS: Final = 3
SHORTEST: Final = 3
LONGEST_ENDING: Final = 5
LONGEST_RUN: Final = 8
LONGEST_TOWN: Final = 60
_NUMBER_BEFORE: Final = re.compile(r"(?:\b[A-Z][a-z]{2,8} \d{1,4}[A-Za-z]?, )?\b\d{1,4}[A-Za-z]? $")
_NUMBER_BEHIND: Final = re.compile(r" \d{1,3}(?: ?[A-Z]\b(?: \d{1,3}\b)?)?(?!\w)")
NUMBER_REACH: Final = 22
_NEXT_WORD: Final = re.compile(r"[ ]([^\W\d_]+)")
_LETTERS: Final = re.compile(r"[^\W_]")
_STOP: Final = re.compile(r"[.!?]")
_TOWN: Final = re.compile(r",? ((?:[^\W\d_]+ ){0,2}[^\W\d_]+)\W{0,4}")


@dataclass(frozen=True, kw_only=True, eq=False)
class Words:
    """What a pack says of people or of places: each list as a set, and the names themselves."""

    lists: dict[str, frozenset[str]]
    names: frozenset[str]
    stems: frozenset[str]
    flags: dict[str, bool]
    behind: re.Pattern[str] | None = None
    together: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)

    def cues(self, lists: tuple[str, ...]) -> frozenset[str]:
        """Return the words of several lists."""
        found = self.together.get(lists)
        if found is None:
            found = self.together[lists] = frozenset().union(*(self.lists.get(name, ()) for name in lists))
        return found

    def has(self, name: str, word: str) -> bool:
        """Return whether a list of the pack holds a word."""
        return word in self.lists.get(name, ())

    def knows(self, name: str) -> bool:
        """Return whether a name is known as it stands, or as a stem with the ending of a case."""
        if name in self.names or not self.stems:
            return name in self.names
        endings = self.lists.get("tails", frozenset())
        longest = min(LONGEST_ENDING, len(name) - SHORTEST)
        return any(name[-size:].lower() in endings and name[:-size] in self.stems for size in range(1, longest + 1))


@dataclass(frozen=True, kw_only=True)
class Run:
    """Words in capitals one behind the other; whether they start a sentence, and close the text."""

    tokens: tuple[Span, ...]
    line: str
    starts: bool
    closes: bool

    @cached_property
    def before(self) -> tuple[str, ...]:
        """Return the last three words before it, two of them and one, in lower case."""
        words = self.line.lower().rstrip(_ENDS + ",").split()[-MOST_WORDS:]
        return tuple(" ".join(words[first:]) for first in range(len(words)))

    def closes_at(self, text: str, place: Words) -> bool:
        """Return whether nothing follows but, perhaps, the town of who signs."""
        end = self.tokens[-1].end
        from_town = _TOWN.fullmatch(text, end) if not self.closes and len(text) - end < LONGEST_TOWN else None
        return self.closes or bool(from_town and place.knows(from_town.group(1)))


def people_and_places(text: str, pack: LanguagePack) -> Iterator[tuple[FactKind, Span]]:
    """Yield each person and place that is named, in reading order, with their stretch of `text` as written."""
    person, place = _words(pack, "person", "people"), _words(pack, "place", "places")
    last = Span(0, 0)
    for run in _runs(text, person.cues(("titles", "signs", "dotted")) | place.cues(("dotted",))):
        words = [span.of(text) for span in run.tokens]
        if _only_begins(run, words, text, person, place):
            continue
        name = _person(run, words, text, person, place)
        if name:
            yield FactKind.PERSON, name
            continue
        spot = _place(run, words, text, person, place)
        if not spot and text[last.end : run.tokens[0].start] == ", ":
            spot = _known_place(replace(run, closes=True), words, place)
        if spot:
            spot = _with_number(spot, text, place)
            yield FactKind.PLACE, spot
            last = spot
            yield from _further(run, spot, text, place)


def _further(run: Run, spot: Span, text: str, place: Words) -> Iterator[tuple[FactKind, Span]]:
    """Yield the place that goes on right behind another, where places stand alone: "Vaasasta Joensuuhun"."""
    rest = tuple(token for token in run.tokens if token.start >= spot.end)
    if rest and place.flags["alone"]:
        further = _known_place(replace(run, tokens=rest), [token.of(text) for token in rest], place)
        if further:
            yield FactKind.PLACE, further


def _only_begins(run: Run, words: list[str], text: str, person: Words, place: Words) -> bool:
    """Return whether a capital only begins a sentence, as most do: no name that is known, and nobody signs here."""
    if len(words) > 1 or not run.starts or len(text) - run.tokens[-1].end < LONGEST_TOWN:
        return False
    is_known = person.knows(words[0]) or place.knows(words[0])
    return not is_known and not (run.line.endswith(".") and _cue(run.before, person, ("dotted",)))


def _person(run: Run, words: list[str], text: str, person: Words, place: Words) -> Span | None:
    """Return the person a run names: behind a title or a role, introduced, signing, or by a known first name."""
    lower = [word.lower().rstrip(".") for word in words]
    signed = 0
    while signed < len(lower) and person.has("signs", lower[signed]):
        signed += 1
    if signed and signed < len(lower) and run.closes_at(text, place):
        return _named(run, lower, person, first=signed)
    title = next((at for at, word in enumerate(lower) if person.has("titles", word)), None)
    if title is not None and not place.knows(words[-1]):
        since = title if lower[title] in person.lists["kept"] else None
        return _named(run, lower, person, first=title + 1, since=since)
    cue = _cue(run.before, person, ("dotted",) if run.starts else ("titles", "roles", "introduced"))
    known = _known(words[0], lower[0], person) and not _is_there(run, words, place)
    if cue and (known or not person.has("known_only", cue)) and (known or not place.knows(words[0])):
        return _with_title(_named(run, lower, person), cue, text, person)
    if _signs(run, words, lower, text, person, place, known=known):
        return _named(run, lower, person)
    if known and person.flags["stands_alone"] and (not run.starts or len(words) == 1 or words[1] not in person.names):
        return _named(run, lower, person)
    return None


def _with_title(name: Span | None, cue: str, text: str, person: Words) -> Span | None:
    """Return a name together with the title right before it, where titles belong to names ("mbak Rini")."""
    if name is None or cue not in person.lists["kept"]:
        return name
    start = text.lower().rfind(cue, 0, name.start)
    return Span(start, name.end) if text[start + len(cue) : name.start] in (" ", ". ") else name


def _known(word: str, lower: str, person: Words) -> bool:
    """Return whether a first name is known; one that is an ordinary word too is not, nor with an ending ("Toivon")."""
    shorter = (lower, lower[:-1]) if person.stems else (lower,)
    return not any(person.has("never", each) for each in shorter) and person.knows(word)


def _is_there(run: Run, words: list[str], place: Words) -> bool:
    """Return whether a name that is a place too stands where places do ("in Skye")."""
    return not run.starts and place.knows(words[0]) and bool(_cue(run.before, place, ("introduced", "known_after")))


def _signs(
    run: Run, words: list[str], lower: list[str], text: str, person: Words, place: Words, *, known: bool
) -> bool:
    """Return whether a run at the end of a text signs it; behind it only the town may stand."""
    if len(words) > MOST_WORDS or person.has("never", lower[0]) or place.knows(" ".join(words)):
        return False
    if not run.closes_at(text, place):
        return False
    if _cue(run.before, person, ("signs",)):
        return True
    is_alone = len(words) == 1 + (1 in (len(lower[0]), len(lower[-1]))) and not _STOP.search(text, run.tokens[-1].end)
    return run.starts and (
        known
        or (is_alone and person.flags["signs_unknown"])
        or "\n" in text[run.tokens[0].start - 2 : run.tokens[0].start]
    )


def _named(run: Run, lower: Sequence[str], person: Words, *, first: int = 0, since: int | None = None) -> Span | None:
    """Return the words of a run from `first` on that can be a name; `since`: a title before it that belongs to it."""
    last = first
    while last < min(len(lower), first + MOST_WORDS) and not person.has("never", lower[last]):
        last += 1
    if last == first or (last - first == 1 and len(lower[first]) < SHORTEST):
        return None
    return Span(run.tokens[first if since is None else since].start, run.tokens[last - 1].end)


def _place(run: Run, words: list[str], text: str, person: Words, place: Words) -> Span | None:
    """Return the place a run names: of a kind that is said, one that is known, or one that stands behind "in"."""
    lower = [word.lower() for word in words]
    return (
        _of_a_kind(run, lower, text, place)
        or _known_place(run, words, place)
        or _introduced(run, lower, person, place, words)
    )


def _of_a_kind(run: Run, lower: list[str], text: str, place: Words) -> Span | None:
    """Return a place by the word for its kind: "Queen Street", "cabang Ubud", "Itiksen myymälä"."""
    shortened = run.line.endswith(".") and _cue(run.before[-1:], place, ("dotted",))
    cue = None if run.starts and not shortened else _cue(run.before, place, ("kinds_before",))
    if cue and not place.has("never", lower[0]) and len(lower[0]) >= SHORTEST:
        start = text.lower().rfind(cue, 0, run.tokens[0].start)
        beside = not text[start + len(cue) : run.tokens[0].start].strip(" .")
        if beside:
            return Span(start if place.has("kept_kinds", cue) else run.tokens[0].start, run.tokens[-1].end)
    if len(lower) > 1 and place.has("kinds_before", lower[0]) and not place.has("never", lower[1]):
        return Span(run.tokens[0 if place.has("kept_kinds", lower[0]) else 1].start, run.tokens[-1].end)
    for at in range(1, len(lower)):
        if place.has("kinds_after", lower[at]) and not place.has("never", lower[at - 1]):
            first = run.tokens[0].start
            number = _NUMBER_BEFORE.search(text, max(0, first - NUMBER_REACH), first)
            return Span(number.start() if number else first, run.tokens[at].end)
    behind = _NEXT_WORD.match(text, run.tokens[-1].end) if place.lists.get("kinds_behind") else None
    is_kind = behind and place.has("kinds_behind", behind.group(1).lower())
    if is_kind and (not run.starts or place.knows(run.tokens[-1].of(text))) and not place.has("never", lower[-1]):
        return _whole(run, lower, text, place)
    return _address(run, lower, text, place)


def _whole(run: Run, lower: list[str], text: str, place: Words) -> Span:
    """Return the last words of a run that are the place before its kind: "Covent Garden", "Vantaan Tikkurilan"."""
    first = len(lower) - 1
    while first and not place.has("never", lower[first - 1]):
        if run.starts and not place.knows(run.tokens[first - 1].of(text)):
            break
        first -= 1
    return Span(run.tokens[first].start, run.tokens[-1].end)


def _address(run: Run, lower: list[str], text: str, place: Words) -> Span | None:
    """Return a street with the number behind it, where addresses are written so: "Satamakatu 3 B 12"."""
    number = _NUMBER_BEHIND.match(text, run.tokens[-1].end) if "streets" in place.lists else None
    is_street = number and lower[-1].endswith(tuple(place.lists["streets"]))
    return Span(run.tokens[-1].start, number.end()) if number and is_street else None


def _with_number(spot: Span, text: str, place: Words) -> Span:
    """Return a street with its number or its mark on the road, where the pack tells how those are written."""
    behind = place.behind.match(text, spot.end) if place.behind else None
    return Span(spot.start, behind.end()) if behind else spot


def _known_place(run: Run, words: list[str], place: Words) -> Span | None:
    """Return the longest stretch of a run that the pack knows, where the words before it allow a place."""
    beside = None if run.starts else _cue(run.before, place, ("introduced", "known_after"))
    stated = place.flags["alone"] or run.closes or beside is not None
    for size in range(len(words), 0, -1):
        for first in range(len(words) - size + 1):
            name = " ".join(words[first : first + size])
            if place.knows(name) and not place.has("never", name.lower()) and (stated or first):
                goes_on = _goes_on(words[first : first + size + 1], size, place)
                last = _end_of_name(words, first + size + goes_on, place)
                return Span(run.tokens[first].start, run.tokens[last - 1].end)
    return None


def _goes_on(words: Sequence[str], size: int, place: Words) -> bool:
    """Return whether a known town in its genitive is only where the place behind it lies: "Lahden Karismasta"."""
    endings = tuple(place.lists.get("goes_on_in", ()))
    if not endings or len(words) == size or not words[size - 1].endswith("n"):
        return False
    return words[size].endswith(endings) and not place.knows(words[size])


def _end_of_name(words: list[str], end: int, place: Words) -> int:
    """Return up to which word the name of a place goes that is known up to `end`: "Bekasi" in "Bekasi Cyber Park"."""
    if place.flags["goes_on"]:
        while end < min(len(words), MOST_WORDS) and not place.has("never", words[end].lower()):
            end += 1
    return end


def _introduced(run: Run, lower: list[str], person: Words, place: Words, words: list[str]) -> Span | None:
    cue = None if run.starts else _cue(run.before[-1:], place, ("introduced",))
    if not cue or place.has("never", lower[0]) or len(lower[0]) < SHORTEST or len(lower) > MOST_WORDS:
        return None
    return None if _known(words[0], lower[0], person) else Span(run.tokens[0].start, run.tokens[-1].end)


def _cue(before: Sequence[str], words: Words, lists: tuple[str, ...]) -> str | None:
    """Return the longest of the last words that a list holds."""
    cues = words.cues(lists)
    for said in before:
        if said in cues:
            return said
    return None


def _runs(text: str, shortened: frozenset[str]) -> Iterator[Run]:
    """Yield the stretches of words that begin with a capital and go on small. `shortened`: words written with a dot."""
    held: list[Span] = []
    for found in _CAPITAL.finditer(text):
        word = found.group()
        if not word[0].isupper() or (len(word) > 1 and word.isupper() and len(word) > SHORTEST):
            continue
        if held and (len(held) == LONGEST_RUN or not _joined(text, held[-1], found.start(), shortened)):
            yield _run(text, held)
            held = []
        held.append(Span(*found.span()))
    if held:
        yield _run(text, held)


def _joined(text: str, last: Span, start: int, shortened: frozenset[str]) -> bool:
    """Return whether a word in capitals goes on with the one before: a dot parts them unless it shortens that one."""
    between, word = text[last.end : start], last.of(text)
    if between not in _JOINED or between[0] != ".":
        return between in _JOINED
    return len(word) == 1 or (word.lower() in shortened and not word.isupper())


def _run(text: str, held: list[Span]) -> Run:
    start = held[0].start
    tail = text[max(0, start - LOOK_BACK) : start]
    line = tail.rsplit("\n", 1)[-1].rstrip(_EDGE)
    starts = not line or line[-1] in _ENDS or tail.rstrip(" \t")[-1:] in "\n-–—"
    closes = len(text) - held[-1].end < LOOK_BACK and not _LETTERS.search(text, held[-1].end)
    return Run(tokens=tuple(held), line=line, starts=starts, closes=closes)


@cache
def _words(pack: LanguagePack, kind: str, names: str) -> Words:
    table: dict[str, Any] = pack.toml(FILE).get(kind, {})
    lists = {name: frozenset(these) for name, these in table.items() if isinstance(these, list)}
    flags = {"stands_alone": False, "signs_unknown": False, "alone": False, "goes_on": False} | {
        k: v for k, v in table.items() if isinstance(v, bool)
    }
    known = frozenset(pack.text(LISTS[names]).splitlines())
    stems = frozenset(pack.text(table["stems"]).splitlines()) if "stems" in table else frozenset()
    behind = re.compile(table["behind"], re.IGNORECASE) if "behind" in table else None
    return Words(lists={"kept": frozenset(), **lists}, names=known, stems=stems, flags=flags, behind=behind)
