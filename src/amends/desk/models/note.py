"""An internal note: never leaves the desk."""

from django.db import models

from amends.desk.models.agent import Agent
from amends.desk.models.case import Case


class Note(models.Model):
    """A word between colleagues on a case. It never leaves the desk; tests/desk/test_notes_never_leak.py proves it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "note"
        ordering = ["at"]

    def __str__(self) -> str:
        return f"note of {self.author}"
