"""The fields of the web form, and what is wrong with them in the writer's language."""

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from amends.mail.letter import Part

MOST_PHOTOS: Final = 5
LARGEST_PHOTO_BYTES: Final = 10 * 1024 * 1024
LARGEST_TOGETHER_BYTES: Final = 25 * 1024 * 1024
LONGEST_TEXT: Final = 20_000
ANY_TYPE: Final = "application/octet-stream"


class WebForm(forms.Form):
    """What somebody writes to us. `website` is a trap: people do not see it, robots fill it."""

    name = forms.CharField(max_length=200, required=False, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(max_length=320, widget=forms.EmailInput({"autocomplete": "email"}))
    order = forms.CharField(max_length=60, required=False)
    text = forms.CharField(max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 8}))
    website = forms.CharField(
        required=False,
        max_length=0,
        error_messages={"max_length": _("Please leave the last field empty, then send again.")},
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
    )
    stamp = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Refuse photos that are too many or too large, saying how large they may be."""
        sizes = [photo.size or 0 for photo in self.photos()]
        too_large = sum(sizes) > LARGEST_TOGETHER_BYTES or max(sizes, default=0) > LARGEST_PHOTO_BYTES
        if too_large or len(sizes) > MOST_PHOTOS:
            self.add_error(None, _("Please choose at most five photos of at most 10 MB each, 25 MB together."))
        return self.cleaned_data

    def photos(self) -> "list[UploadedFile[bytes]]":
        """Return the files that came with it."""
        return self.files.getlist("photos") if hasattr(self.files, "getlist") else []

    def parts(self) -> tuple[Part, ...]:
        """Return the files as parts of a letter."""
        return tuple(
            Part(name=file.name or "photo", media_type=file.content_type or ANY_TYPE, content=file.read())
            for file in self.photos()
        )
