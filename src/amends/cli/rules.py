"""`amends rules`: which rules the coach has in which language, and whether a pack of your own holds."""

import argparse
import json
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from amends.cli.at_desk import need_desk, run_command
from amends.cli.named_language import named_language
from amends.coach.catalogue import catalogue
from amends.coach.measured import measured
from amends.coach.own import own_entries, problems, with_own
from amends.coach.survey import GAP, coverage, gaps
from amends.languages import load
from amends.vocabulary import FIRST_CLASS

HELP = """The rules of the coach: rule × language × how it is found. A rule that a language lacks is shown as a gap.

example:
  amends rules                              the table
  amends rules --json                       the same, one JSON object a rule
  amends rules test my-pack.yaml            does my own pack do what its examples say?
  amends rules test my-pack.yaml --language fi
  amends rules --desk                       with the rules that this desk wrote itself (AMENDS_HOME)"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("action", nargs="?", choices=("list", "test"), default="list", help="default: list")
    parser.add_argument("pack", nargs="?", help="a rule pack (.yaml) to test")
    parser.add_argument(
        "--language", type=named_language, default="en", help="language of the pack under test (default en)"
    )
    parser.add_argument("--desk", action="store_true", help="also list the rules of the desk in AMENDS_HOME")
    parser.add_argument("--json", action="store_true", help="print JSON Lines")


def run(args: argparse.Namespace) -> int:
    """Print the table, or test a pack: 0 when all of its examples hold, 1 when not, 2 without a pack."""
    console = Console()
    if args.action == "list":
        if args.desk:
            need_desk()
        _print_json() if args.json else _print_table(console)
        if args.desk:
            run_command("own_rules", as_json=args.json)
        return 0
    if not args.pack:
        console.print("amends rules test: which pack? Name a .yaml file.")
        return 2
    return _test(Path(args.pack), args.language, console)


def _print_json() -> None:
    for rule_id, found in coverage().items():
        rule = catalogue()[rule_id]
        shares = [one.as_json() for one in measured() if one.rule == rule_id]
        row = {
            "rule": rule_id,
            "level": rule.level,
            "sources": list(rule.sources),
            "languages": found,
            "measured": shares,
        }
        print(json.dumps(row, ensure_ascii=False))


def _print_table(console: Console) -> None:
    table = Table(Column("rule", no_wrap=True), Column("level", no_wrap=True), *FIRST_CLASS, "sources")
    for rule_id, found in coverage().items():
        rule = catalogue()[rule_id]
        cells = (f"[red]{GAP}[/]" if found[tag] == GAP else found[tag] for tag in FIRST_CLASS)
        table.add_row(rule_id, rule.level, *cells, " ".join(rule.sources))
    console.print(table)
    named = [f"{rule_id} ({tag})" for rule_id, tag in gaps()]
    console.print(
        f"{len(catalogue())} rules × {len(FIRST_CLASS)} languages, {len(named)} gaps {', '.join(named)}".strip()
    )
    console.print(_measured())
    unmeasured = [rule_id for rule_id in catalogue() if rule_id not in {one.rule for one in measured()}]
    console.print(f"not measured yet, proven by their examples alone ({len(unmeasured)}): {', '.join(unmeasured)}")


def _measured() -> Table:
    """Return precision over recall by rule, detector and language, on sentences a detector was not taught with."""
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for one in measured():
        rows.setdefault((one.rule, one.detector), {})[one.language] = f"{one.precision}\n{one.recall}"
    title = "measured: precision over recall, each with its 95 % interval"
    table = Table(Column("rule"), Column("by"), *FIRST_CLASS, title=title, show_lines=True)
    for (rule_id, detector), cells in sorted(rows.items()):
        table.add_row(rule_id, detector, *(escape(cells.get(tag, "")) for tag in FIRST_CLASS))
    return table


def _test(path: Path, language: str, console: Console) -> int:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as wrong:
        console.print(f"{path}: cannot be read: {wrong.strerror}", markup=False, highlight=False, soft_wrap=True)
        return 1
    except UnicodeDecodeError:
        console.print(f"{path}: is not written in UTF-8", markup=False, highlight=False, soft_wrap=True)
        return 1
    if found := problems(path.name, text, load(language)):
        for problem in found:
            console.print(problem, markup=False, highlight=False, soft_wrap=True)
        return 1
    own = own_entries(with_own(load(language), {path.name: text}))
    held = sum(len(entry.bad) + len(entry.good) for entry in own)
    console.print(f"{path.name}: {len(own)} rules, all {held} examples hold.", highlight=False)
    return 0
