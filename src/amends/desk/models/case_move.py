"""Words that were taken from one case to another."""

from django.db import models
from django.db.models import Q

from amends.desk.models.agent import Agent
from amends.desk.models.case import Case


class CaseMove(models.Model):
    """One merge, split or move, done by a person; `undone_at` when somebody took it back.

    `carried` names what went along: `{"conversations": [key], "begun": key or null, "messages": {key: conversation},
    "replies": {key: conversation}, "promises": [key], "notes": [key], …}`; `before` holds the columns of both cases as
    they stood, which an undo sets again where the messages do not decide them.
    """

    class Kind(models.TextChoices):
        """What was done."""

        MERGE = "merge"
        SPLIT = "split"
        MOVE = "move"

    kind = models.CharField(max_length=5, choices=Kind.choices)
    source = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="moves_away")
    target = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="moves_here")
    carried = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "case_move"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="case_move_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id} → {self.target_id}"
