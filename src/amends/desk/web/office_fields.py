"""Fields of a brand that say when it works, and which clocks of regulators run on its complaints."""

from datetime import date, time
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.desk.models import Brand
from amends.desk.web.wording import word
from amends.promises.regulators import Rules, rules

OFFICE: Final = ("opens", "closes", "days_off", "clocks")
MOST_DAYS: Final = 400


class DaysField(forms.CharField):
    """Days, one a line, as 2026-12-24."""

    def clean(self, value: Any) -> list[str]:
        """Return the days as ISO words, in order, each once. Raises ValidationError for what is no day."""
        told = str(super().clean(value)).replace(",", " ").split()
        try:
            return sorted({date.fromisoformat(day).isoformat() for day in told[:MOST_DAYS]})
        except ValueError as wrong:
            raise forms.ValidationError(gettext("Write each day as 2026-12-24, one a line.")) from wrong


def office_fields(brand: Brand) -> dict[str, forms.Field]:
    """Return the fields with what is set now."""
    return {
        "opens": _clock(_("The working day begins"), brand.opens),
        "closes": _clock(_("and ends"), brand.closes),
        "days_off": DaysField(
            label=_("Own days off"),
            help_text=_("One a line, as 2026-12-24. Public holidays of the country count by themselves."),
            initial="\n".join(brand.days_off),
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
        ),
        "clocks": forms.MultipleChoiceField(
            label=_("Clocks of regulators"),
            help_text=_("Only for companies they bind. A help to remember, no legal advice: check the source of each."),
            choices=[(name, _told(known)) for name, known in rules().items()],
            initial=brand.clocks,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        ),
    }


def office_columns(told: dict[str, Any]) -> dict[str, Any]:
    """Return what a valid form says of them, as columns of Brand; an hour left empty stays what it was."""
    return {name: told[name] for name in OFFICE if told[name] is not None}


def _told(known: Rules) -> str:
    """Return all that an administrator must know before they switch a clock on; name and source stay as cited."""
    checked, uncertain = word("clock_checked", known.checked), word("clock_uncertain", known.id)
    title = word("clock_title", known.id, otherwise=known.title)
    return f"{title} · {known.source} ({known.dated:%Y-%m-%d}) · {checked} {uncertain}"


def _clock(label: Any, set_to: time) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, initial=set_to, required=False, widget=widget)
