"""A pack proves itself: every bad example is found, every good one is not, every label is where it should be."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib import resources

from amends.coach.entry import Entry, Label
from amends.coach.judge import findings, look
from amends.coach.pack import RuleSet, build, rules_of
from amends.languages.pack import LanguagePack
from amends.vocabulary import BadPack, CaseView

PROVEN = "proven.txt"


@cache
def proven_rules(pack: LanguagePack) -> RuleSet:
    """Return a pack's rules, its examples proven. Raises BadPack naming the example that fails.

    The packs that ship are proven in CI and known by their digest, so that loading them does not prove them again.
    """
    rules = rules_of(pack)
    if digest(pack) not in _known_digests():
        prove(rules)
    return rules


def own_rules(pack: LanguagePack, *, extra: dict[str, str]) -> RuleSet:
    """Return a pack's rules together with somebody's own (file name → YAML), proven. Raises BadPack."""
    rules = build(pack, extra=extra)
    prove(rules)
    return rules


def prove(rules: RuleSet) -> None:
    """Raise BadPack naming every example that fails."""
    if failures := list(failing(rules)):
        raise BadPack("\n".join(failures))


def failing(rules: RuleSet) -> Iterator[str]:
    """Yield one line for each example that does not do what its pack says."""
    for entry in rules.entries:
        yield from _failing_entry(rules, entry)
    for label in rules.labels:
        yield from _failing_label(rules, label)


def digest(pack: LanguagePack) -> str:
    """Return a digest of everything the coach reads from a pack and its parents."""
    made = sha256()
    here: LanguagePack | None = pack
    while here is not None:
        for path in here.folder("coach"):
            made.update(f"{here.tag}/{path}\n{here.files[path]}".encode())
        here = here.parent
    return made.hexdigest()


@cache
def _known_digests() -> frozenset[str]:
    return frozenset((resources.files("amends.coach") / PROVEN).read_text(encoding="utf-8").split())


def _failing_entry(rules: RuleSet, entry: Entry) -> Iterator[str]:
    for example, wanted in [(e, True) for e in entry.bad] + [(e, False) for e in entry.good]:
        scene = look(rules, example.reply, case=example.case, message=example.message, recent=example.recent)
        found = any(finding.rule == entry.rule for finding in findings(rules, scene, interface="en", suspicions=()))
        if found is not wanted:
            yield f"{entry.id}: {'not found in' if wanted else 'wrongly found in'} example “{example.reply}”"


def _failing_label(rules: RuleSet, label: Label) -> Iterator[str]:
    for text, wanted in [(t, True) for t in label.said] + [(t, False) for t in label.unsaid]:
        scene = look(rules, text, case=CaseView(), message=None)
        if scene.says(label.name) is not wanted:
            yield f"label {label.name}: {'missing on' if wanted else 'wrongly on'} example “{text}”"
