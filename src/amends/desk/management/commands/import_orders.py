"""python -m django import_orders: what the shop tells of its orders, as JSON Lines."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from amends.desk import clock
from amends.desk.operations.orders import take_in
from amends.flow.order_lines import NotAnOrder, order_told
from amends.vocabulary import JsonObject


class Command(BaseCommand):
    """The shop's way in."""

    help = "Take in orders, one JSON object a line, and say of each what came of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the files."""
        parser.add_argument("paths", nargs="*")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take in each line, and answer on a line of its own. Raises CommandError at the end when one was wrong."""
        wrong = 0
        for line in _lines(options["paths"]):
            answer = _taken_in(line)
            wrong += "error" in answer
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        if wrong:
            raise CommandError(f"{wrong} lines could not be taken in; the others were")


def _taken_in(line: str) -> JsonObject:
    told = order_told(line)
    if isinstance(told, NotAnOrder):
        return {"number": told.number, "error": told.why}
    taken = take_in(told, now=clock.now())
    if taken.why_not:
        return {"number": told.number, "error": taken.why_not}
    return {"number": told.number, "result": taken.what, "kept": [promise.pk for promise in taken.kept]}


def _lines(paths: list[str]) -> Iterator[str]:
    """Yield the lines that are not empty, of files, or of standard input when there is none."""
    if not paths:
        yield from filter(str.strip, (line.decode("utf-8", "replace") for line in sys.stdin.buffer))
    for path in paths:
        try:
            with Path(path).open(encoding="utf-8", errors="replace") as file:
                yield from filter(str.strip, file)
        except OSError as closed:
            raise CommandError(f"{path} could not be opened: {closed.strerror}") from closed
