"""How long list pages take on a desk with very many cases."""

import json
import time
from argparse import ArgumentParser
from typing import Any, Final

from django.core.management.base import BaseCommand
from django.db import connection

from amends.desk import clock
from amends.desk.demo.crowd import crowd
from amends.desk.management.page_times import PageTime, browser_of, page_time, refuse_a_desk_in_use
from amends.desk.models import Agent
from amends.measures.times import p50, p95

PAGES: Final = {
    "now": "/",
    **{name: f"/?section={name}" for name in ("tongue", "mine", "nobody", "hot", "promises", "waiting", "asleep")},
    "resolved": "/?section=resolved",
    "machines": "/?section=machines",
    "order": "/search/?q=LU-000077",
    "customer": "/search/?q=customer77@mail.example",
}
SEED: Final = 20_261
WARMING: Final = 2


class Command(BaseCommand):
    """The measuring of `amends bench pages`."""

    help = "Fill an empty desk with very many cases and print how long its list pages take, as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add how many cases, and how often each page is asked for."""
        parser.add_argument("--cases", type=int, default=100_000)
        parser.add_argument("--rounds", type=int, default=40)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one JSON object. Refuses a desk that holds cases."""
        refuse_a_desk_in_use()
        began = time.perf_counter()
        looker = crowd(options["cases"], now=clock.now(), seed=SEED)
        self.stderr.write(f"{options['cases']} cases written in {time.perf_counter() - began:.0f} s.")
        figures = {
            "bench": "pages",
            "database": connection.vendor,
            "cases": options["cases"],
            "rounds": options["rounds"],
        }
        self.stdout.write(json.dumps({**figures, "ms": measured(looker, rounds=options["rounds"])}))


def measured(looker: Agent, *, rounds: int) -> dict[str, dict[str, float]]:
    """Return for each page the median and 95th percentile of its time on the server, in ms, pages asked for in turn.

    `cpu`: the median of what the processor worked for it, which a busy machine does not lengthen.
    """
    client = browser_of(looker)
    spent: dict[str, list[PageTime]] = {name: [] for name in PAGES}
    for round_number in range(WARMING + rounds):
        for name, address in PAGES.items():
            taken = page_time(client, address)
            if round_number >= WARMING:
                spent[name].append(taken)
    return {name: _figures(taken) for name, taken in spent.items()}


def _figures(taken: list[PageTime]) -> dict[str, float]:
    ms, cpu_ms = [each.ms for each in taken], [each.cpu_ms for each in taken]
    return {"p50": round(p50(ms), 1), "p95": round(p95(ms), 1), "cpu": round(p50(cpu_ms), 1)}
