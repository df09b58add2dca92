"""Fields that several forms ask for: a time zone and the languages of a person, chosen by names in the reader's own."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final
from zoneinfo import available_timezones

from babel.core import get_global
from babel.dates import get_timezone_location
from django import forms
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.desk.web.timing import language_name, reader
from amends.languages.load import UNDETERMINED, available
from amends.languages.named import named
from amends.vocabulary import LanguageTag

PLACES: Final = 4
"""How many languages a person is asked for: few answer well in more, and who does keeps them all."""
MOST: Final = 12
UTC: Final = "UTC"
"""What everybody calls it, and who has chosen nothing has; CLDR says Etc/UTC."""


class ZoneField(forms.ChoiceField):
    """A time zone, chosen by its city as the reader calls it; the name is what is kept.

    Each place is offered once. An old name of it (`Asia/Saigon`) stands as chosen, is taken, and kept by the new one.
    """

    def __init__(self, **options: Any) -> None:
        wrong = {"invalid_choice": _("Nobody knows a time zone of that name.")}
        super().__init__(**{"choices": zones, "error_messages": wrong, **options})

    def prepare_value(self, value: Any) -> Any:
        """Return the name that is offered."""
        return _as_offered(value) if isinstance(value, str) else value

    def to_python(self, value: Any) -> str:
        """Return the name that is kept."""
        return _as_offered(super().to_python(value))


class Tongues(forms.MultiWidget):
    """One list of languages for the best, one for the next and so on; needs no script."""

    def __init__(self, places: int) -> None:
        super().__init__([forms.Select(attrs={"aria-label": _Place(number)}) for number in range(1, places + 1)])

    def id_for_label(self, id_: str) -> str:
        """Return the first list's: a press on the label leads there."""
        return f"{id_}_0" if id_ else id_

    def decompress(self, value: Any) -> list[str]:
        """Return one tag for each list."""
        tags = _tags(value)
        return [*tags, *[""] * (len(self.widgets) - len(tags))][: len(self.widgets)]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        """Return the tags told: of the lists, or of one field that holds them all ("th, en")."""
        told = data.get(name)
        return _tags(told) if told is not None else super().value_from_datadict(data, files, name)


class TonguesField(forms.Field):
    """The languages somebody answers in, best first, as a list of tags. `now`: those that stand stay on offer."""

    def __init__(self, *, now: Any = (), **options: Any) -> None:
        self._now = _tags(now)
        super().__init__(required=False, widget=Tongues(max(PLACES, len(self._now) + 1)), **options)
        for chosen in self.widget.widgets:
            chosen.choices = CallableChoiceIterator(self._offered)

    def _offered(self) -> list[tuple[str, str]]:
        return [("", "–"), *tongues(self._now)]

    def clean(self, value: Any) -> list[str]:
        """Return the tags, each once. Raises ValidationError naming one that nobody knows."""
        return list(dict.fromkeys(_known(tag) for tag in _tags(value) if tag))[:MOST]


class _Place:
    """The number of a list, said in the reader's language when it is shown."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __str__(self) -> str:
        # Translators: label of a list of languages; 1 is the one somebody writes best.
        return gettext("Language %(number)d, best first") % {"number": self._number}


def _known(written: str) -> LanguageTag:
    if (tag := named(written)) is None:
        raise forms.ValidationError(gettext("Nobody knows a language called “%(tag)s”.") % {"tag": written[:20]})
    return tag


def tongues(now: list[str] | None = None) -> list[tuple[str, str]]:
    """Return the languages that Amends reads, and those in `now`, by their names in the reader's own."""
    tags = {*available(), *(now or ())} - {UNDETERMINED}
    named = ((tag, language_name(tag) or tag) for tag in tags)
    return sorted(named, key=lambda pair: pair[1].casefold())


def zones() -> list[tuple[str, str]]:
    """Return every time zone by its city in the reader's language, the name behind it."""
    return _zones(str(reader()))


@cache
def _zones(locale: str) -> list[tuple[str, str]]:
    cities = ((name, get_timezone_location(name, locale=locale, return_city=True)) for name in _offered())
    said = ((name, city if city == name else f"{city} ({name})") for name, city in cities)
    return sorted(said, key=lambda pair: (pair[1].casefold(), pair[0]))


@cache
def _offered() -> frozenset[str]:
    return frozenset(_as_offered(name) for name in _here())


def _as_offered(name: str) -> str:
    """Return the name CLDR has for a place now; `name` where it has none, or this machine does not know that one."""
    newest = get_global("zone_aliases").get(name, name)
    return UTC if newest == "Etc/UTC" else newest if newest in _here() else name


@cache
def _here() -> frozenset[str]:
    return frozenset(available_timezones()) - {"Factory"}  # a zone for machines that nobody set


def _tags(value: Any) -> list[str]:
    if isinstance(value, str):
        return value.replace(",", " ").split()
    return [str(tag).strip() for tag in value or () if tag]
