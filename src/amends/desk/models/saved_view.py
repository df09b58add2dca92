"""A search worth keeping."""

from django.db import models
from django.db.models import Q

from amends.desk.models.agent import Agent
from amends.desk.models.team import Team


class SavedView(models.Model):
    """A search that somebody keeps by a name, for themselves, a team or everyone. `words` are those of the search.

    `place` is set by whoever orders the views they may change; until then they stand by name.
    """

    class Audience(models.TextChoices):
        """Who finds it beside their queue."""

        MINE = "mine"
        TEAM = "team"
        EVERYONE = "everyone"

    name = models.CharField(max_length=60)
    words = models.CharField(max_length=400)
    owner = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="saved_views")
    audience = models.CharField(max_length=8, choices=Audience.choices, default=Audience.MINE)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, blank=True, related_name="saved_views")
    place = models.PositiveSmallIntegerField(default=0, db_default=0, help_text="Where it stands beside the queue.")
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "saved_view"
        ordering = ["place", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience="team", team__isnull=False) | (~Q(audience="team") & Q(team__isnull=True)),
                name="saved_view_team_has_one",
            )
        ]

    def __str__(self) -> str:
        return self.name
