"""Fields that several forms ask for."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext

from amends.desk.web.locale import zone


class ZoneField(forms.CharField):
    """The name of a time zone, chosen from those that are known."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 64, "widget": forms.Select(choices=_zones()), **options})

    def clean(self, value: Any) -> Any:
        """Return the name. Raises ValidationError."""
        name = super().clean(value)
        if name and zone(name).key != name:
            raise forms.ValidationError(gettext("Nobody knows a time zone of that name."))
        return name


@cache
def _zones() -> list[tuple[str, str]]:
    """Return every zone there is, also old names: one that is not offered would be lost on saving."""
    return [(name, name.replace("_", " ")) for name in sorted(available_timezones())]
