"""Something said, in or out."""

from django.db import models

from amends.desk.models.agent import Agent
from amends.desk.models.conversation import Conversation
from amends.desk.models.raw_message import RawMessage
from amends.mail.trust import Verdict


class Message(models.Model):
    """Something said in a conversation, in or out. `new_text` is what was written now; `text` holds history too.

    `why_here` is a value of mail.threads.Why, or a sentence in messages of the first release. `trust` says whether the
    sender is who they say (mail.trust.Verdict); `trust_reasons` are `[{"why", "about"}]` of mail.trust.Reason.
    """

    class Direction(models.TextChoices):
        """Who wrote to whom."""

        IN = "in"
        OUT = "out"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=3, choices=Direction.choices)
    author = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="messages")
    kind = models.CharField(max_length=16, default="human", help_text="LetterKind: human, bounce, auto_reply …")
    sender = models.CharField(max_length=320, blank=True)
    sender_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=300, blank=True, help_text="As the letter gave it; empty on older rows.")
    text = models.TextField(blank=True)
    new_text = models.TextField(blank=True)
    folded = models.JSONField(default=list, help_text="[[start, end], …] of `text`: history and signature.")
    language = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField(help_text="When we got it, or sent it.")
    written_at = models.DateTimeField(null=True, blank=True, help_text="What the sender's clock said.")
    internet_message_id = models.CharField(max_length=500, blank=True, db_index=True)
    dedupe_key = models.CharField(max_length=64, unique=True, help_text="The same mail by two ways is one message.")
    raw = models.OneToOneField(RawMessage, on_delete=models.SET_NULL, null=True, blank=True, related_name="message")
    why_here = models.CharField(max_length=240, blank=True, help_text="Why it was threaded into this conversation.")
    trust = models.CharField(
        max_length=10, choices=[(v.value, v.name) for v in Verdict], default=Verdict.UNCHECKED.value
    )  # fmt: skip
    trust_reasons = models.JSONField(default=list)
    doubts = models.JSONField(default=list)

    class Meta:
        db_table = "message"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["conversation", "at"], name="message_timeline")]

    def __str__(self) -> str:
        return f"{self.direction} {self.at:%Y-%m-%d %H:%M}"
