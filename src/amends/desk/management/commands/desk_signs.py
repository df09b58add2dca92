"""Print how the desk is, one JSON object a line."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from amends.desk import clock
from amends.desk.state import signs


class Command(BaseCommand):
    """The desk's half of `amends doctor`."""

    help = "Print how the desk is, one JSON object a line."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Look and print."""
        for sign in signs(clock.now()):
            self.stdout.write(json.dumps(asdict(sign), ensure_ascii=False))
