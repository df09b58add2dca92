"""The playbook as a page, and the check that every row called met still has its test."""

import ast
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
ROWS = ROOT / "docs/reference/playbook.toml"
PAGE = ROOT / "docs/reference/playbook.md"
IDS = [f"R{number}" for number in range(1, 239)]
STATUSES = ("met", "partly", "open")
HEAD = """# The playbook: what the guides ask, and where Amends does it

Generated from `playbook.toml` by `python -m tools.playbook`. **Met** rows have a test, and CI fails when it is gone.
MAMA and the seven missteps are, as far as we know, Micah Solomon's; the guides do not say so.

"""
COLUMNS = "| # | the guide says | Amends does | place | status | test |\n|---|---|---|---|---|---|\n"


def main() -> int:
    """Write the page; with --check, refuse a wrong table or a stale page."""
    rows = tomllib.loads(ROWS.read_text(encoding="utf-8"))
    wrong = complaints(rows)
    if "--check" not in sys.argv:
        PAGE.write_text(page(rows), encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page(rows):
        wrong.append("docs/reference/playbook.md is stale. Next: .venv/bin/python -m tools.playbook")
    for line in wrong:
        print(line)
    return 1 if wrong else 0


def complaints(rows: dict[str, Any]) -> list[str]:
    """Return what is wrong with the table, in words."""
    missing = [f"{row} is missing from playbook.toml" for row in IDS if row not in rows]
    states = [f"{i}: no such status as {r['status']}" for i, r in rows.items() if r["status"] not in STATUSES]
    bare = [f"{i} is called met, but names no test" for i, r in rows.items() if r["status"] == "met" and not r["tests"]]
    gone = [f"{i}: the test {t} is gone" for i, r in rows.items() for t in r["tests"] if not test_exists(t)]
    silent = [f"{i} is partly done, but no note says what is missing" for i, r in rows.items() if _is_silent(r)]
    return missing + states + bare + gone + silent


def test_exists(test_id: str) -> bool:
    """Return whether `tests/…/test_x.py::test_name` is there."""
    file, _, name = test_id.partition("::")
    path = ROOT / file
    if not path.is_file():
        return False
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name for node in ast.walk(tree)
    )


def page(rows: dict[str, Any]) -> str:
    """Return the page: how many rows stand where, then every row."""
    counts = " · ".join(f"{s} {sum(r['status'] == s for r in rows.values())}" for s in STATUSES)
    table = "".join(_row(number, row) for number, row in rows.items())
    return f"{HEAD}{counts}\n\n{COLUMNS}{table}"


def _row(number: str, row: dict[str, Any]) -> str:
    tests = "<br>".join(f"`{test.rpartition('/')[2]}`" for test in row["tests"]) or "–"
    status = f"{row['status']}: {row['note']}" if row.get("note") else row["status"]
    return f"| {number} | {row['says']} | {row['does']} | {row['place']} | {status} | {tests} |\n"


def _is_silent(row: dict[str, Any]) -> bool:
    return row["status"] == "partly" and not row.get("note")


if __name__ == "__main__":
    sys.exit(main())
