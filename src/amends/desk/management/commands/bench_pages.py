"""How long list pages take on a desk with very many cases."""

import json
import statistics
import time
from argparse import ArgumentParser
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client

from amends.desk import clock
from amends.desk.demo.crowd import crowd
from amends.desk.models import Agent, Case

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
        if Case.objects.exists():
            raise CommandError("This desk holds cases. The bench fills an empty one only.")
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
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(looker, backend="django.contrib.auth.backends.ModelBackend")
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in PAGES}
    for round_number in range(WARMING + rounds):
        for name, address in PAGES.items():
            taken = _asked(client, address)
            if round_number >= WARMING:
                spent[name].append(taken)
    return {name: _figures(taken) for name, taken in spent.items()}


def _asked(client: Client, address: str) -> tuple[float, float]:
    """Return how many ms passed until the answer, and how many the processor worked."""
    began, worked = time.perf_counter(), time.process_time()
    answer = client.get(address)
    ms, cpu_ms = 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - worked)
    if answer.status_code != 200:
        raise CommandError(f"{address} answered {answer.status_code}")
    return ms, cpu_ms


def _figures(taken: list[tuple[float, float]]) -> dict[str, float]:
    ms, cpu_ms = zip(*taken, strict=True)
    p95 = statistics.quantiles(ms, n=20)[-1] if len(ms) > 1 else ms[0]
    return {"p50": round(statistics.median(ms), 1), "p95": round(p95, 1), "cpu": round(statistics.median(cpu_ms), 1)}
