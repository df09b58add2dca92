"""The append-only log from which every figure can be recomputed."""

from typing import ClassVar

from django.db import models

from amends.desk.models.agent import Agent
from amends.desk.models.case import Case


class Event(models.Model):
    """Something that happened, written in the transaction that made it happen; never changed, never deleted.

    `kind` is `noun.verb` in the past: `message.received`, `case.assigned`, `reply.queued`, `promise.kept`. The key is
    the cursor that live pages follow.
    """

    COACHING: ClassVar = frozenset({"coach.said", "finding.dismissed"})
    """Kinds that belong to the one who wrote, and to those who lead them."""

    kind = models.CharField(max_length=40, db_index=True)
    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, blank=True, related_name="events")
    facts = models.JSONField(default=dict)

    class Meta:
        db_table = "event"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"
