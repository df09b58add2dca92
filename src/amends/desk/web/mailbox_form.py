"""The form of a mailbox. Passwords are asked for, never shown."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.desk.models import Mailbox
from amends.desk.web.wording import word


class MailboxForm(forms.ModelForm):  # type: ignore[type-arg]  # Django itself cannot be subscripted
    """Where mail is read from and sent through. An empty password leaves the one we have."""

    imap_password = forms.CharField(
        label=_("Password for reading"), required=False, widget=forms.PasswordInput(attrs={"autocomplete": "off"})
    )
    smtp_password = forms.CharField(
        label=_("Password for sending"), required=False, widget=forms.PasswordInput(attrs={"autocomplete": "off"})
    )
    READING = ("imap_host", "imap_port", "imap_encryption", "imap_user", "imap_password", "folder")
    SENDING = ("smtp_host", "smtp_port", "smtp_encryption", "smtp_user", "smtp_password")

    class Meta:
        model = Mailbox
        fields = [
            "brand", "address", "imap_host", "imap_port", "imap_encryption", "imap_user", "folder",
            "smtp_host", "smtp_port", "smtp_encryption", "smtp_user", "enabled",
        ]  # fmt: skip
        labels = {
            "brand": _("Brand"),
            "address": _("Address"),
            "imap_host": _("IMAP server"),
            "imap_port": _("Port"),
            "imap_encryption": _("Encryption"),
            "imap_user": _("Log-in name"),
            "folder": _("Folder"),
            "smtp_host": _("SMTP server"),
            "smtp_port": _("Port"),
            "smtp_encryption": _("Encryption"),
            "smtp_user": _("Log-in name"),
            "enabled": _("In use"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("imap_encryption", "smtp_encryption"):
            self.fields[name].widget.choices = [(way, word("encryption", way)) for way in Mailbox.Encryption.values]

    def reading(self) -> list[Any]:
        """Return the fields about reading mail."""
        return [self[name] for name in self.READING]

    def sending(self) -> list[Any]:
        """Return the fields about sending mail."""
        return [self[name] for name in self.SENDING]
