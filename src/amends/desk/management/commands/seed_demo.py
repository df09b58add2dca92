"""Fill the demo desk, once; later only bring its time up to date."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from amends.desk import clock
from amends.desk.demo.seed import is_seeded, seed
from amends.desk.demo.stand_still import catch_up
from amends.desk.models import Case


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
        began = time.perf_counter()
        self.stderr.write("Filling the desk with invented customers, once: half a minute to two …")
        number = seed(clock.now())
        self.stderr.write(f"{number} stories told in {time.perf_counter() - began:.0f} s.")
