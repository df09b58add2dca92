"""A folder of a mailbox, and how far we have read in it."""

from django.db import models

from amends.desk.models.mailbox import Mailbox


class MailFolder(models.Model):
    """One folder that the desk reads, under the server's own name. We listen to the first and look into the others.

    `uid_validity` is the server's numbering that `last_uid` belongs to; empty until the folder was read once.
    """

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="folders")
    name = models.CharField(max_length=255, default="INBOX")
    position = models.PositiveSmallIntegerField(default=0)
    uid_validity = models.BigIntegerField(null=True, blank=True)
    last_uid = models.BigIntegerField(default=0)
    last_checked_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=20, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        db_table = "mail_folder"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["mailbox", "name"], name="mail_folder_once")]

    def __str__(self) -> str:
        return self.name
