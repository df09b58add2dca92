"""Do the queued work of the desk, and listen to its mailboxes, until told to stop."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from amends.desk.jobs.ears import Ears
from amends.desk.jobs.engine import work
from amends.desk.jobs.tasks import TASKS
from amends.desk.jobs.watch import keep_index, keep_watch
from amends.desk.management.stopping import stop_event
from amends.desk.warm import warm_reading
from amends.vocabulary import Moment


class Command(BaseCommand):
    """The worker process."""

    help = "Do the queued work of the desk, and listen to its mailboxes, until told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many jobs at once, and whether a parent holds our standard input."""
        parser.add_argument("--threads", type=int, default=4, help="jobs done at the same time (default 4)")
        parser.add_argument("--only", default="", help="do this lane of work and nothing else")
        parser.add_argument("--without", default="", help="leave this lane of work to another process")
        parser.add_argument("--with-parent", action="store_true", help="stop when standard input ends")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until told to stop; then end what is begun."""
        stop, lane = stop_event(with_parent=options["with_parent"]), options["only"]
        if lane:
            work(stop, tasks=TASKS, each_round=lambda _: None, only=lane)
            return
        ears = Ears(stop)

        def each_round(now: Moment) -> None:
            keep_watch(now)
            keep_index(now)
            ears.prick()

        self.stderr.write(f"The worker is at work (process {os.getpid()}).")
        warm_reading()
        work(stop, tasks=TASKS, threads=options["threads"], each_round=each_round, without=options["without"])
        ears.rest()
