"""The form of a brand: what customers see of the company, and in which words it signs in each language."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.desk.models import Brand
from amends.desk.web.fields import ZoneField
from amends.desk.web.timing import countries, language_name

SIGNATURE: Final = "signature_"
LONGEST_SIGNATURE: Final = 600


class BrandForm(forms.ModelForm):  # type: ignore[type-arg]  # Django itself cannot be subscripted
    """A brand, with a field for its signature in every language of the screens or signed in already."""

    timezone = ZoneField(label=_("Time zone"), help_text=_("As in Asia/Bangkok."))

    class Meta:
        model = Brand
        fields = ["name", "address", "default_language", "country", "timezone"]
        labels = {
            "name": _("Name customers see"),
            "address": _("Address"),
            "default_language": _("Language"),
            "country": _("Country"),
        }
        help_texts = {
            "address": _("Replies come from here, unless a mailbox has its own."),
            "default_language": _("Signatures in other languages fall back to this one."),
            "country": _("Its public holidays count in promises."),
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
        for tag, name in languages:
            self.fields[SIGNATURE + tag] = _signature(name, self.instance.signatures.get(tag, ""))

    def columns(self) -> dict[str, Any]:
        """Return what a valid form says, as columns of Brand."""
        signatures = {tag: self.cleaned_data[SIGNATURE + tag].replace("\r\n", "\n") for tag in self._tags}
        said = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        return {**said, "signatures": {tag: text for tag, text in signatures.items() if text}}

    def about(self) -> list[Any]:
        """Return the fields that say who the company is."""
        return [self[name] for name in self._meta.fields or ()]

    def signatures(self) -> list[Any]:
        """Return the fields of the signatures."""
        return [self[SIGNATURE + tag] for tag in self._tags]


def _signature(language: str, written: str) -> forms.CharField:
    return forms.CharField(
        # Translators: the words below every reply in that language.
        label=gettext("Signature in %(language)s") % {"language": language},
        initial=written,
        required=False,
        max_length=LONGEST_SIGNATURE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
