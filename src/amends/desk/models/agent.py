"""A person who works at the desk."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class Agent(AbstractUser):
    """A person who works at the desk. What they may do follows from their memberships; see access.py."""

    class Afterwards(models.TextChoices):
        """Where somebody goes once they are done with a case: nowhere, to the next one, back to their list."""

        STAY = "stay"
        NEXT = "next"
        QUEUE = "queue"

    display_name = models.CharField(
        max_length=120, blank=True, help_text="How customers see them: a first name will do."
    )
    interface_language = models.CharField(max_length=12, default="en")
    languages = models.JSONField(default=list, help_text="BCP 47 tags of languages they answer in, best first.")
    voices = models.JSONField(
        default=dict, db_default=models.Value({}, models.JSONField()),
        help_text="Language tag → the voice of its culture.yaml they write with (Thai: ครับ or ค่ะ).",
    )  # fmt: skip
    timezone = models.CharField(max_length=64, default="UTC")
    afterwards = models.CharField(
        max_length=5, choices=Afterwards.choices, default=Afterwards.STAY, db_default="stay",
        help_text="Where they go once a case is answered or laid away.",
    )  # fmt: skip
    away_until = models.DateTimeField(null=True, blank=True)

    reminded_by_mail = models.BooleanField(default=False, help_text="Told by mail when a promise of theirs slips.")
    reminder_url = models.URLField(max_length=400, blank=True, help_text="Where a webhook tells of it.")

    class Meta:
        db_table = "agent"
        ordering = ["display_name", "username"]

    def __str__(self) -> str:
        return self.display_name or self.get_full_name() or self.username
