"""Packs that somebody here wrote: proven by their examples before they speak, tried on former replies, never a danger.

What keeps them harmless: the engine is linear in time, and shape.py, phrasebook.py and expression.py bound how much
one pack may ask of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from amends.coach.entry import Entry, Example
from amends.coach.finding import Finding
from amends.coach.judge import findings, look
from amends.coach.kinds.compare import CHECKS
from amends.coach.pack import RuleSet, build
from amends.coach.proof import proven_rules
from amends.languages.pack import LanguagePack
from amends.vocabulary import BadPack, CaseView, LanguageTag

Files = Mapping[str, str]
"""Name of a pack → its YAML."""
REMEMBERED: Final = 16
NEEDS: Final = {
    "phrase": ("phrases",),
    "pattern": ("patterns",),
    "swap": ("swaps",),
    "missing": ("labels",),
    "order": ("labels", "before"),
    "count": ("labels",),
    "parts": ("labels", "parts"),
    "compare": ("check",),
}


def with_own(pack: LanguagePack, files: Files) -> RuleSet:
    """Return the rules of a language together with somebody's own, which were proven when they were kept.

    Raises BadPack where one cannot be read any more: after an update, a name of theirs may be taken.
    """
    return _built(pack, tuple(sorted(files.items()))) if files else proven_rules(pack)


def problems(name: str, text: str, pack: LanguagePack, *, beside: Files | None = None) -> list[str]:
    """Return what is wrong with a pack, each with its line; empty for one that holds. `beside`: other own packs."""
    try:
        rules = build(pack, extra={**(beside or {}), name: text})
    except BadPack as wrong:
        return [str(wrong)]
    mine = [entry for entry in rules.entries if entry.id.startswith(f"{name}, ")]
    if not mine:
        return [f"{name}, line 1: no rule in it"]
    found = [problem for entry in mine for problem in _lacking(entry)]
    return found or [problem for entry in mine for problem in _failing(rules, entry)]


def fires(rules: RuleSet, reply: str, *, case: CaseView, interface: LanguageTag = "en") -> list[Finding]:
    """Return what somebody's own rules find in a reply, by words alone."""
    scene = look(rules, reply, case=case, message=None)
    only = replace(rules, entries=tuple(entry for entry in rules.entries if entry.is_own))
    return findings(only, scene, interface=interface, suspicions=())


def own_entries(rules: RuleSet) -> list[Entry]:
    """Return what of a rule set somebody here wrote."""
    return [entry for entry in rules.entries if entry.is_own]


def only_of(rules: RuleSet, name: str) -> RuleSet:
    """Return a rule set in which of somebody's own rules only those of one pack speak."""
    kept = (entry for entry in rules.entries if not entry.is_own or entry.id.startswith(f"{name}, "))
    return replace(rules, entries=tuple(kept))


@lru_cache(maxsize=REMEMBERED)
def _built(pack: LanguagePack, files: tuple[tuple[str, str], ...]) -> RuleSet:
    return build(pack, extra=dict(files))


def _lacking(entry: Entry) -> Iterator[str]:
    """Yield what a rule needs and lacks: words to look for, and examples on both sides."""
    looks = {
        "phrases": entry.number, "patterns": entry.number, "swaps": entry.swaps or None, "labels": entry.labels or None,
        "before": entry.before or None, "parts": entry.parts or None, "check": CHECKS.get(entry.check),
    }  # fmt: skip
    for key in NEEDS[entry.kind]:
        if looks[key] is None:
            yield f"{entry.id}: kind {entry.kind} needs {key}" + (f": {', '.join(CHECKS)}" if key == "check" else "")
    if not entry.bad or not entry.good:
        yield f"{entry.id}: needs examples: at least one bad reply that it finds, one good reply that it leaves"


def _failing(rules: RuleSet, entry: Entry) -> Iterator[str]:
    name = entry.id.partition(", line ")[0]
    for example, wanted in [*((e, True) for e in entry.bad), *((e, False) for e in entry.good)]:
        if _is_found(rules, entry, example) is not wanted:
            said = "not found in" if wanted else "wrongly found in"
            yield f"{name}, line {example.line}: {entry.rule}: {said} the example “{example.reply}”"


def _is_found(rules: RuleSet, entry: Entry, example: Example) -> bool:
    scene = look(rules, example.reply, case=example.case, message=example.message, recent=example.recent)
    alone = replace(rules, entries=(entry,))
    return bool(findings(alone, scene, interface="en", suspicions=()))
