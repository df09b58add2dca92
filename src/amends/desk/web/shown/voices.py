"""The endings an agent may choose among, for each language in which people do not all end a sentence alike."""

from functools import cache

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.coach.culture import FILE, voices
from amends.desk.web.timing import language_name
from amends.languages import available, load

PREFIX = "voice_"


@cache
def languages_with_voices() -> tuple[str, ...]:
    """Return the tags of the packs that know more than one voice."""
    return tuple(tag for tag in sorted(available()) if load(tag).has(FILE) and voices(load(tag)))


def voice_fields() -> dict[str, forms.ChoiceField]:
    """Return a field for each such language; left open, the coach takes the endings of what is being written."""
    return {PREFIX + tag: _field(tag) for tag in languages_with_voices()}


def chosen_voices(told: dict[str, str]) -> dict[str, str]:
    """Return language → voice from what a form told, those left open left out."""
    return {key.removeprefix(PREFIX): voice for key, voice in told.items() if key.startswith(PREFIX) and voice}


def _field(tag: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("How you end a sentence in %(language)s") % {"language": language_name(tag)},
        help_text=_("For the sentences the coach offers you. Left open, they follow what you write."),
        choices=[("", "–"), *voices(load(tag)).items()],
        required=False,
    )
