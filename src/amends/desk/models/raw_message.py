"""What came in, byte for byte."""

from django.db import models


class RawMessage(models.Model):
    """What came in, byte for byte, before anybody tried to understand it.

    Small ones live in `body`, larger ones as a blob named by `sha256`. Unique per channel and external id, so the
    same delivery twice is one row.
    """

    class State(models.TextChoices):
        """How far it got."""

        RECEIVED = "received"
        FILED = "filed"
        DUPLICATE = "duplicate"
        QUARANTINED = "quarantined"

    channel = models.CharField(max_length=20)
    external_id = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    body = models.BinaryField(null=True, blank=True)
    received_at = models.DateTimeField()
    envelope = models.JSONField(default=dict, help_text="What the channel knew beside the bytes: mailbox, peer, rcpt.")
    state = models.CharField(max_length=12, choices=State.choices, default=State.RECEIVED)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "raw_message"
        constraints = [models.UniqueConstraint(fields=["channel", "external_id"], name="raw_message_once")]
        indexes = [models.Index(fields=["state", "received_at"], name="raw_message_state")]

    def __str__(self) -> str:
        return f"{self.channel} {self.external_id}"
