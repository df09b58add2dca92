"""What a person says of the desk's reading."""

from django.db import models

from amends.desk.models.agent import Agent
from amends.desk.models.message import Message


class Correction(models.Model):
    """One person's word against one thing that was read in a message; the newest of an aspect counts.

    `before` is what stood there, `after` what the person says: an intensity 0–4, a cause, a list of kinds of threats,
    a feeling. Kept beside the message for good: the reader is judged and taught by it.
    """

    class Aspect(models.TextChoices):
        """What was read wrong."""

        INTENSITY = "intensity"
        CAUSE = "cause"
        THREAT = "threat"
        FEELING = "feeling"

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="corrections")
    aspect = models.CharField(max_length=10, choices=Aspect.choices)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField()
    engine = models.CharField(max_length=120, blank=True, help_text="Which reader was corrected.")
    by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "correction"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.aspect}"
