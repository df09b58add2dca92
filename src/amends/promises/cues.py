"""Cues: the words by which a language shows who commits to what, compiled once from the pack's `promises.toml`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from amends.languages.pack import LanguagePack
from amends.promises.alphabet import alphabet_of
from amends.promises.forms import Pattern, Vocabulary, strings
from amends.promises.grammar import grammar
from amends.text.spans import Span
from amends.vocabulary import BadPack, Deed, JsonObject

FILE = "promises.toml"
MOST_REMEMBERED = 1024


class Cue(StrEnum):
    """What words beside a time say about it.

    PLEDGE commits us outright ("we will"); OURS only when nothing speaks against it ("your refund"). PAST, and MATTER
    (a thing with times of its own: a sale, a warranty, their wedding), speak against OURS. A PLEA asks for the time we
    need ("bear with us two hours") and commits us though it asks. The others speak against any commitment: in their
    clause (OVER: "last week"; OTHERS: what a tax office, a film or a lease does; CUSTOMER: words of one who complains,
    "my husband", "your lot"), from afar (CONDITION: "if"; CHOICE: "option one", of which one will not come; EVENT:
    "once", which behind a fixed day does not: "tomorrow, when I have the results"), or in all of the sentence
    (DISCLAIMED: "that is out of our hands"). HARMLESS words only look like speaking against: "without fail".
    """

    PLEA = "plea"
    PLEDGE = "pledge"
    OURS = "ours"
    PAST = "past"
    MATTER = "matter"
    OVER = "over"
    THEIRS = "theirs"
    OTHERS = "others"
    CUSTOMER = "customer"
    HABIT = "habit"
    REFUSAL = "refusal"
    HYPOTHESIS = "hypothesis"
    CONDITION = "condition"
    EVENT = "event"
    CHOICE = "choice"
    HARMLESS_CONDITION = "harmless_condition"
    QUESTION = "question"
    NO_QUESTION = "no_question"
    HISTORY = "history"
    DISCLAIMED = "disclaimed"
    HARMLESS = "harmless"


@dataclass(frozen=True, kw_only=True, eq=False)
class Cues:
    """The cues of one language: what to look for, where its clauses end, what each deed is called.

    `joins` are words in which no clause ends though they hold a break: "will be signed *and sent* to you".
    """

    patterns: Mapping[Cue, Sequence[Pattern]]
    breaks: Sequence[Pattern]
    strong_breaks: Sequence[Pattern]
    joins: Sequence[Pattern]
    marks: frozenset[str]
    strong_marks: frozenset[str]
    deeds: Mapping[Deed, Sequence[Pattern]]

    def places(self, cue: Cue, text: str) -> Sequence[Span]:
        """Return where a cue stands in a text."""
        return _places(self, cue, text)


@lru_cache(maxsize=MOST_REMEMBERED)
def _places(cues: Cues, cue: Cue, text: str) -> tuple[Span, ...]:
    return tuple(match.span for pattern in cues.patterns[cue] for match in pattern.sifted(text))


@cache
def cues(pack: LanguagePack) -> Cues:
    """Return the cues of a language. Raises BadPack, naming the line's words, when its file is not right."""
    toml, where = pack.toml(FILE), f"{pack.tag}/{FILE}"
    words, clauses = _words(pack, toml), toml.get("clauses", {})
    _refuse_unknown(toml, where)
    return Cues(
        patterns={cue: words.anyof(toml.get("cues", {}).get(cue, ()), where=where) for cue in Cue},
        breaks=words.anyof(clauses.get("breaks", ()), where=where),
        strong_breaks=words.anyof(clauses.get("strong", ()), where=where),
        joins=words.anyof(clauses.get("joins", ()), where=where),
        marks=frozenset(clauses.get("marks", "")),
        strong_marks=frozenset(clauses.get("strong_marks", "")),
        deeds={Deed(deed): words.anyof(says, where=where) for deed, says in toml.get("deeds", {}).items()},
    )


def _words(pack: LanguagePack, toml: JsonObject) -> Vocabulary:
    times = grammar(pack).words
    said = [times.alphabet.letters, *strings(toml)]
    return Vocabulary(
        alphabet=alphabet_of(said, where=f"{pack.tag}/{FILE}"),
        words=times.words,
        macros={**times.macros, **toml.get("macros", {})},
        spaced=times.spaced,
    )


def _refuse_unknown(toml: JsonObject, where: str) -> None:
    unknown = set(toml.get("cues", {})) - set(Cue) | set(toml.get("deeds", {})) - set(Deed)
    if unknown:
        raise BadPack(f"{where}: no such cue or deed: {', '.join(sorted(unknown))}")
