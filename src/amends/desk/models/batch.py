"""One act on many cases."""

from django.db import models

from amends.desk.models.agent import Agent
from amends.desk.models.case import Case


class Batch(models.Model):
    """One act on many cases at once, which can be undone once. `wanted` says what was asked: `{"owner": 3}`."""

    class Act(models.TextChoices):
        """What was asked for."""

        ASSIGN = "assign"
        TAG = "tag"
        UNTAG = "untag"
        SNOOZE = "snooze"
        RESOLVE = "resolve"
        SPAM = "spam"

    act = models.CharField(max_length=8, choices=Act.choices)
    wanted = models.JSONField(default=dict)
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="batches")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "batch"

    def __str__(self) -> str:
        return f"{self.act} by {self.by_id}"


class BatchLine(models.Model):
    """What became of one case in a batch: done, with what stood there before, or why it could not be done."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="lines")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField(null=True, help_text="What the act changed, as it was; null when nothing was changed.")
    why_not = models.CharField(max_length=240, blank=True)
    undone = models.BooleanField(default=False)

    class Meta:
        db_table = "batch_line"
        constraints = [models.UniqueConstraint(fields=["batch", "case"], name="batch_line_once")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.why_not or 'done'}"
