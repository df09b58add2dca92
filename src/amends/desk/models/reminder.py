"""Word to an agent, outside the desk, that a promise needs them."""

from django.db import models

from amends.desk.models.agent import Agent
from amends.desk.models.promise import Promise


class Reminder(models.Model):
    """One alarm about one promise to one person by one way: its own outbox, claimed before the network sees it.

    It tells no customer, so it is no Reply; what stops replies stops it too. One way tells of one alarm once.
    """

    class Way(models.TextChoices):
        """How they asked to be told."""

        MAIL = "mail"
        WEBHOOK = "webhook"

    class State(models.TextChoices):
        """How far it got; `sending` that stays so may have arrived, and is not sent again."""

        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        CANCELLED = "cancelled"

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="reminders")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="reminders")
    alarm = models.CharField(max_length=12)
    way = models.CharField(max_length=8, choices=Way.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    made_at = models.DateTimeField()
    sending_since = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=240, blank=True)

    class Meta:
        db_table = "reminder"
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(fields=["promise", "agent", "alarm", "way"], name="reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.alarm} to {self.agent} by {self.way}"
