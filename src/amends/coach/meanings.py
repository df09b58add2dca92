"""What a suggestion means, in the language of the one who reads it: the packs say which words mean the same.

A pack's `suggestions.toml` gives each meaning a name and the forms that carry it; a slot stands for any words, which
are carried over as they are.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from amends.coach.suggest import JOINT, SLOT
from amends.languages import LanguagePack, load
from amends.vocabulary import BadPack, LanguageTag

FILE = "suggestions.toml"
LONGEST_FACT = 200
Forms = Mapping[str, tuple[str, ...]]


def meaning(suggestion: str, *, language: LanguageTag, interface: LanguageTag) -> str:
    """Return what a suggestion in `language` says, in `interface`; "" when that is the same language, or unknown.

    The first letter does not count: suggestions are fitted into their sentence.
    """
    theirs, ours = load(language), load(interface)
    if theirs.tag == ours.tag:
        return ""
    name, facts = _recognised(JOINT.sub("", suggestion), theirs)
    said = forms_of(ours).get(name, ())
    return SLOT.sub(lambda slot: facts.get(slot.group(1), slot.group()), said[0]) if said else ""


@cache
def forms_of(pack: LanguagePack) -> Forms:
    """Return name → forms of every meaning a pack can say, empty for a pack that says none."""
    try:
        return {name: tuple(forms) for name, forms in pack.toml(FILE).items() if isinstance(forms, list)}
    except BadPack:
        if pack.has(FILE):
            raise
        return {}


def name_of(template: str, pack: LanguagePack) -> str:
    """Return the name of what a suggestion of a pack means, "" for words of somebody's own."""
    return _named(pack).get(JOINT.sub("", template), "")


def form_for(name: str, pack: LanguagePack, *, register: str) -> str:
    """Return the words that carry a meaning to somebody who is addressed near or formally; "" where unknown."""
    return _manners(pack).get(register, {}).get(name, "") or next(iter(forms_of(pack).get(name, ())), "")


@cache
def _named(pack: LanguagePack) -> Mapping[str, str]:
    return {form: name for name, forms in forms_of(pack).items() for form in forms}


@cache
def _manners(pack: LanguagePack) -> Mapping[str, Mapping[str, str]]:
    """Return register → name → form: what is said otherwise in one register."""
    if not forms_of(pack):
        return {}
    return {key: dict(forms) for key, forms in pack.toml(FILE).items() if isinstance(forms, dict)}


def _recognised(suggestion: str, pack: LanguagePack) -> tuple[str, dict[str, str]]:
    for name, form in _readers(pack):
        if found := form.fullmatch(suggestion):
            return name, found.groupdict()
    return "", {}


@cache
def _readers(pack: LanguagePack) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return an expression for every form, those without a slot first: they say exactly one thing."""
    forms = [(name, form) for name, several in forms_of(pack).items() for form in several]
    forms += [(name, form) for told in _manners(pack).values() for name, form in told.items()]
    forms.sort(key=lambda pair: "{" in pair[1])
    return tuple((name, re.compile("".join(_pieces(form)), re.IGNORECASE)) for name, form in forms)


def _pieces(form: str) -> Iterator[str]:
    read = 0
    for slot in SLOT.finditer(form):
        yield re.escape(form[read : slot.start()])
        yield f"(?P<{slot.group(1)}>.{{1,{LONGEST_FACT}}})"
        read = slot.end()
    yield re.escape(form[read:])
