"""What the customer sees of the company."""

from datetime import time

from django.db import models


class Brand(models.Model):
    """What the customer sees: a name, an address, a signature per language."""

    name = models.CharField(max_length=120, unique=True)
    address = models.EmailField(help_text="The address replies come from.")
    default_language = models.CharField(max_length=12, default="en")
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166, for public holidays.")
    timezone = models.CharField(max_length=64, default="UTC")
    opens = models.TimeField(default=time(9), help_text="When the working day begins, by the brand's own clock.")
    closes = models.TimeField(default=time(17))
    days_off = models.JSONField(default=list, help_text="ISO dates on which nobody works, beside public holidays.")
    clocks = models.JSONField(default=list, help_text="Ids of the regulatory clocks that run; none by default.")
    targets = models.JSONField(default=dict, help_text="Intensity → minutes an answer may take, where the market asks.")
    signatures = models.JSONField(default=dict, help_text="Language tag → text below the agent's name.")
    acknowledges = models.BooleanField(
        default=False, help_text="Whoever writes for the first time is told at once that their words are here."
    )  # fmt: skip
    trade = models.CharField(
        max_length=20, blank=True, help_text="What its causes are called by; blank: by the words of each message."
    )  # fmt: skip
    acknowledgements = models.JSONField(default=dict, help_text="Language tag → own words instead of the pack's.")

    class Meta:
        db_table = "brand"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens__lt=models.F("closes")), name="brand_opens_before_it_closes"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def signature(self, language: str) -> str:
        """Return the signature for a language, else that of the brand's own."""
        found: str = self.signatures.get(language) or self.signatures.get(self.default_language, "")
        return found
