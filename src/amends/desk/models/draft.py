"""A reply being written, kept on the server."""

from django.db import models

from amends.desk.models.agent import Agent
from amends.desk.models.case import Case
from amends.desk.models.conversation import Conversation


class Draft(models.Model):
    """A reply being written. One per case and author.

    `seen_version` is the case's version the writer has seen; `chips` are promises the writer confirmed or edited:
    `[{"quote", "what", "due_start", "due_end", "decision": "confirmed" | "dismissed"}]`; `dismissed` are findings
    set aside: `[{"rule", "quote", "reason"}]`; `heard` is what the coach said while it was written, each once:
    `[{"rule", "severity", "quote", "suggestions"}]`.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="drafts")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="drafts")
    author = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="drafts")
    text = models.TextField(blank=True)
    chips = models.JSONField(default=list)
    dismissed = models.JSONField(default=list)
    heard = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    seen_version = models.PositiveIntegerField(default=0)
    parked_until = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "draft"
        constraints = [models.UniqueConstraint(fields=["case", "author"], name="draft_one_per_writer")]

    def __str__(self) -> str:
        return f"draft of {self.author} on {self.case_id}"
