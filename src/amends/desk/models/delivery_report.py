"""What a mail service told us about a letter it carried."""

from django.db import models

from amends.desk.models.reply import Reply


class DeliveryReport(models.Model):
    """One thing a mail service said: that it took a letter, delivered it, or that it came back.

    `name` is the service's own name for this event, so that the same news twice is one row; `letter` is its name for
    the letter. `reply` stays empty for a letter that is none of ours.
    """

    service = models.CharField(max_length=20)
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=20, help_text="accepted, delivered, bounced, complained, … as Anymail says it.")
    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, null=True, blank=True, related_name="reports")
    letter = models.CharField(max_length=255, blank=True, db_index=True)
    recipient = models.CharField(max_length=320, blank=True)
    words = models.TextField(blank=True)
    at = models.DateTimeField(help_text="When it happened, by the service's clock.")
    received_at = models.DateTimeField()

    class Meta:
        db_table = "delivery_report"
        constraints = [models.UniqueConstraint(fields=["service", "name"], name="delivery_report_once")]

    def __str__(self) -> str:
        return f"{self.service}: {self.kind} {self.recipient}"
