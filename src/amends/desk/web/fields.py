"""Fields that several forms ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext

from amends.desk.web.locale import zone


class ZoneField(forms.CharField):
    """The name of a time zone, refused when nobody knows it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 64, **options})

    def clean(self, value: Any) -> Any:
        """Return the name. Raises ValidationError."""
        name = super().clean(value)
        if name and zone(name).key != name:
            raise forms.ValidationError(gettext("Nobody knows a time zone of that name."))
        return name
