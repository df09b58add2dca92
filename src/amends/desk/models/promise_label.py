"""What people said of promises that the desk found in their words."""

from django.db import models

from amends.desk.models.agent import Agent


class PromiseLabel(models.Model):
    """One answer of a person to a proposed promise, kept so that the finding can be judged and bettered.

    `text` is the sentence as written, the customer's name taken out; `before` what was proposed, None when nothing
    was; `after` what the person made of it, None when they said that it is none. `written_at` with its offset is what
    relative times count from.
    """

    class Answer(models.TextChoices):
        """Right as proposed; another time; no promise; a promise that was not found."""

        CONFIRMED = "confirmed"
        EDITED = "edited"
        DISMISSED = "dismissed"
        ADDED = "added"

    answer = models.CharField(max_length=10, choices=Answer.choices)
    text = models.TextField()
    language = models.CharField(max_length=12, blank=True)
    country = models.CharField(max_length=2, blank=True)
    written_at = models.CharField(max_length=40)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "promise_label"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.answer}: {self.text[:40]}"
