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
        return {name: tuple(forms) for name, forms in pack.toml(FILE).items()}
    except BadPack:
        if pack.has(FILE):
            raise
        return {}


def _recognised(suggestion: str, pack: LanguagePack) -> tuple[str, dict[str, str]]:
    for name, form in _readers(pack):
        if found := form.fullmatch(suggestion):
            return name, found.groupdict()
    return "", {}


@cache
def _readers(pack: LanguagePack) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return an expression for every form, those without a slot first: they say exactly one thing."""
    forms = [(name, form) for name, several in forms_of(pack).items() for form in several]
    forms.sort(key=lambda pair: "{" in pair[1])
    return tuple((name, re.compile("".join(_pieces(form)), re.IGNORECASE)) for name, form in forms)


def _pieces(form: str) -> Iterator[str]:
    read = 0
    for slot in SLOT.finditer(form):
        yield re.escape(form[read : slot.start()])
        yield f"(?P<{slot.group(1)}>.{{1,{LONGEST_FACT}}})"
        read = slot.end()
    yield re.escape(form[read:])
