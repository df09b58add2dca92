"""The house's own rules, made ready for the Playbook: each with its reason and its examples."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from amends.coach.catalogue import Rule, catalogue
from amends.coach.entry import Entry, Example
from amends.coach.explained import InLanguage, Shown
from amends.coach.own import with_own
from amends.desk.models import CoachPack
from amends.desk.operations.packs import text_of
from amends.languages import load
from amends.vocabulary import BadPack, LanguageTag


@dataclass(frozen=True, kw_only=True)
class OwnRule:
    """One rule of a pack; `rule` is the catalogue's where the pack only finds more of it. `reason`: for the reader."""

    rule: Rule
    pack: str
    language: LanguageTag
    reason: str
    shown: InLanguage

    @property
    def tag(self) -> LanguageTag:
        """Return its language."""
        return self.language

    @property
    def own_name(self) -> str:
        """Return what stands above its examples."""
        return f"{self.shown.own_name} · {self.pack}"


def own_rules(packs: QuerySet[CoachPack], interface: LanguageTag) -> list[OwnRule]:
    """Return the rules of the packs that speak, in the packs' order; one that cannot be read is left out here."""
    return [rule for pack in packs.exclude(on_since=None) for rule in _rules(pack, interface)]


def _rules(pack: CoachPack, interface: LanguageTag) -> Iterator[OwnRule]:
    try:
        found = with_own(load(pack.language), {pack.name: text_of(pack)})
    except BadPack:
        # The coach says so beside every draft, where somebody can do something about it.
        return
    for entry in found.entries:
        if entry.is_own:
            yield _own_rule(entry, pack, interface)


def _own_rule(entry: Entry, pack: CoachPack, interface: LanguageTag) -> OwnRule:
    rule = entry.own or catalogue()[entry.rule]
    own_name = str(load(pack.language).about.get("own_name", pack.language))
    shown = InLanguage(
        tag=pack.language, own_name=own_name, detectors=entry.kind, bad=_shown(entry.bad), good=_shown(entry.good)
    )  # fmt: skip
    reason = entry.why.get(interface) or entry.why.get("en") or rule.reason(interface)
    return OwnRule(rule=rule, pack=pack.name, language=pack.language, reason=reason, shown=shown)


def _shown(examples: tuple[Example, ...]) -> tuple[Shown, ...]:
    return tuple(Shown(reply=one.reply, message=one.message or "", needs={}) for one in examples)
