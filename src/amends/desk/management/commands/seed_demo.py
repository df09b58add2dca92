"""Fill the demo desk, once; later only bring its time up to date."""

import time
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, OutputWrapper

from amends.desk import clock
from amends.desk.demo.seed import is_seeded, seed
from amends.desk.demo.stand_still import catch_up
from amends.desk.models import Case

TENTHS: Final = 10
BACK: Final = "\r"


class Progress:
    """Says how far the stories are told: one line that counts on a terminal, a line each tenth in a pipe."""

    def __init__(self, out: OutputWrapper) -> None:
        self._out, self._tenth = out, 0

    def __call__(self, done: int, of: int) -> None:
        """Say it."""
        said = f"{done} of {of} letters and decisions told"
        if self._out.isatty():
            self._out.write(f"{BACK}{said}", ending="" if done < of else "\n")
            self._out.flush()
        elif (tenth := done * TENTHS // of) > self._tenth:
            self._tenth = tenth
            self._out.write(said)


class Command(BaseCommand):
    """The seeding of `amends demo`."""

    help = "Fill the demo desk with invented customers, once; later only bring its time up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed an empty demo desk. Refuses any desk that is not the demo."""
        if not settings.IS_DEMO:
            raise CommandError("This desk is not the demo; invented customers have no place in it. Use `amends demo`.")
        if is_seeded():
            catch_up(clock.now())
            return
        if Case.objects.exists():
            raise CommandError("This desk holds cases of its own, so it is not filled with invented ones.")
        self.stderr.style_func = None  # What is said here is no error, and not red.
        began = time.perf_counter()
        self.stderr.write("Filling the desk with invented customers, once …")
        number = seed(clock.now(), tell=Progress(self.stderr))
        self.stderr.write(f"{number} stories told in {time.perf_counter() - began:.0f} s.")
