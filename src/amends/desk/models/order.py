"""What a customer bought."""

from django.db import models

from amends.desk.models.customer import Customer


class Order(models.Model):
    """One purchase, as the shop told us."""

    class State(models.TextChoices):
        """Where it is."""

        PLACED = "placed"
        SHIPPED = "shipped"
        LATE = "late"
        DELIVERED = "delivered"
        CANCELLED = "cancelled"
        RETURNED = "returned"

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")
    number = models.CharField(max_length=60, unique=True)
    items = models.JSONField(default=list, help_text="Names of the things bought.")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    placed_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PLACED)

    class Meta:
        db_table = "order"
        ordering = ["-placed_at"]

    def __str__(self) -> str:
        return self.number
