"""A group of agents with one purpose."""

from django.db import models


class Team(models.Model):
    """A group of agents with one purpose (R3): satisfaction answers daily cases, success looks after growth."""

    name = models.CharField(max_length=120, unique=True)
    purpose = models.CharField(max_length=240, blank=True)

    class Meta:
        db_table = "team"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
