"""How often a pack would have spoken on former replies: asked for, counted by the worker, kept."""

from django.db import models

from amends.desk.models.agent import Agent
from amends.desk.models.coach_pack import CoachPack
from amends.desk.models.job import Job


class PackTrial(models.Model):
    """One trial of a pack's text, as it stood in the form; only the newest of a pack counts.

    `pack` is None for one that is not kept yet. `replies` are the keys of the messages to look at, the latest first;
    `looked` of them are done, `tried` were in the pack's language, on `fired` it would have spoken, `findings` times in
    all. `shown`: `[{"message": key, "found": [[rule, start, end]]}]` for the latest of those. `problem`: why it ended
    early.
    """

    pack = models.ForeignKey(CoachPack, on_delete=models.CASCADE, null=True, blank=True, related_name="trials")
    name = models.CharField(max_length=60)
    language = models.CharField(max_length=12)
    text = models.TextField()
    by = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    replies = models.JSONField(default=list)
    looked = models.PositiveIntegerField(default=0)
    tried = models.PositiveIntegerField(default=0)
    fired = models.PositiveIntegerField(default=0)
    findings = models.PositiveIntegerField(default=0)
    shown = models.JSONField(default=list)
    problem = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "pack_trial"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.looked} of {len(self.replies)}"
