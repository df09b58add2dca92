"""What showed that a promise was kept."""

from django.db import models

from amends.desk.models.agent import Agent
from amends.desk.models.order import Order
from amends.desk.models.promise import Promise
from amends.desk.models.reply import Reply


class Evidence(models.Model):
    """The act that kept a promise: one of ours that the desk saw itself, or one that a person tells of.

    `by` None: the desk saw it. `reference` is what a person can look up elsewhere: a payment, a parcel, a call.
    """

    class Kind(models.TextChoices):
        """What was done."""

        REPLY = "reply"
        ORDER = "order"
        PAYMENT = "payment"
        PARCEL = "parcel"
        CALL = "call"
        WORDS = "words"

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="shown_by")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reply = models.ForeignKey(Reply, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reference = models.CharField(max_length=120, blank=True)
    words = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "evidence"
        ordering = ["at"]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return f"{self.kind} for promise {self.promise_id}"
