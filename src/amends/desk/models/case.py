"""One customer's one trouble."""

from django.db import models
from django.db.models import Q

from amends.desk.models.agent import Agent
from amends.desk.models.brand import Brand
from amends.desk.models.customer import Customer
from amends.desk.models.order import Order
from amends.desk.models.team import Team


class Case(models.Model):
    """One customer's one trouble; may span conversations and channels.

    `version` rises with everything that a writer must have seen before sending; `waiting_since` is when the customer
    began to wait for us, empty when they do not. `intensity` and `anger` are those of the last message that showed a
    feeling (ADR 0164); empty until the first was read. The columns are the present; how they came about is in the
    events.
    """

    class Status(models.TextChoices):
        """Whose turn it is. Nobody's for `machine`: only machines wrote, and no person waits for anybody; nor for
        `merged`: everything said went to the case in `merged_into`; nor for `spam`: kept, and in no queue."""

        OPEN = "open"
        WAITING = "waiting"
        RESOLVED = "resolved"
        MACHINE = "machine"
        SPAM = "spam"
        MERGED = "merged"

    class Fault(models.TextChoices):
        """Whose mistake it was; unknown until somebody looked (R56)."""

        OURS = "ours"
        SHARED = "shared"
        THEIRS = "theirs"
        UNKNOWN = "unknown"

    class Ending(models.TextChoices):
        """Why it may rest: the customer said so, three quiet days without an open promise, or it came as history."""

        CUSTOMER_SAID = "customer_said"
        QUIET = "quiet"
        HISTORY = "history"

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="cases")
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="cases")
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, blank=True, related_name="cases")
    owner = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="cases")
    order = models.ForeignKey(Order, on_delete=models.SET_NULL, null=True, blank=True, related_name="cases")
    linked_to = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="links",
        help_text="Seems to belong to that case, but the writer is not known there.",
    )  # fmt: skip
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged_from",
        help_text="Everything said here went to that case; this one only leads there.",
    )  # fmt: skip
    subject = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=12, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    fault = models.CharField(max_length=8, choices=Fault.choices, default=Fault.UNKNOWN)
    cause = models.CharField(max_length=40, blank=True)
    stages = models.JSONField(default=dict, help_text="MAMA stage → ISO time at which it was walked.")
    opened_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=14, choices=Ending.choices, blank=True)
    intensity = models.PositiveSmallIntegerField(null=True, blank=True)
    anger = models.FloatField(null=True, blank=True)
    above_usual = models.FloatField(
        default=0, db_default=0.0, help_text="Steps of intensity above what is usual for this customer."
    )  # fmt: skip
    last_customer_at = models.DateTimeField(null=True, blank=True)
    last_reply_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "case"
        indexes = [
            models.Index(fields=["status", "-intensity", "waiting_since"], name="case_who_needs_us"),
            models.Index(fields=["owner", "status"], name="case_mine"),
            models.Index(fields=["customer", "-opened_at"], name="case_history"),
            # Counted whole on every look at the queue, so it holds all that is counted by (docs/decisions/0091).
            models.Index(
                fields=["status", "snoozed_until", "intensity", "waiting_since", "owner", "language"], name="case_live"
            ),
            models.Index(fields=["status", "-resolved_at"], name="case_resolved"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(intensity__isnull=True) | Q(intensity__gte=0, intensity__lte=4),
                name="case_intensity_0_to_4",
            ),
            models.CheckConstraint(
                condition=~Q(status="resolved") | (Q(resolved_at__isnull=False) & ~Q(ending="")),
                name="case_resolved_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.subject}"
