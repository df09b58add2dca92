"""What a language pack says about feelings, trouble and wishes, found in one pass over a text."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final

import numpy as np
import re2
from numpy.typing import NDArray

from amends.languages import LanguagePack
from amends.reading.letters import known_of_each
from amends.reading.patterns import LETTER, Groups, Hit, Script, groups, pattern_of
from amends.reading.plain import Plain
from amends.text.spans import Span
from amends.vocabulary import BadPack, JsonObject

FILE: Final = "reading.toml"
CLAUSE_ENDS: Final = b'.!?;,:\n()"'
_ONE_END: Final = bytes.maketrans(CLAUSE_ENDS, b"." * len(CLAUSE_ENDS))
LOOK_BACK: Final = 90
KINDS: Final = {"cue": "cues", "threat": "threats", "wish": "wishes", "ask": "asks", "told": "told"}
# These lose their meaning behind a "not"; a negated promise or a negated wait keeps it.
DENIABLE: Final = frozenset(
    {f"cue.{name}" for name in ("fury", "anger", "annoyed", "condemn", "accuse", "praise", "insult", "bad", "cost")}
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Phrasebook:
    """A pack's reading.toml, compiled: every group under a dotted name (`cue.fury`, `cause.late.clear`)."""

    pack: LanguagePack
    source: JsonObject
    script: Script
    groups: Groups

    @cached_property
    def denial(self) -> Any:
        """Return the pattern of a negation that reaches to the end of what stands before a word."""
        written = self.source.get("negation", {})
        words = b"|".join(pattern_of(word, self.script) for word in written.get("before", ())) or b"$^"
        if not self.script.spaced:
            return _compiled(rb"(?:" + words + rb")[^\s.!?]{0,18}$", self.script)
        reach = str(written.get("reach", 3)).encode()
        left = rb"(?:^|[^A-Za-z0-9\x80-\xff])"
        return _compiled(
            left + rb"(?:" + words + rb")(?:\s+" + LETTER + rb"[^\s]*){0," + reach + rb"}\s+$", self.script
        )

    @cached_property
    def denial_next_to(self) -> Any:
        """Return the pattern of a negation that stands right before a word."""
        words = b"|".join(pattern_of(word, self.script) for word in self.source.get("negation", {}).get("before", ()))
        left = rb"(?:^|[^A-Za-z0-9\x80-\xff])" if self.script.spaced else b""
        return _compiled(left + rb"(?:" + (words or rb"$^x") + rb")\s*$", self.script)

    @cached_property
    def no_denial(self) -> Any:
        """Return the pattern of what looks like a negation and is none ("not only")."""
        return self.anywhere(self.source.get("negation", {}).get("except", ()))

    @cached_property
    def breaks(self) -> Any:
        """Return the pattern of words that end a negation's reach ("but")."""
        return self.anywhere(self.source.get("negation", {}).get("breaks", ()))

    @cached_property
    def conditions(self) -> Any:
        """Return the pattern of words that begin a condition ("if")."""
        return self.anywhere(self.source.get("negation", {}).get("conditions", ()))

    @cached_property
    def subjects(self) -> Any:
        """Return the pattern of words with which what follows a condition begins, where no comma parts them."""
        return self.anywhere(self.source.get("negation", {}).get("subjects", ()))

    @cached_property
    def declines(self) -> Any:
        """Return the pattern of words by which a writer says that they want no such thing.

        Where words are not parted by spaces, a space parts clauses.
        """
        declines = self.source.get("negation", {}).get("declines", ())
        if self.script.spaced:
            return self.anywhere(declines)
        words = b"|".join(pattern_of(word, self.script) for word in declines) or rb"$^x"
        return _compiled(rb"(?:" + words + rb")\S{0,40}\s$", self.script)

    @cached_property
    def not_theirs(self) -> Any:
        """Return the pattern of words before a threat that make it somebody else's, past or not meant."""
        return self.anywhere(self.source.get("shields", {}).get("before", ()))

    @cached_property
    def will_not(self) -> Any:
        """Return the pattern of words before a threat, in its clause, by which the writer says they will not."""
        return self.anywhere(self.source.get("shields", {}).get("near", ()))

    @cached_property
    def taken_back(self) -> Any:
        """Return the pattern of words behind a threat that take it back."""
        return self.anywhere(self.source.get("shields", {}).get("after", ()))

    @cached_property
    def no_demand(self) -> Any:
        """Return the pattern of words around "manager" that ask for nobody."""
        return self.anywhere(self.source.get("manager", {}).get("shields", ()))

    def anywhere(self, patterns: Iterable[str]) -> Any:
        """Return one pattern that finds any of `patterns` as whole words; none finds nothing."""
        words = b"|".join(pattern_of(pattern, self.script) for pattern in patterns)
        return _compiled(self.script.whole(words or rb"$^x"), self.script)


