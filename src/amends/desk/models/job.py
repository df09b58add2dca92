"""Work to do, and every try at it."""

from django.db import models
from django.db.models import Q


class Job(models.Model):
    """Work to do later, written in the transaction that asks for it; claimed by lease, so a dead worker loses none."""

    class State(models.TextChoices):
        """How far it got. `dead` is shown to people, who may try it again."""

        READY = "ready"
        CLAIMED = "claimed"
        DONE = "done"
        DEAD = "dead"

    task = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    lock = models.CharField(max_length=120, blank=True, help_text="Jobs of one lock run one at a time.")
    state = models.CharField(max_length=8, choices=State.choices, default=State.READY)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=80, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "job"
        indexes = [
            models.Index(fields=["state", "due_at"], name="job_due", condition=Q(state__in=["ready", "claimed"]))
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.arguments}"


class Attempt(models.Model):
    """One try at a job, recorded before it starts."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="attempts")
    worker = models.CharField(max_length=80)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        db_table = "attempt"

    def __str__(self) -> str:
        return f"try at {self.job_id}"
