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
    """Return for each page the median and the 95th percentile of its time on the server, in ms, pages in turn."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(looker, backend="django.contrib.auth.backends.ModelBackend")
    spent: dict[str, list[float]] = {name: [] for name in PAGES}
    for round_number in range(rounds + 2):
        for name, address in PAGES.items():
            ms = _asked(client, address)
            if round_number >= 2:
                spent[name].append(ms)
    return {name: _figures(taken) for name, taken in spent.items()}


def _asked(client: Client, address: str) -> float:
    began = time.perf_counter()
    answer = client.get(address)
    ms = 1000 * (time.perf_counter() - began)
    if answer.status_code != 200:
        raise CommandError(f"{address} answered {answer.status_code}")
    return ms


def _figures(taken: list[float]) -> dict[str, float]:
    p95 = statistics.quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0]
    return {"p50": round(statistics.median(taken), 1), "p95": round(p95, 1)}
