"""The form of a brand: what customers see of the company, and in which words it signs in each language."""

from itertools import pairwise
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.desk.models import Brand
from amends.desk.operations.acknowledge import words_of
from amends.desk.web.fields import ZoneField
from amends.desk.web.office_fields import OFFICE, office_columns, office_fields
from amends.desk.web.timing import countries, language_name
from amends.desk.web.trade_words import trade_choices
from amends.desk.web.wording import word
from amends.routing.queue import TARGET_MINUTES, market
from amends.vocabulary import Intensity

SIGNATURE: Final = "signature_"
LONGEST_SIGNATURE: Final = 600
ACKNOWLEDGEMENT: Final = "acknowledgement_"
LONGEST_ACKNOWLEDGEMENT: Final = 2000
TARGET: Final = "target_"
LONGEST_TARGET_MIN: Final = 14 * 24 * 60


class BrandForm(forms.ModelForm):  # type: ignore[type-arg]  # Django itself cannot be subscripted
    """A brand, with a field for its signature in every language of the screens or signed in already."""

    timezone = ZoneField(label=_("Time zone"))

    class Meta:
        model = Brand
        fields = ["name", "address", "default_language", "country", "timezone", "trade", "acknowledges"]
        labels = {
            "name": _("Name customers see"),
            "address": _("Address"),
            "default_language": _("Language"),
            "country": _("Country"),
            "trade": _("Trade"),
            "acknowledges": _("Tell people at once that their first letter is here"),
        }
        help_texts = {
            "address": _("Replies come from here, unless a mailbox has its own."),
            "default_language": _("Signatures in other languages fall back to this one."),
            "country": _("Its public holidays count in promises."),
            "trade": _("What goes wrong is called by its words. Left open: by the words of each message."),
            "acknowledges": _("By mail, once a day at most, to people only; the rest becomes a task for one of you."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tags = list(dict.fromkeys([*dict(settings.LANGUAGES), *self.instance.signatures]))
        languages = [(tag, language_name(tag)) for tag in self._tags]
        self.fields["default_language"] = forms.ChoiceField(
            choices=languages,
            label=self.fields["default_language"].label,
            help_text=self.fields["default_language"].help_text,
        )
        self.fields["country"] = forms.ChoiceField(
            choices=[("", "–"), *countries()],
            required=False,
            label=self.fields["country"].label,
            help_text=self.fields["country"].help_text,
        )
        self.fields["trade"] = forms.ChoiceField(
            choices=[("", "–"), *trade_choices()],
            required=False,
            label=self.fields["trade"].label,
            help_text=self.fields["trade"].help_text,
        )
        self.fields |= office_fields(self.instance)
        for tag, name in languages:
            self.fields[SIGNATURE + tag] = _signature(name, self.instance.signatures.get(tag, ""))
            own = self.instance.acknowledgements.get(tag, "")
            self.fields[ACKNOWLEDGEMENT + tag] = _acknowledgement(name, own, usual=words_of(tag)["text"].strip())
        for steps, usual in TARGET_MINUTES.items():
            self.fields[f"{TARGET}{steps:d}"] = _target(steps, self.instance.targets.get(f"{steps:d}"), usual=usual)

    def _refuse_haste_for_the_calm(self) -> None:
        """Raise ValidationError for minutes by which the angrier would wait longer than the calmer."""
        within = market(self._own_targets())
        if any(within[angrier] > within[calmer] for calmer, angrier in pairwise(sorted(within))):
            raise forms.ValidationError(gettext("The angrier must not wait longer than the calmer."))

    def _own_targets(self) -> dict[str, int]:
        own = {f"{steps:d}": self.cleaned_data.get(f"{TARGET}{steps:d}") for steps in TARGET_MINUTES}
        return {steps: minutes for steps, minutes in own.items() if minutes}

    def columns(self) -> dict[str, Any]:
        """Return what a valid form says, as columns of Brand."""
        signatures = {tag: self.cleaned_data[SIGNATURE + tag].replace("\r\n", "\n") for tag in self._tags}
        own = {tag: self.cleaned_data[ACKNOWLEDGEMENT + tag].replace("\r\n", "\n") for tag in self._tags}
        said = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        return {
            **said,
            "signatures": {tag: text for tag, text in signatures.items() if text},
            "acknowledgements": {tag: text for tag, text in own.items() if text},
            "targets": self._own_targets(),
            **office_columns(self.cleaned_data),
        }

    def clean(self) -> dict[str, Any]:
        """Return what was told. Raises ValidationError where the day would end before it begins."""
        told: dict[str, Any] = super().clean() or {}
        self._refuse_haste_for_the_calm()
        if told.get("opens") and told.get("closes") and told["opens"] >= told["closes"]:
            self.add_error("closes", gettext("The working day must end after it begins."))
        return told

    def office(self) -> list[Any]:
        """Return the fields that say when the brand works, and whose clocks run."""
        return [self[name] for name in OFFICE]

    def about(self) -> list[Any]:
        """Return the fields that say who the company is."""
        return [self[name] for name in self._meta.fields or ()]

    def signatures(self) -> list[Any]:
        """Return the fields of the signatures."""
        return [self[SIGNATURE + tag] for tag in self._tags]

    def acknowledgements(self) -> list[Any]:
        """Return the fields of the words that tell people that their letter is here."""
        return [self[ACKNOWLEDGEMENT + tag] for tag in self._tags]

    def targets(self) -> list[Any]:
        """Return the fields of how soon an answer is expected, the angriest first."""
        return [self[f"{TARGET}{steps:d}"] for steps in TARGET_MINUTES]


def _target(steps: Intensity, written: int | None, *, usual: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=word("intensity", steps),
        initial=written,
        required=False,
        min_value=1,
        max_value=LONGEST_TARGET_MIN,
        widget=forms.NumberInput(attrs={"placeholder": usual}),
    )


def _acknowledgement(language: str, written: str, *, usual: str) -> forms.CharField:
    return forms.CharField(
        # Translators: the mail that tells a customer in that language that their letter has arrived.
        label=gettext("In %(language)s") % {"language": language},
        initial=written,
        required=False,
        max_length=LONGEST_ACKNOWLEDGEMENT,
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": usual}),
    )


def _signature(language: str, written: str) -> forms.CharField:
    return forms.CharField(
        # Translators: the words below every reply in that language.
        label=gettext("Signature in %(language)s") % {"language": language},
        initial=written,
        required=False,
        max_length=LONGEST_SIGNATURE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
