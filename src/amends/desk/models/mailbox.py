"""A mailbox the desk reads and writes."""

from django.db import models

from amends.desk.models.brand import Brand


class Mailbox(models.Model):
    """Where mail comes in and goes out: by IMAP and SMTP, or through a mail service's own doors (`service`).

    Passwords, keys and grants live in the secrets file, never in a row. `problem` is what is wrong in one word of
    `channels.email.connection.Problem`, `last_error` what the other side said. `plus_addresses` None: as the desk's
    settings say.
    """

    class Encryption(models.TextChoices):
        """How the connection is protected."""

        TLS = "tls"
        STARTTLS = "starttls"
        NONE = "none"

    class SignIn(models.TextChoices):
        """How we prove to the mail servers that we may come in; all but the password are grants (OAuth 2)."""

        PASSWORD = "password"  # noqa: S105 - a name for a way in, not a secret
        GOOGLE = "google"
        MICROSOFT = "microsoft"

    class AfterReading(models.TextChoices):
        """What becomes of a mail on the server once it is safe on our disk."""

        SEEN = "seen"
        LEAVE = "leave"
        MOVE = "move"

    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="mailboxes")
    address = models.EmailField(unique=True)
    imap_host = models.CharField(max_length=255, blank=True)
    imap_port = models.PositiveIntegerField(default=993)
    imap_encryption = models.CharField(max_length=8, choices=Encryption.choices, default=Encryption.TLS)
    imap_user = models.CharField(max_length=255, blank=True)
    sign_in = models.CharField(max_length=10, choices=SignIn.choices, default=SignIn.PASSWORD)
    after_reading = models.CharField(max_length=6, choices=AfterReading.choices, default=AfterReading.SEEN)
    move_to = models.CharField(max_length=255, blank=True, help_text="The folder for mails that were read.")
    smtp_host = models.CharField(max_length=255, blank=True)
    smtp_port = models.PositiveIntegerField(default=587)
    smtp_encryption = models.CharField(max_length=8, choices=Encryption.choices, default=Encryption.STARTTLS)
    smtp_user = models.CharField(max_length=255, blank=True)
    service = models.CharField(max_length=20, blank=True, help_text="The mail service that sends for us, if any.")
    plus_addresses = models.BooleanField(null=True, blank=True)
    trusted_hosts = models.CharField(
        max_length=500, blank=True, help_text="Names in Authentication-Results headers that we believe, with spaces."
    )  # fmt: skip
    enabled = models.BooleanField(default=True)
    last_checked_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=20, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        db_table = "mailbox"
        ordering = ["address"]

    def __str__(self) -> str:
        return self.address
