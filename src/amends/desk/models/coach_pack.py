"""Rules of the coach that somebody here wrote, and words of the house."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from amends.desk.models.agent import Agent


class CoachPack(models.Model):
    """A pack of rules for one language; it speaks while `on_since` is set. When it was switched is in the log."""

    name = models.CharField(max_length=60)
    language = models.CharField(max_length=12)
    on_since = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "coach_pack"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="coach_pack_once_in_any_case")]

    def __str__(self) -> str:
        return self.name


class CoachPackText(models.Model):
    """What a pack says (YAML): who wrote it, when, and until when it stood."""

    pack = models.ForeignKey(CoachPack, on_delete=models.CASCADE, related_name="texts")
    text = models.TextField()
    written_by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "coach_pack_text"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pack"], condition=Q(replaced_at__isnull=True), name="coach_pack_text_one_stands"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pack}, {self.written_at:%Y-%m-%d}"


class HouseWord(models.Model):
    """A name inside the company, a colleague, or a word the brand has a better one for; removed, never deleted."""

    class Kind(models.TextChoices):
        """Which list it stands on."""

        INTERNAL = "internal"
        COLLEAGUE = "colleague"
        BRAND = "brand"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    word = models.CharField(max_length=80)
    instead = models.CharField(max_length=80, blank=True)
    added_by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "house_word"
        ordering = ["word"]
        constraints = [
            models.UniqueConstraint(
                "kind", Lower("word"), condition=Q(removed_at__isnull=True), name="house_word_stands_once"
            )
        ]

    def __str__(self) -> str:
        return self.word
