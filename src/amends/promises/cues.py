"""Cues: the words by which a language shows who commits to what, compiled once from the pack's `promises.toml`."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from amends.languages.pack import LanguagePack
from amends.promises.alphabet import alphabet_of
from amends.promises.forms import Vocabulary, strings
from amends.promises.grammar import grammar
from amends.promises.sieve import Groups, Holds
from amends.vocabulary import BadPack, Deed, JsonObject

FILE = "promises.toml"


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


CUES: Final = tuple(Cue)


class Break(StrEnum):
    """Where clauses end, the strong ones past all that a condition says; JOINS are words in which none does.

    A join holds a break: "will be signed *and sent* to you".
    """

    BREAKS = "breaks"
    STRONG = "strong"
    JOINS = "joins"


@dataclass(frozen=True, kw_only=True, eq=False)
class Cues:
    """The cues of one language: what to look for, where its clauses end, what each deed is called.

    `groups` are the words of each Cue, Break, and deed.
    """

    groups: Groups
    marks: frozenset[str]
    strong_marks: frozenset[str]
    deeds: Sequence[Deed]

    def told_in(self, text: str) -> Holds:
        """Return what a text tells: where which cues, breaks and deeds stand in it."""
        return self.groups.holds(text)


@cache
def cues(pack: LanguagePack) -> Cues:
    """Return the cues of a language. Raises BadPack, naming the line's words, when its file is not right."""
    toml, where = pack.toml(FILE), f"{pack.tag}/{FILE}"
    words, clauses, deeds = _words(pack, toml), toml.get("clauses", {}), toml.get("deeds", {})
    _refuse_unknown(toml, where)
    says: dict[Hashable, Sequence[str]] = {Cue(cue): says for cue, says in toml.get("cues", {}).items()}
    says |= {kind: clauses.get(kind, ()) for kind in Break}
    says |= {named(Deed(deed)): said for deed, said in deeds.items()}
    return Cues(
        groups=Groups({group: words.each(said, where=where) for group, said in says.items()}),
        marks=frozenset(clauses.get("marks", "")),
        strong_marks=frozenset(clauses.get("strong_marks", "")),
        deeds=[Deed(deed) for deed in deeds],
    )


def named(deed: Deed) -> tuple[str, Deed]:
    """Return the group of the words that name a deed; a cue may be called as the deed is."""
    return "deed", deed


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
