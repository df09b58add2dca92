"""What the reader learnt from this desk, and whether that is used."""

from django.db import models

from amends.desk.models.agent import Agent


class Refit(models.Model):
    """One attempt to adjust the reader of one language to what people corrected: its model card.

    `corrected`, `standing`, `learnt` and `held` count messages; `upto` is the newest correction it knew. `adjustment`
    is {slope, shifts}; `before` and `after` are the figures on the held-out messages. All three are empty when there
    were too few. It holds for one `reader` only: another release reads in another way.
    """

    class Outcome(models.TextChoices):
        """Whether it reads held-out messages better than what was in use."""

        BETTER = "better"
        NO_BETTER = "no_better"
        NOT_ENOUGH = "not_enough"

    language = models.CharField(max_length=12)
    reader = models.CharField(max_length=120)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    corrected = models.PositiveIntegerField()
    standing = models.PositiveIntegerField()
    learnt = models.PositiveIntegerField()
    held = models.PositiveIntegerField()
    upto = models.PositiveBigIntegerField()
    adjustment = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        db_table = "refit"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.language}: {self.outcome}"


class RefitChoice(models.Model):
    """Which refit reads a language from then on; none: the reader as released. The newest of a language counts.

    `by` is nobody when the desk chose by itself, after a night that read better.
    """

    language = models.CharField(max_length=12)
    refit = models.ForeignKey(Refit, on_delete=models.CASCADE, null=True, blank=True, related_name="choices")
    by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_a_person = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "refit_choice"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.language}: {self.refit_id}"
