"""The time grammar of one language, compiled once from the pack's `dates.toml`."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from amends.languages.pack import LanguagePack
from amends.promises import clocks, days, lengths
from amends.promises.atoms import Atom, Rank, Reader, Said, Setting
from amends.promises.forms import Glue, Pattern, Vocabulary, vocabulary
from amends.promises.moments import Joints, RangeJoint
from amends.promises.sieve import Glues, Groups, Sieve
from amends.text.spans import Span
from amends.vocabulary import BadPack, JsonObject

FILE = "dates.toml"
VAGUE, NEVER = "vague", "never"
OF_GRAMMAR = ("leads", "tails", "from_now", "elsewhere")
OF_JOINTS = (
    "near",
    "restates",
    "past_leads",
    "past_tails",
    "corrects",
    "retracts",
    "goes_on",
    "dinner",
    "names",
    "moved_from",
)
GLUES = (*OF_GRAMMAR, *OF_JOINTS)
READERS: Mapping[str, Reader] = {
    "date": days.read_date,
    "figures": days.read_figures,
    "feast": days.read_feast,
    "day_of_month": days.read_day_of_month,
    "weekday": days.read_weekday,
    "weekday_range": days.read_weekday_range,
    "nth_weekday": days.read_nth_weekday,
    "day": days.read_day,
    "again": days.read_again,
    "length": lengths.read_length,
    "length_again": lengths.read_length_again,
    "week_of": lengths.read_week_of,
    "period": lengths.read_period,
    "hours": clocks.read_hours,
    "half_hours": clocks.read_half_hours,
    "part": clocks.read_part,
    "same_hours": clocks.read_same_hours,
}


@dataclass(frozen=True, kw_only=True)
class Form:
    """One shape of time, how to read it, and what it fixes by itself (`week = 1` of "next <weekday>").

    It may fix the countries in which it is read so (`only_in`), or is not (`never_in`): Thanksgiving in CA.
    """

    pattern: Pattern
    read: Reader
    fixed: JsonObject

    def is_used_in(self, country: str | None) -> bool:
        """Return whether a form means this in a country."""
        return country not in self.fixed.get("never_in", ()) and country in self.fixed.get("only_in", (country,))


@dataclass(frozen=True, kw_only=True, eq=False)
class Grammar:
    """All that a language knows of time. `elsewhere` counts from an event ("of receiving it"), `from_now` from now.

    `sieve` tells which forms, and behind them vague words, `never` and small words, may stand in a sentence. `never`
    are words that look like a time and name none: "24/7".
    """

    words: Vocabulary
    forms: Sequence[Form]
    sieve: Sieve
    groups: Groups
    joints: Joints
    leads: Glue
    tails: Glue
    from_now: Glue
    elsewhere: Glue
    zones: Mapping[int, Glue]
    era: int
    month_first_in: frozenset[str]


@cache
def grammar(pack: LanguagePack) -> Grammar:
    """Return the time grammar of a language. Raises BadPack, naming the form, when its file is not right."""
    toml, where = pack.toml(FILE), f"{pack.tag}/{FILE}"
    words = vocabulary(toml, where=where)
    glue = _gluer(toml.get("glue", {}), words, where)
    forms = [form for entry in toml.get("form", ()) for form in _forms(entry, words, where)]
    small = {name: glue(name) for name in GLUES}
    zones = {int(ahead): Glue(says, words, where=where) for ahead, says in toml.get("zones", {}).items()}
    ranges = _ranges(toml.get("range", ()), words, where)
    glues = [*small.values(), *zones.values(), *(each.joint for each in ranges)]
    groups: dict[Hashable, Sequence[Pattern]] = {
        name: words.each(toml.get(name, {}).get("says", ()), where=where) for name in (VAGUE, NEVER)
    }
    whole = [*(form.pattern for form in forms), *chain.from_iterable(groups.values())]
    sieve = Sieve(whole, parts=glues)
    return Grammar(
        words=words,
        forms=forms,
        sieve=sieve,
        groups=Groups(groups, sieve=sieve, at=len(forms)),
        joints=Joints(
            glues=Glues(glues, sieve=sieve, at=len(whole)), ranges=ranges, **{name: small[name] for name in OF_JOINTS}
        ),
        **{name: small[name] for name in OF_GRAMMAR},
        zones=zones,
        era=int(toml.get("era", 0)),
        month_first_in=frozenset(toml.get("month_first_in", ())),
    )


def atoms(sentence: str, grammar: Grammar, setting: Setting) -> list[Atom]:
    """Return the pieces of time in a sentence in reading order, the longest of each pile."""
    found = [
        atom
        for form in (grammar.forms[place] for place in grammar.sieve.among(sentence, range(len(grammar.forms))))
        if form.is_used_in(setting.calendar.country)
        for match in form.pattern.matches(sentence)
        if (atom := form.read(_said(match.span, match.slots, form.fixed, setting))) is not None
    ]
    taken = [*grammar.groups.holds(sentence).places(NEVER)] if found else []
    kept: list[Atom] = []
    for atom in sorted(found, key=lambda a: -len(a.span)):
        if not any(atom.span.overlaps(other) for other in taken) and not _goes_on_as_a_date(atom, found):
            kept.append(atom)
            taken.append(atom.span)
    return sorted(kept, key=lambda a: a.span)


def _goes_on_as_a_date(atom: Atom, found: Sequence[Atom]) -> bool:
    """Return whether an hour or a day is the beginning of a date: the "before 14" of "before 14 May"."""
    if atom.rank is not Rank.DATE and (atom.hours is None or atom.days or atom.again is not None):
        return False
    dates = (other.span for other in found if other.rank is Rank.DATE)
    return any(date.overlaps(atom.span) and date.start > atom.span.start and date.end > atom.span.end for date in dates)


def _said(span: Span, slots: Mapping[str, str], fixed: JsonObject, setting: Setting) -> Said:
    values = {slot: setting.words.value(slot, word) for slot, word in slots.items()}
    return Said(span=span, slots=values, form=fixed, setting=setting)


def _forms(entry: JsonObject, words: Vocabulary, where: str) -> list[Form]:
    kind = str(entry.get("kind"))
    if kind not in READERS:
        raise BadPack(f"{where}: no kind of form {kind!r}; there are {', '.join(READERS)}")
    fixed = {key: value for key, value in entry.items() if key not in ("kind", "says")}
    return [Form(pattern=words.compiled(says, where=where), read=READERS[kind], fixed=fixed) for says in entry["says"]]


def _ranges(entries: Sequence[JsonObject], words: Vocabulary, where: str) -> list[RangeJoint]:
    def part(entry: JsonObject, name: str) -> Glue | None:
        return Glue(entry[name], words, where=where) if name in entry else None

    return [
        RangeJoint(joint=Glue(e["joint"], words, where=where), before=part(e, "before"), behind=part(e, "behind"))
        for e in entries
    ]


def _gluer(table: JsonObject, words: Vocabulary, where: str) -> Callable[[str], Glue]:
    def glue(name: str) -> Glue:
        # A language that leaves one out has no such small words: a pattern that stands nowhere.
        return Glue(table.get(name, NOWHERE), words, where=where)

    return glue


NOWHERE = r"[^\x00-\xff]"
