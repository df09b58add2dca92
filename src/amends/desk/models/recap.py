"""Whether a person took in what a customer says before answering."""

from django.db import models

from amends.desk.models.agent import Agent
from amends.desk.models.message import Message


class Recap(models.Model):
    """One agent's look at the short summary of a customer's message: `is_right`, or set aside without a word on it.

    `spans` are what was shown: `[message, start, end]` of that message's new words, so that it can be told later.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="recaps")
    is_right = models.BooleanField()
    spans = models.JSONField(default=list)
    by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "recap"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.message_id}: {'right' if self.is_right else 'set aside'}"
