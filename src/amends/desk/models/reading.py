"""What the desk understood of a message."""

from django.db import models

from amends.desk.models.message import Message


class MessageReading(models.Model):
    """What one engine understood of one message; `reading` is Reading.as_json(). Absent means: not yet read."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="reading")
    engine = models.CharField(max_length=120)
    language = models.CharField(max_length=12)
    anger = models.FloatField()
    intensity = models.PositiveSmallIntegerField()
    complaint = models.FloatField()
    reading = models.JSONField()
    read_at = models.DateTimeField()

    class Meta:
        db_table = "reading"

    def __str__(self) -> str:
        return f"{self.message_id}: {self.intensity}"
