"""Words for one topic, written once in every language and used in many replies."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from amends.desk.models.agent import Agent


class Snippet(models.Model):
    """One item for one topic. It carries facts and next steps, never feelings: those are written anew each time (R183).

    `causes` and `stages` say on which cases it is offered; `cues` are words, typed or written by the customer, that
    call for it. What it says is in its texts, one a language.
    """

    class Kind(models.TextChoices):
        """A few facts to put into a reply, or an explanation of how something works."""

        SNIPPET = "snippet"
        EXPLAINER = "explainer"

    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SNIPPET)
    causes = models.JSONField(default=list, help_text="Leaves of the tree of causes; empty: any.")
    stages = models.JSONField(default=list, help_text="Stages of recovery; empty: any.")
    cues = models.JSONField(default=list)
    made_by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "snippet"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="snippet_once_in_any_case")]

    def __str__(self) -> str:
        return self.name


class SnippetText(models.Model):
    """What a snippet says in one language: who wrote it, when, and until when it stood."""

    snippet = models.ForeignKey(Snippet, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=12)
    text = models.TextField()
    written_by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "snippet_text"
        ordering = ["language", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["snippet", "language"], condition=Q(replaced_at__isnull=True), name="snippet_text_one_stands"
            )
        ]

    def __str__(self) -> str:
        return f"{self.snippet} in {self.language}"
