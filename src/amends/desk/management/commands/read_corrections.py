"""Write what people corrected in readings."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from amends.desk.operations.corrections import labels


class Command(BaseCommand):
    """The writing of `amends read corrections`."""

    help = "Write what people corrected in readings, one JSON line each."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write a line for each standing correction."""
        for label in labels():
            self.stdout.write(json.dumps(label, ensure_ascii=False))
