"""Pages of an empty desk that a bench has filled: who may be measured, and how long a page takes on the server."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.management.base import CommandError
from django.test import Client

from amends.desk.models import Agent, Case


@dataclass(frozen=True, kw_only=True)
class PageTime:
    """How many ms passed until the answer, and how many the processor worked, which a busy machine does not add to."""

    ms: float
    cpu_ms: float


def refuse_a_desk_in_use() -> None:
    """Raise CommandError when this desk holds cases."""
    if Case.objects.exists():
        raise CommandError("This desk holds cases. The bench fills an empty one only.")


def browser_of(agent: Agent) -> Client:
    """Return a client that is logged in as somebody."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(agent, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_time(client: Client, address: str, asked: Mapping[str, str] | None = None) -> PageTime:
    """Return how long one page took. Raises CommandError for any answer but a good one."""
    began, worked = time.perf_counter(), time.process_time()
    answer = client.get(address, asked)
    taken = PageTime(ms=1000 * (time.perf_counter() - began), cpu_ms=1000 * (time.process_time() - worked))
    if answer.status_code != 200:
        raise CommandError(f"{asked or address} answered {answer.status_code}")
    return taken
