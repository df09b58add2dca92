"""Run one of the desk's own commands: Django is set up here and nowhere else on the command line.

Django itself is loaded late, because `amends doctor` must be able to say that it is missing.
"""

import os
import sys
from typing import Any

from amends.desk.home import folder, has_desk
from amends.vocabulary import AmendsError

SETTINGS = "amends.desk.settings"
ONLY_OURS = 0o077
"""Customers' letters, the database, keys: whatever the desk writes, only its own user may read."""


class DeskRefused(AmendsError):
    """The desk could not do that."""


def open_desk() -> None:
    """Set Django up for the desk in AMENDS_HOME; again is harmless. The environment must be complete before."""
    import django

    os.umask(ONLY_OURS)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()


def need_desk() -> None:
    """Let a command that makes no desk go on only where there is one. Raises DeskRefused, and makes nothing."""
    from django.apps import apps

    if not apps.ready and not has_desk():
        raise DeskRefused(f"there is no desk here: {folder()}. `amends up` makes one; AMENDS_HOME names another")


def run_command(command: str, /, *args: str, **options: Any) -> None:
    """Run one of desk/management/commands, or of Django's own. Raises DeskRefused with its words."""
    open_desk()
    from django.core.management import CommandError, call_command

    try:
        call_command(command, *args, **options)
    except CommandError as refused:
        raise DeskRefused(str(refused)) from refused
    sys.stdout.flush()  # a way in that waits in a pipe's buffer lets nobody in
