"""What an agent says is new in a message."""

from django.db import models

from amends.desk.models.agent import Agent
from amends.desk.models.message import Message


class Marking(models.Model):
    """An agent's word on which words of a message are new; the newest that is not undone counts.

    `folded` are the stretches of history as they now stand, `before` as they stood. `opening` is the shape
    (mail.remark) of the line where the agent began or ended history, remembered for `sender`: with `is_history` a line
    of that shape begins history in their next mails, without it does not. Empty when nothing can safely be remembered.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="markings")
    author = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    folded = models.JSONField(default=list)
    before = models.JSONField(default=list)
    sender = models.CharField(max_length=320, blank=True, help_text="Lower case, as compared.")
    opening = models.CharField(max_length=300, blank=True)
    is_history = models.BooleanField(default=True)
    undone_by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "marking"
        ordering = ["pk"]
        indexes = [models.Index(fields=["sender", "undone_at"], name="marking_of_sender")]

    def __str__(self) -> str:
        return f"{self.message_id} by {self.author_id}"
