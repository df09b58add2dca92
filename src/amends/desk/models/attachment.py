"""A file that came with a message, or goes with one."""

from django.db import models

from amends.desk.models.message import Message


class Attachment(models.Model):
    """A file of a message, stored by the sha256 of its bytes, always served as a download.

    `thumbnail_sha256` is a picture that we drew again ourselves, the only form ever shown inline; `picture_sha256` the
    large one, drawn when somebody first looks at it.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments", null=True, blank=True)
    draft = models.ForeignKey("desk.Draft", on_delete=models.CASCADE, related_name="attachments", null=True, blank=True)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    thumbnail_sha256 = models.CharField(max_length=64, blank=True)
    picture_sha256 = models.CharField(max_length=64, blank=True, db_default="", default="")
    content_id = models.CharField(max_length=255, blank=True)

    class Meta:
        db_table = "attachment"

    def __str__(self) -> str:
        return self.name
