"""The one Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The desk."""

    name = "amends.desk"
    label = "desk"
    verbose_name = "Amends"
    default_auto_field = "django.db.models.BigAutoField"
