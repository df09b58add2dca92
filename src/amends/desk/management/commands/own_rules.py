"""python -m django own_rules: the rules of the coach that this desk wrote itself and that are on."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from amends.coach.catalogue import catalogue
from amends.coach.own import own_entries, with_own
from amends.desk.operations.packs import own_files
from amends.languages import load
from amends.vocabulary import FIRST_CLASS, BadPack


class Command(BaseCommand):
    """Write one line a rule and language: its id, where it stands, how it finds, its level."""

    help = "List the rules of the coach that this desk wrote itself and that are on."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the form of the lines."""
        parser.add_argument("--json", action="store_true", dest="as_json", help="JSON Lines")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the lines; a pack that cannot be read any more is a line too."""
        for tag in FIRST_CLASS:
            try:
                entries = own_entries(with_own(load(tag), files)) if (files := own_files(load(tag))) else []
            except BadPack as wrong:
                self._line({"language": tag, "error": str(wrong)}, as_json=options["as_json"])
                continue
            for entry in entries:
                level = (entry.own or catalogue()[entry.rule]).level.value
                row = {"rule": entry.rule, "level": level, "language": tag, "kind": entry.kind, "from": entry.id}
                self._line(row, as_json=options["as_json"])

    def _line(self, row: dict[str, str], *, as_json: bool) -> None:
        self.stdout.write(json.dumps(row, ensure_ascii=False) if as_json else "  ".join(row.values()))
