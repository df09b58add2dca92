"""Read every case anew into the search."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from amends.desk import clock
from amends.desk.operations import index


class Command(BaseCommand):
    """The rebuilding of `amends search rebuild`."""

    help = "Read every case anew into the search, newest first; a rebuild that was stopped goes on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add whether to begin again."""
        parser.add_argument("--anew", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read on until every case is read, and say how far it is."""
        left = index.begin_rebuild(now=clock.now(), anew=options["anew"])
        began, read = time.perf_counter(), 0
        while some := index.rebuild_some(now=clock.now()):
            read += some
            self.stderr.write(f"{read} of {left} cases, {read / (time.perf_counter() - began):.0f} a second.")
        self.stdout.write(f"The search has read {read} cases.")
