"""How a message was laid out."""

from django.db import models

from amends.desk.models.message import Message


class Layout(models.Model):
    """The HTML of a message as it came, packed. Nobody is shown it as it is: only what `safe_html` makes of it."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, primary_key=True, related_name="layout")
    packed = models.BinaryField(help_text="UTF-8, by zlib.")

    class Meta:
        db_table = "layout"

    def __str__(self) -> str:
        return f"layout of message {self.pk}"
