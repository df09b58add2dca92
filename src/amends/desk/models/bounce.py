"""A mail server's word that a letter of ours did not arrive."""

from django.db import models

from amends.desk.models.reply import Reply


class Bounce(models.Model):
    """One letter that came back. `is_hard`: the address is dead; soft ones are counted (operations/bounces.py)."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="bounces")
    address = models.CharField(max_length=320, help_text="Lower case.")
    is_hard = models.BooleanField()
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "bounce"
        indexes = [models.Index(fields=["address", "at"], name="bounce_of_address")]

    def __str__(self) -> str:
        return f"{self.address}: {'hard' if self.is_hard else 'soft'}"
