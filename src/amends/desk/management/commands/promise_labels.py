"""python -m django promise_labels: what people said of proposed promises, as JSON Lines."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from amends.desk.operations.labels import exported


class Command(BaseCommand):
    """Write every label on a line of its own, without names of customers or colleagues."""

    help = "Write what people said of proposed promises as JSON Lines, to judge and better the finding."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the lines."""
        for line in exported():
            self.stdout.write(json.dumps(line, ensure_ascii=False))
