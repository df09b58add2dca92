"""Each mailbox's one folder becomes a row, with how far it was read."""

from django.db import migrations


def fill(apps, schema_editor):
    folders = apps.get_model("desk", "MailFolder")
    for box in apps.get_model("desk", "Mailbox").objects.all():
        place = {"uid_validity": box.uid_validity, "last_uid": box.last_uid, "last_checked_at": box.last_checked_at}
        folders.objects.get_or_create(mailbox=box, name=box.folder, defaults=place)


def empty(apps, schema_editor):
    for folder in apps.get_model("desk", "MailFolder").objects.order_by("-position", "-pk").select_related("mailbox"):
        box = folder.mailbox
        box.folder, box.uid_validity, box.last_uid = folder.name, folder.uid_validity, folder.last_uid
        box.save(update_fields=["folder", "uid_validity", "last_uid"])


class Migration(migrations.Migration):

    dependencies = [("desk", "0002_folders_of_mailboxes")]

    operations = [migrations.RunPython(fill, empty)]
