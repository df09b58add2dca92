"""The stop switch of everything that goes out."""

from django.db import models

from amends.desk.models.agent import Agent


class Halt(models.Model):
    """Nothing leaves the desk while a halt is not lifted. Rows, so that who stopped what and when is known."""

    began_at = models.DateTimeField()
    began_by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=240)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "halt"

    def __str__(self) -> str:
        return f"halt since {self.began_at:%Y-%m-%d %H:%M}: {self.reason}"
