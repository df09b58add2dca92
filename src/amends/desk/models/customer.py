"""A person with many handles."""

from django.db import models


class Customer(models.Model):
    """A person who buys from us. `name` as they write it; `honorific` is how a reply addresses them."""

    name = models.CharField(max_length=200, blank=True)
    honorific = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=12, blank=True)
    country = models.CharField(max_length=2, blank=True)
    timezone = models.CharField(max_length=64, blank=True)
    since = models.DateTimeField()
    worth = models.FloatField(
        null=True, blank=True, help_text="Where they stand among all by purchases and years, 0–1; set nightly."
    )  # fmt: skip
    likes = models.TextField(blank=True, help_text="What they like and do not like (R86).")

    class Meta:
        db_table = "customer"

    def __str__(self) -> str:
        return self.name or (self.handles.values_list("value", flat=True).first() or "")


class Handle(models.Model):
    """One address, number or account name by which a customer is known on a channel."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="handles")
    channel = models.CharField(max_length=20, default="email")
    value = models.CharField(max_length=320, help_text="Lower case, as compared.")
    muted_at = models.DateTimeField(null=True, blank=True, help_text="Mail to it bounced; do not write there.")
    unsubscribed_at = models.DateTimeField(
        null=True, blank=True, help_text="They want answers only: no follow-up, no notice that nobody asked for."
    )  # fmt: skip

    class Meta:
        db_table = "handle"
        constraints = [models.UniqueConstraint(fields=["channel", "value"], name="handle_once_per_channel")]

    def __str__(self) -> str:
        return self.value
