"""A sender whose mail is filed in silence."""

from django.db import models
from django.db.models import Q

from amends.desk.models.agent import Agent


class Block(models.Model):
    """A sender whose future mail is kept but calls nobody; lifted, not deleted, so that who did what stays known.

    `sender` is a whole address ("win@prizes.example"), or a domain with its sign before it ("@prizes.example").
    """

    sender = models.CharField(max_length=320, help_text="Lower case, as compared.")
    why = models.CharField(max_length=240, blank=True)
    began_by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    began_at = models.DateTimeField()
    lifted_by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "block"
        ordering = ["-began_at"]
        constraints = [
            models.UniqueConstraint(fields=["sender"], condition=Q(lifted_at=None), name="block_stands_once")
        ]

    def __str__(self) -> str:
        return self.sender
