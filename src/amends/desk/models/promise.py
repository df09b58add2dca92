"""The ledger of what we promised."""

from django.db import models
from django.db.models import Q

from amends.desk.models.agent import Agent
from amends.desk.models.case import Case
from amends.desk.models.message import Message
from amends.vocabulary import Deed, PromiseState


class Promise(models.Model):
    """One confirmed promise to one customer. Its states and the ways between them are promises/ledger.py's."""

    class Kind(models.TextChoices):
        """Where it comes from: words of a reply; our word that theirs are here; a follow-up; a regulator's rule."""

        SAID = "said"
        RECEIPT = "receipt"
        FOLLOW_UP = "follow_up"
        CLOCK = "clock"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="promises")
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="promises")
    owner = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="promises")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SAID)
    clock = models.CharField(max_length=40, blank=True, help_text="Of a regulatory clock: its id and the rule's.")
    what = models.CharField(max_length=16, choices=[(deed.value, deed.name) for deed in Deed], default=Deed.OTHER)
    quote = models.CharField(max_length=500, help_text="Our own words that promise it.")
    due_start = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=[(s.value, s.name) for s in PromiseState], default=PromiseState.MADE
    )
    made_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    evidence = models.TextField(
        blank=True, help_text="What shows that it was kept, or the customer's words of release."
    )
    alarms = models.JSONField(default=list, help_text="Alarms raised about it, each once: ledger.Alarm.")
    note_draft = models.TextField(blank=True, help_text="A note to the customer, drafted ahead of the due time.")
    replaces = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaced_by")

    class Meta:
        db_table = "promise"
        ordering = ["due_at"]
        indexes = [models.Index(fields=["state", "due_at"], name="promise_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["made", "slipping", "told"]) | Q(ended_at__isnull=False),
                name="promise_final_has_end",
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} by {self.due_at:%Y-%m-%d %H:%M}"
