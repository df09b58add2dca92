"""How long somebody who types waits for the coach: the whole round trip of the composer's rules."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand
from django.db import connection

from amends.desk import clock
from amends.desk.demo.crowd import crowd
from amends.desk.management.page_times import refuse_a_desk_in_use
from amends.desk.management.served import Browser, served
from amends.desk.models import Case
from amends.measures.times import p50, p95

SEED: Final = 20_263
LONGEST: Final = 1_000
"""Code points of a letter that is typed …"""
STEPS: Final = 20
"""… and in how many pauses: after each the whole text so far is sent."""


class Command(BaseCommand):
    """The measuring of `amends bench coach --keystrokes`."""

    help = "Fill an empty desk, serve it, type letters into its composer, and print how long the answers take, as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what is typed, and into how full a desk."""
        parser.add_argument("--letters", type=Path, required=True, help="JSON Lines with `reply`")
        parser.add_argument("--cases", type=int, default=5_000)
        parser.add_argument("--keystrokes", type=int, default=400)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one JSON object. Refuses a desk that holds cases."""
        refuse_a_desk_in_use()
        looker = crowd(options["cases"], now=clock.now(), seed=SEED)
        letters = list(letters_in(options["letters"]))
        with served() as server:
            browser = Browser(server.port, looker)
            list(typed(browser, letters, keystrokes=STEPS))
            before = server.cpu_ms()
            spent = list(typed(browser, letters, keystrokes=options["keystrokes"]))
            after = server.cpu_ms()
        cpu = round((after - before) / len(spent), 1) if after is not None and before is not None else None
        ms = {"p50": round(p50(spent), 1), "p95": round(p95(spent), 1), "cpu": cpu, "n": len(spent)}
        figures = {"database": connection.vendor, "cases": options["cases"], "letters_up_to": LONGEST, "ms": ms}
        self.stdout.write(json.dumps(figures))


def typed(browser: Browser, letters: list[tuple[str, str]], *, keystrokes: int) -> Iterator[float]:
    """Yield how many ms each pause in the typing took to be answered; each letter is written on a case of its own."""
    for number in range(-(-keystrokes // STEPS)):
        tag, letter = letters[number % len(letters)]
        case = Case.objects.filter(status=Case.Status.OPEN, language=tag, drafts=None).order_by("-pk")[0]
        browser.open(f"/cases/{case.pk}/")
        for step in range(1, STEPS + 1):
            fields = {"text": letter[: len(letter) * step // STEPS], "seen_version": str(case.version)}
            yield browser.post_ms(f"/cases/{case.pk}/draft", fields)


def letters_in(lines: Path) -> Iterator[tuple[str, str]]:
    """Yield the replies of a language put together to letters of the longest length."""
    waiting: dict[str, str] = {}
    for row in map(json.loads, lines.read_text(encoding="utf-8").splitlines()):
        tag, reply = row.get("language", "en"), row["reply"]
        grown = f"{waiting.get(tag, '')}\n{reply}".strip()
        if len(grown) > LONGEST:
            yield tag, grown[:LONGEST]
            grown = ""
        waiting[tag] = grown
    yield from ((tag, rest) for tag, rest in waiting.items() if rest)
