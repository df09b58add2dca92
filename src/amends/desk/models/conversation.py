"""One thread on one channel."""

from django.db import models

from amends.desk.models.case import Case
from amends.desk.models.mailbox import Mailbox


class Conversation(models.Model):
    """One thread on one channel. `token` stands signed in our reply address and Message-ID, so answers find home."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="conversations")
    channel = models.CharField(max_length=20, default="email")
    mailbox = models.ForeignKey(Mailbox, on_delete=models.SET_NULL, null=True, blank=True, related_name="conversations")
    token = models.CharField(max_length=32, unique=True)
    subject = models.CharField(max_length=300, blank=True)
    participants = models.JSONField(default=list, help_text="Lower-case addresses that may join by unsigned headers.")
    started_at = models.DateTimeField()

    class Meta:
        db_table = "conversation"
        ordering = ["started_at"]

    def __str__(self) -> str:
        return self.subject or self.token
