"""proselint on the replies of `amends bench coach`: run by a Python that has it, nothing of ours.

Reads JSON Lines of texts and prints one JSON list a line: [CPU milliseconds, [[start, end], …]]. The first line is
answered once beforehand, so that loading is not counted.
"""

import importlib
import json
import sys
import time
from typing import Any


def main() -> None:
    """Answer standard input line by line."""
    tools: Any = importlib.import_module("proselint.tools")
    checks: Any = importlib.import_module("proselint.checks")
    registry: Any = importlib.import_module("proselint.registry")
    registry.CheckRegistry().register_many(checks.__register__)

    def found(text: str) -> list[list[int]]:
        return [list(one.check_result.span) for one in tools.LintFile("reply", content=text).lint()]

    texts = [json.loads(line) for line in sys.stdin]
    for text in texts[:1]:
        found(text)
    for text in texts:
        before = time.process_time_ns()
        spans = found(text)
        print(json.dumps([(time.process_time_ns() - before) / 1e6, spans]))


if __name__ == "__main__":
    main()
