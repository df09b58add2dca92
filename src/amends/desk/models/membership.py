"""Who has which role in which team."""

from django.db import models

from amends.desk.models.agent import Agent
from amends.desk.models.team import Team


class Role(models.TextChoices):
    """What a person may do; the table in access.py spells it out."""

    AGENT = "agent"
    LEAD = "lead"
    ANALYST = "analyst"
    OWNER = "owner"
    ADMIN = "admin"


class Membership(models.Model):
    """One agent's role in one team. The same person may hold several."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)

    class Meta:
        db_table = "membership"
        constraints = [
            models.UniqueConstraint(fields=["agent", "team", "role"], name="membership_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.agent}: {self.role} of {self.team}"
