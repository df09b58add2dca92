"""A reply on its way out."""

from django.db import models
from django.db.models import Q

from amends.desk.models.agent import Agent
from amends.desk.models.conversation import Conversation
from amends.desk.models.message import Message


class Reply(models.Model):
    """A reply on its way out: the outbox.

    `uncertain` means that the mail server went away after it had the text: it may have arrived, so it is never sent
    again by itself. `reason` is why it was sent with an open error. `message` is set when it is queued. `due_at` is
    when it may leave at the earliest; `sending_since` when it was last handed to the network. `draft` is the draft as
    it stood, so that undo can give it back; `tells` is the promise it speaks of ahead of its due time, and
    `new_due_at` the time it proposes instead, which only the customer can make a promise of.
    """

    class State(models.TextChoices):
        """How far it got."""

        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        UNCERTAIN = "uncertain"
        CANCELLED = "cancelled"

    class Purpose(models.TextChoices):
        """What it is for: an answer of a person; the desk's word that it has theirs; what nobody asked for."""

        ANSWER = "answer"
        ACKNOWLEDGEMENT = "receipt"
        NOTICE = "notice"
        FOLLOW_UP = "follow_up"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="replies")
    message = models.OneToOneField(Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="reply")
    author = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="replies")
    recipient = models.CharField(max_length=320)
    text = models.TextField()
    language = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    automatic = models.BooleanField(default=False)
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.ANSWER)
    send_at = models.DateTimeField(
        null=True, blank=True, help_text="When its writer wants it to leave; empty: at once."
    )  # fmt: skip
    first_tried_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    findings = models.JSONField(default=list)
    internet_message_id = models.CharField(max_length=500, unique=True)
    mime = models.BinaryField(null=True, blank=True, help_text="The letter as composed, set before the first attempt.")
    queued_at = models.DateTimeField()
    undo_until = models.DateTimeField()
    due_at = models.DateTimeField()
    sending_since = models.DateTimeField(null=True, blank=True)
    draft = models.JSONField(default=dict)
    tells = models.ForeignKey(
        "desk.Promise", on_delete=models.SET_NULL, null=True, blank=True, related_name="told_by"
    )  # fmt: skip
    new_due_at = models.DateTimeField(null=True, blank=True, help_text="Of a note ahead: the new time it proposes.")
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        db_table = "reply"
        verbose_name_plural = "replies"
        indexes = [
            models.Index(fields=["state", "due_at"], name="reply_outbox"),
            models.Index(fields=["recipient", "sending_since"], name="reply_budget"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="reply_sent_has_time")
        ]

    def __str__(self) -> str:
        return f"to {self.recipient}: {self.state}"
