"""How long a search takes on a desk with very many messages."""

import json
import time
from argparse import ArgumentParser
from typing import Any, Final

from django.core.management.base import BaseCommand
from django.db import connection

from amends.desk import clock
from amends.desk.demo.archive import LETTERS_A_CASE, archive, name_of, order_number
from amends.desk.management.page_times import PageTime, browser_of, page_time, refuse_a_desk_in_use
from amends.desk.models import Agent
from amends.desk.operations import index
from amends.measures.times import p50, p95

SEED: Final = 20_262
READ_FOR_THE_RATE: Final = 400
QUESTIONS: Final = {
    "common word": ("refund", "paketti", "barang", "พัสดุ"),
    "two words": ("broken kettle", "laskussa virhe", "uang kembali", "คืนเงิน ชำรุด"),
    "inflected": ("deliveries", "toimitusaika", "pengiriman", "ใบเสร็จ"),
    "phrase": ('"third time"', '"rahani takaisin"', '"uang saya"', '"ครั้งที่สาม"'),
    "rare word": ("kalomi", "retasu", "nevopi"),
    "filters": ("kettle is:open", "lamp lang:fi is:waiting", "refund after:30d", "is:nobody is:open"),
    "without": ("kettle -refund", "lamp -broken"),
    "mistyped": ("refumd", "delivrey"),
    "nothing": ("zzzyx", "qqqq wwww"),
}


class Command(BaseCommand):
    """The measuring of `amends bench search`."""

    help = "Fill an empty desk with very many messages and print how long searches take, as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add how many messages, and how often each question is asked."""
        parser.add_argument("--messages", type=int, default=1_000_000)
        parser.add_argument("--rounds", type=int, default=20)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one JSON object. Refuses a desk that holds cases."""
        refuse_a_desk_in_use()
        began = time.perf_counter()
        looker = archive(options["messages"], now=clock.now(), seed=SEED)
        filled_s = time.perf_counter() - began
        self.stderr.write(f"{options['messages']} messages written in {filled_s:.0f} s.")
        spent = asked(looker, _questions(options["messages"] // LETTERS_A_CASE), rounds=options["rounds"])
        figures = {
            "bench": "search",
            "database": connection.vendor,
            "messages": options["messages"],
            "cases": options["messages"] // LETTERS_A_CASE,
            "questions": sum(map(len, spent.values())),
            "ms": _figures([each.ms for taken in spent.values() for each in taken]),
            "cpu_ms": _figures([each.cpu_ms for taken in spent.values() for each in taken]),
            "cpu_ms_by_kind": {kind: _figures([each.cpu_ms for each in taken]) for kind, taken in spent.items()},
            "filled_s": round(filled_s),
            "index_cases_per_cpu_s": round(_rate(), 1),
            **_sizes(),
        }
        self.stdout.write(json.dumps(figures))


def asked(looker: Agent, questions: dict[str, tuple[str, ...]], *, rounds: int) -> dict[str, list[PageTime]]:
    """Return for each kind of question how long the page took on the server and how long it computed, in ms.

    The first round warms up. Where other work shares the processors, the second figure is the one that comes again.
    """
    client = browser_of(looker)
    spent: dict[str, list[PageTime]] = {kind: [] for kind in questions}
    for round_number in range(rounds + 1):
        for kind, those in questions.items():
            for question in those:
                taken = page_time(client, "/search/", {"q": question})
                if round_number:
                    spent[kind].append(taken)
    return spent


def _questions(cases: int) -> dict[str, tuple[str, ...]]:
    some = [cases // 7, cases // 3, cases // 2]
    return QUESTIONS | {
        "order number": tuple(order_number(case) for case in some),
        "part of a number": tuple(order_number(case)[-5:] for case in some),
        "name": tuple(name_of(case) for case in some),
        "address": ("c77@mail.example", "from:c99"),
    }


def _rate() -> float:
    """Return how many cases a second of computing are read anew."""
    index.begin_rebuild(now=clock.now(), anew=True)
    began = time.process_time()
    read = index.rebuild_some(now=clock.now(), at_once=READ_FOR_THE_RATE)
    return read / (time.process_time() - began)


def _sizes() -> dict[str, float]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT SUM(pgsize), SUM(CASE WHEN name LIKE 'search_words%' THEN pgsize END) FROM dbstat")
        else:
            cursor.execute("SELECT pg_database_size(current_database()), pg_total_relation_size('search_words')")
        whole, words = cursor.fetchone()
    return {"whole_mb": round(whole / 1e6), "index_mb": round(words / 1e6)}


def _figures(taken: list[float]) -> dict[str, float]:
    return {"p50": round(p50(taken), 1), "p95": round(p95(taken), 1)}
