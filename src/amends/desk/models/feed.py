"""A calendar of due promises that a calendar program reads by a secret address."""

from django.db import models

from amends.desk.models.agent import Agent
from amends.desk.models.team import Team


class Feed(models.Model):
    """One secret address of one person's, or one team's, promises. The secret is signed, and stands in no row.

    `team` None: the promises of `agent` alone. Taken back, the address shows nothing any more, for ever.
    """

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="feeds")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, blank=True, related_name="feeds")
    made_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "feed"
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"promises of {self.team or self.agent}"