@dataclass(frozen=True, kw_only=True, eq=False)
class Found:
    """Everything a phrasebook found in one text."""

    plain: Plain
    book: Phrasebook
    hits: tuple[Hit, ...]

    @cached_property
    def by_group(self) -> Mapping[str, list[Hit]]:
        """Return the hits of each group, denied ones left out where a denial turns the meaning."""
        kept: dict[str, list[Hit]] = {}
        for hit in self.hits:
            if not (hit.group in DENIABLE and self.denied(hit.span)):
                kept.setdefault(hit.group, []).append(hit)
            elif hit.group == "cue.praise":
                kept.setdefault("cue.bad", []).append(Hit(group="cue.bad", span=hit.span))
        return kept

    @cached_property
    def sentences(self) -> list[Span]:
        """Return the sentences of the text."""
        return self.plain.sentences(self.book.pack.sentence_rules)

    def sentence_of(self, span: Span) -> Span:
        """Return the sentence that holds the start of `span`."""
        place = self.place_of(span)
        return Span(0, len(self.plain.blanked)) if place is None else self.sentences[place]

    def place_of(self, span: Span) -> int | None:
        """Return which sentence holds the start of `span`, None where none does."""
        place = bisect_right(self._starts, span.start) - 1
        return place if place >= 0 and span.start < self.sentences[place].end else None

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @property
    def known(self) -> list[NDArray[np.uint32]]:
        """Return which n-grams of letters each sentence holds, as `amends.reading.letters` counts them."""
        return self._known[1:]

    @property
    def known_in_all(self) -> NDArray[np.uint32]:
        """Return which n-grams of letters the whole text holds."""
        return self._known[0]

    @cached_property
    def _known(self) -> list[NDArray[np.uint32]]:
        text = self.plain.normal.text
        sentences = [sentence.of(text) for sentence in self.sentences]
        return known_of_each([text]) * 2 if sentences == [text] else known_of_each([text, *sentences])

    def denied(self, span: Span) -> bool:
        """Return whether a negation in the same clause reaches the words under `span`."""
        known = self._denied.get(span)
        if known is None:
            known = self._denied[span] = self._is_denied(span)
        return known

    @cached_property
    def _denied(self) -> dict[Span, bool]:
        return {}

    def _is_denied(self, span: Span) -> bool:
        before = self.clause_before(span)
        if not before.strip() or not self.book.denial.search(before):
            return False
        here = before + self.plain.blanked[span.start : span.end].encode("utf-8", "replace")
        return not self.book.no_denial.search(here)

    def declined(self, span: Span) -> bool:
        """Return whether the writer says that they do not want what stands under `span`."""
        return bool(self.book.declines.search(self.clause_before(Span(span.end, span.end)) + b" "))

    def clause_before(self, span: Span) -> bytes:
        """Return what stands before `span` in its clause, at most 90 code points of it."""
        clause = self._told_before(span)
        if not clause or clause.isspace():
            return clause
        turns = [turn.end(1) for turn in self.book.breaks.finditer(clause)]
        return clause[turns[-1] :] if turns else clause

    def main_clause_before(self, span: Span) -> bytes:
        """Return what stands before `span` in its clause, without a condition that no comma parts from it.

        "If I don't hear from you by Friday I will see you in court": what is denied is the condition.
        """
        clause, told = self.clause_before(span), self._told_before(span)
        behind = [told[condition.end(1) :] for condition in self.book.conditions.finditer(told)][-1:]
        begun = [rest[subject.start(1) :] for rest in behind for subject in self.book.subjects.finditer(rest)]
        return min([clause, *begun], key=len)

    def _told_before(self, span: Span) -> bytes:
        before = self.plain.blanked[max(0, span.start - LOOK_BACK) : span.start].encode("utf-8", "replace")
        return before[before.translate(_ONE_END).rfind(b".") + 1 :]

    def count(self, group: str) -> int:
        """Return how often a group was found."""
        return len(self.by_group.get(group, ()))

    def under(self, prefix: str) -> list[Hit]:
        """Return the hits of all groups whose name begins with `prefix`."""
        return [hit for name, hits in self.by_group.items() if name.startswith(prefix) for hit in hits]


@cache
def phrasebook(pack: LanguagePack) -> Phrasebook:
    """Return a pack's phrasebook, compiled once. Raises BadPack naming the pattern that is wrong."""
    source = pack.toml(FILE)
    script = Script(spaced=source.get("script", "spaced") == "spaced")
    try:
        compiled = groups(_named(source), script)
    except BadPack as wrong:
        raise BadPack(f"{pack.tag}/{FILE}: {wrong}") from wrong
    return Phrasebook(pack=pack, source=source, script=script, groups=compiled)


def look(plain: Plain, book: Phrasebook) -> Found:
    """Return everything the phrasebook finds in a text."""
    return Found(plain=plain, book=book, hits=tuple(book.groups.hits(plain)))


def _named(source: JsonObject) -> dict[str, list[str]]:
    """Return the pack's groups under dotted names; an empty group is left out, it would match everywhere."""
    named = {f"{kind}.{name}": these for kind, table in KINDS.items() for name, these in source.get(table, {}).items()}
    for cause, levels in source.get("causes", {}).items():
        named |= {f"cause.{cause}.{level}": these for level, these in levels.items()}
    named["manager"] = source.get("manager", {}).get("asks", [])
    named |= {f"declared.{name}": these for name, these in source.get("declared", {}).items()}
    named["settled"] = source.get("shields", {}).get("settled", [])
    return {name: these for name, these in named.items() if these}


def _compiled(expression: bytes, script: Script) -> Any:
    """Return a pattern over bytes where words are parted by spaces, else over letters, by which their reach counts.

    Over letters a class of bytes knows no letter beyond Latin: the end of سأكلم would be the word لم ("not").
    """
    options = re2.Options()
    options.log_errors = False
    if script.spaced:
        options.encoding = re2.Options.Encoding.LATIN1
    return re2.compile(expression, options)
