"""A word that colleagues hang on cases."""

from django.db import models
from django.db.models.functions import Lower

from amends.desk.models.agent import Agent
from amends.desk.models.case import Case


class Tag(models.Model):
    """A word for cases of one kind. It looks by its `mark`, a shape beside the word: never by a colour alone."""

    class Mark(models.TextChoices):
        """The shape that stands before the word."""

        CIRCLE = "circle"
        SQUARE = "square"
        TRIANGLE = "triangle"
        DIAMOND = "diamond"
        STAR = "star"
        CROSS = "cross"

    name = models.CharField(max_length=40)
    mark = models.CharField(max_length=8, choices=Mark.choices, default=Mark.CIRCLE)
    made_by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "tag"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="tag_once_in_any_case")]

    def __str__(self) -> str:
        return self.name


class Tagging(models.Model):
    """One tag on one case: who hung it there, and when."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")
    by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "tagging"
        constraints = [models.UniqueConstraint(fields=["case", "tag"], name="tagging_once")]

    def __str__(self) -> str:
        return f"{self.tag} on {self.case_id}"
