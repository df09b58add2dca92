"""The parts of a letter and the sentences that add them (R162): the skeleton, and its words in one language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import yaml

from amends.coach.catalogue import LOADER
from amends.coach.culture import Manner
from amends.coach.facts import Facts
from amends.coach.suggest import SLOT
from amends.languages.pack import LanguagePack
from amends.vocabulary import BadPack, Fault, JsonObject

FILE: Final = "sentences.yaml"
ALL_FAULTS: Final = frozenset(Fault)


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence of the skeleton, for cases of these faults and causes (none named: any) that know these facts."""

    id: str
    faults: frozenset[Fault]
    causes: frozenset[str]
    facts: frozenset[str]

    def suits(self, fault: Fault, facts: Facts) -> bool:
        """Return whether a case calls for the sentence and knows all that it names."""
        of_cause = not self.causes or facts.cause in self.causes
        return fault in self.faults and of_cause and self.facts <= facts.known


@dataclass(frozen=True, kw_only=True)
class LetterPart:
    """One part of a letter: `shown_by` are labels; `anger` the least intensity at which its lack is felt."""

    name: str
    shown_by: tuple[str, ...]
    anger: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True)
class Skeleton:
    """All parts in the order of the letter, and in the order in which a lack of them is worth mending."""

    parts: Mapping[str, LetterPart]
    offered: tuple[str, ...]

    def rank(self, part: str) -> int:
        """Return where in the letter a part stands."""
        return list(self.parts).index(part)


@cache
def skeleton() -> Skeleton:
    """Return the skeleton that ships."""
    text = (resources.files("amends.coach") / "skeleton.yaml").read_text(encoding="utf-8")
    read: JsonObject = yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe loader, in C where there is one
    return Skeleton(
        parts={name: _part(name, row) for name, row in read["parts"].items()}, offered=tuple(read["offered"])
    )


def wording(sentence_id: str, pack: LanguagePack, *, manner: Manner, facts: Facts) -> str | None:
    """Return a sentence in one language, filled; None when the language has none or a slot stays open."""
    form = _chosen(_words(pack).get(sentence_id, ""), manner)
    slots = {**facts.spoken(pack.tag), **manner.slots}
    if not form or any(slot not in slots for slot in SLOT.findall(form)):
        return None
    return SLOT.sub(lambda match: slots[match.group(1)], form).strip()


def all_sentences() -> Iterator[Sentence]:
    """Yield every sentence of the skeleton."""
    for part in skeleton().parts.values():
        yield from part.sentences


def _chosen(form: str | Mapping[str, str], manner: Manner) -> str:
    if isinstance(form, str):
        return form
    return next((form[key] for key in manner.forms if key in form), next(iter(form.values())))


@cache
def _words(pack: LanguagePack) -> Mapping[str, str | Mapping[str, str]]:
    """Return the sentences of a language, none for one that has no such file. Raises BadPack for a wrong file."""
    here: LanguagePack | None = pack
    while here is not None and not here.has(FILE):
        here = here.parent
    found = here.yaml(FILE) if here else {}
    if unknown := set(found) - {sentence.id for sentence in all_sentences()}:
        raise BadPack(f"{pack.tag}/{FILE}: no such sentence: {', '.join(sorted(unknown))}")
    return found


def _part(name: str, row: JsonObject) -> LetterPart:
    made = (_sentence(f"{name}.{key}", row | own) for key, own in row["sentences"].items())
    return LetterPart(name=name, shown_by=tuple(row["shown_by"]), anger=row.get("anger", 0), sentences=tuple(made))


def _sentence(sentence_id: str, row: JsonObject) -> Sentence:
    return Sentence(
        id=sentence_id,
        faults=frozenset(map(Fault, row.get("fault", ALL_FAULTS))),
        causes=frozenset(row.get("cause", ())),
        facts=frozenset(row.get("facts", ())),
    )
