"""The form of a mailbox. Passwords and keys are asked for, never shown."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.desk.channels.services.catalogue import offered
from amends.desk.models import Mailbox
from amends.desk.web.wording import word

PLACES: Final = {
    Mailbox.SignIn.GOOGLE: ("imap.gmail.com", "smtp.gmail.com"),
    Mailbox.SignIn.MICROSOFT: ("outlook.office365.com", "smtp.office365.com"),
}
"""Where the large providers read and send, by their own documentation."""


def _secret(label: Any, help_text: Any = "") -> forms.CharField:
    asked = forms.PasswordInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=False, widget=asked, help_text=help_text)


class MailboxForm(forms.ModelForm):  # type: ignore[type-arg]  # Django itself cannot be subscripted
    """Where mail is read from and sent through. An empty password leaves the one we have."""

    imap_password = _secret(_("Password for reading"))
    smtp_password = _secret(_("Password for sending"))
    service = forms.ChoiceField(label=_("Mail service"), required=False)
    service_key = _secret(_("Key of the service"))
    signing_key = _secret(_("Key by which the service signs"), _("Only where the service has one, as Mailgun does."))
    plus_addresses = forms.TypedChoiceField(
        label=_("Plus-addresses"), required=False, empty_value=None,
        coerce=lambda written: {"yes": True, "no": False}[written],
    )  # fmt: skip
    READING = ("sign_in", "imap_host", "imap_port", "imap_encryption", "imap_user", "imap_password")
    AFTERWARDS = ("after_reading", "move_to", "plus_addresses", "trusted_hosts")
    SENDING = ("smtp_host", "smtp_port", "smtp_encryption", "smtp_user", "smtp_password")
    SERVICE = ("service", "service_key", "signing_key")

    class Meta:
        model = Mailbox
        fields = [
            "brand", "address", "sign_in", "imap_host", "imap_port", "imap_encryption", "imap_user", "after_reading",
            "move_to", "plus_addresses", "trusted_hosts", "smtp_host", "smtp_port", "smtp_encryption", "smtp_user",
            "service", "enabled",
        ]  # fmt: skip
        labels = {
            "brand": _("Brand"),
            "address": _("Address"),
            "sign_in": _("We are let in by"),
            "imap_host": _("IMAP server"),
            "imap_port": _("Port"),
            "imap_encryption": _("Encryption"),
            "imap_user": _("Log-in name"),
            "after_reading": _("What becomes of a mail that was read"),
            "move_to": _("Folder to move it to"),
            "trusted_hosts": _("Whose word on senders we believe"),
            "smtp_host": _("SMTP server"),
            "smtp_port": _("Port"),
            "smtp_encryption": _("Encryption"),
            "smtp_user": _("Log-in name"),
            "enabled": _("In use"),
        }
        help_texts = {
            "move_to": "",
            "trusted_hosts": _(
                "The name your mail server writes first in Authentication-Results. Empty: the desk looks itself."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("imap_encryption", "smtp_encryption"):
            self.fields[name].widget.choices = [(way, word("encryption", way)) for way in Mailbox.Encryption.values]
        for name, choices in (("sign_in", Mailbox.SignIn), ("after_reading", Mailbox.AfterReading)):
            self.fields[name].widget.choices = [(value, word(name, value)) for value in choices.values]
            self.fields[name].required = False
        services = [(service.module, service.title) for service in offered()]
        self._offer("service", [("", word("service", "")), *services])
        known = [("", word("plus", "")), ("yes", word("plus", "yes")), ("no", word("plus", "no"))]
        self._offer("plus_addresses", known)
        written = {True: "yes", False: "no", None: ""}
        self.initial["plus_addresses"] = written[self.initial.get("plus_addresses")]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Fill in what is known of the large providers, and see that a mail is never moved to where it is read."""
        told = super().clean() or {}
        told["sign_in"] = told.get("sign_in") or Mailbox.SignIn.PASSWORD
        told["after_reading"] = told.get("after_reading") or Mailbox.AfterReading.SEEN
        for name, host in zip(("imap_host", "smtp_host"), PLACES.get(told["sign_in"], ()), strict=False):
            told[name] = told.get(name) or host
        moves = told["after_reading"] == Mailbox.AfterReading.MOVE
        read = [folder.name for folder in self.instance.folders.all()] if self.instance.pk else []
        if moves and not told.get("move_to"):
            self.add_error("move_to", gettext("Say to which folder."))
        elif moves and told.get("move_to") in (read or ["INBOX"]):
            self.add_error(
                "move_to", gettext("The desk reads this folder, so a mail cannot be moved out of its way there.")
            )
        return told

    def reading(self) -> list[Any]:
        """Return the fields about reading mail."""
        return [self[name] for name in self.READING]

    def afterwards(self) -> list[Any]:
        """Return the fields about what becomes of a mail."""
        return [self[name] for name in self.AFTERWARDS]

    def sending(self) -> list[Any]:
        """Return the fields about sending mail."""
        return [self[name] for name in self.SENDING]

    def by_service(self) -> list[Any]:
        """Return the fields about a mail service."""
        return [self[name] for name in self.SERVICE]
