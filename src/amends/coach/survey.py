"""Which rules the packs can find in which language; what they cannot is said, never hidden."""

from collections.abc import Sequence
from typing import Final

from amends.coach.catalogue import catalogue
from amends.coach.pack import rules_of
from amends.languages.load import load
from amends.vocabulary import FIRST_CLASS, LanguageTag

GAP: Final = "gap"
FOUND_BY: Final = {
    "phrase": "phrase",
    "swap": "phrase",
    "pattern": "pattern",
    "count": "structure",
    "order": "structure",
    "missing": "structure",
    "parts": "structure",
    "compare": "compare",
}


def coverage(tags: Sequence[LanguageTag] = FIRST_CLASS) -> dict[str, dict[LanguageTag, str]]:
    """Return for each rule of the catalogue and each language the detectors that find it, or `gap`."""
    return {rule_id: {tag: _detectors(rule_id, tag) for tag in tags} for rule_id in catalogue()}


def gaps() -> list[tuple[str, LanguageTag]]:
    """Return every rule and language that no pack covers."""
    return [(rule, tag) for rule, row in coverage().items() for tag, found in row.items() if found == GAP]


def _detectors(rule_id: str, tag: LanguageTag) -> str:
    kinds = {FOUND_BY[entry.kind] for entry in rules_of(load(tag)).entries if entry.rule == rule_id}
    return " ".join(sorted(kinds)) or GAP
