"""A mailbox the desk reads and writes."""

from django.db import models

from amends.desk.models.brand import Brand


class Mailbox(models.Model):
    """Where mail comes in (IMAP) and goes out (SMTP). Passwords live in secrets.py's file, never in a row."""

    class Encryption(models.TextChoices):
        """How the connection is protected."""

        TLS = "tls"
        STARTTLS = "starttls"
        NONE = "none"

    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="mailboxes")
    address = models.EmailField(unique=True)
    imap_host = models.CharField(max_length=255, blank=True)
    imap_port = models.PositiveIntegerField(default=993)
    imap_encryption = models.CharField(max_length=8, choices=Encryption.choices, default=Encryption.TLS)
    imap_user = models.CharField(max_length=255, blank=True)
    folder = models.CharField(max_length=255, default="INBOX")
    smtp_host = models.CharField(max_length=255, blank=True)
    smtp_port = models.PositiveIntegerField(default=587)
    smtp_encryption = models.CharField(max_length=8, choices=Encryption.choices, default=Encryption.STARTTLS)
    smtp_user = models.CharField(max_length=255, blank=True)
    enabled = models.BooleanField(default=True)
    uid_validity = models.BigIntegerField(null=True, blank=True)
    last_uid = models.BigIntegerField(default=0)
    last_checked_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        db_table = "mailbox"
        ordering = ["address"]

    def __str__(self) -> str:
        return self.address
