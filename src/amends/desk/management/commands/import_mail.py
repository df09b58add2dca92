"""File mails that lie on a disk into the desk."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from amends.desk import clock
from amends.desk.channels.email.files import HISTORY_AFTER, ImportReport, import_paths
from amends.desk.channels.email.files import Progress as Tell


class Command(BaseCommand):
    """The file drop."""

    help = "File .eml files, folders of them, Maildirs and mbox archives into the desk."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the paths."""
        parser.add_argument("paths", nargs="+")
        parser.add_argument("--history-after", type=int, default=HISTORY_AFTER.days, metavar="DAYS")
        parser.add_argument("--show-progress", action="store_true", help="draw a bar on standard error")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, say what became of each mail. Raises CommandError when one was lost or could not be opened."""
        days = options["history_after"]
        with _bar(shown=options["show_progress"]) as tell:
            report = import_paths(
                options["paths"], now=clock.now(), progress=tell, history_after=timedelta(days=days) if days else None
            )
        self.stdout.write(_in_words(report))
        if report.unreadable:
            raise CommandError("could not be opened:\n  " + "\n  ".join(report.unreadable))
        if report.lost:
            raise CommandError(f"{report.lost} mails are missing from the desk; please report this")


def _in_words(report: ImportReport) -> str:
    counts = f"{report.filed} filed, {report.duplicates} here already, {report.quarantined} in quarantine"
    waiting = f", {report.waiting} to be tried again" if report.waiting else ""
    return f"{report.mails} mails: {counts}{waiting}, {report.lost} lost."


@contextmanager
def _bar(*, shown: bool) -> Iterator[Tell | None]:
    if not shown:
        yield None
        return
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task("mails")
        yield lambda done, of: bar.update(task, completed=done, total=of)
