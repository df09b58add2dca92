"""A colleague who is called by name in a note."""

from django.db import models
from django.db.models import Q

from amends.desk.models.agent import Agent
from amends.desk.models.note import Note


class Mention(models.Model):
    """One colleague whom a note calls. It stands before them until they have seen it, or wrote on the case."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="mentioned")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="mentions")
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "mention"
        ordering = ["pk"]
        indexes = [models.Index(fields=["agent"], name="mention_unseen", condition=Q(seen_at=None))]
        constraints = [models.UniqueConstraint(fields=["note", "agent"], name="mention_once")]

    def __str__(self) -> str:
        return f"{self.agent} in note {self.note_id}"
