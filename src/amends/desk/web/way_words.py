"""Which way words came to us, and which way somebody goes once they have answered."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise as Lazy
from django.utils.translation import pgettext_lazy

Words = Mapping[str, Lazy]

CHANNEL: Final[Words] = {
    "email": pgettext_lazy("channel", "mail"),
    "imap": pgettext_lazy("channel", "mail"),
    "smtp": pgettext_lazy("channel", "mail"),
    "maildir": pgettext_lazy("channel", "mail"),
    "service": pgettext_lazy("channel", "mail"),
    "file": pgettext_lazy("channel", "mail"),
    "webform": pgettext_lazy("channel", "web form"),
    # Translators: where the customer wrote these words: on the page that the link in our letters opens.
    "page": pgettext_lazy("channel", "on their page"),
}
AFTERWARDS: Final[Words] = {
    "stay": pgettext_lazy("afterwards", "Stay on the case"),
    "next": pgettext_lazy("afterwards", "Open the next case"),
    "queue": pgettext_lazy("afterwards", "Go back to the list"),
}

WAY_TABLES: Final[Mapping[str, Words]] = {"channel": CHANNEL, "afterwards": AFTERWARDS}
