"""`amends bench coach`: how fast `amends coach` answers, and what it finds beside linters of prose."""

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from rich.table import Table

from amends.cli.benches import lines
from amends.cli.benches.keystroke import in_words, keystroke
from amends.cli.benches.prose.judging import Found, judged
from amends.cli.benches.prose.peers import PEERS, asked
from amends.cli.benches.sides import tell
from amends.cli.coach import answer
from amends.coach.catalogue import catalogue
from amends.coach.finding import Severity
from amends.vocabulary import AmendsError, JsonObject

NAME: Final = "coach"
HELP: Final = f"""What a reply should say otherwise, without the encoder, which would remember the lines it has seen.

Each line is what `amends coach` reads. Lines are repeated until --lines are done; the first pass warms up and is
counted apart. One JSON object comes out: lines per second, CPU time a line, a KB of text and a line never seen before,
peak memory of this process.

Where every line is labelled ("fires": [rules], none for a good reply) it also says what is found of the error rules
that most of the lines break, and of good replies (errors and warnings in their words). With --peers,
{", ".join(PEERS)} read the same replies: they are installed into a throwaway folder; one that cannot run here is left
out by name. They look for other things, so whatever they say anywhere in a reply counts as found.

With --keystrokes a desk of its own is filled, served and thrown away, and the lines, put together to letters of up to
1,000 code points, are typed into its composer: median and 95th percentile in ms from a pause to the coach's answer,
over HTTP on this machine, the draft kept on the way; and the mean CPU time of the server, which others do not lengthen.

example:
  amends bench coach lines.jsonl --lines 1000 --keystrokes
  amends bench coach labelled.jsonl --peers
"""
MOST_RULES: Final = 6
GRAVE: Final = frozenset({Severity.ERROR.value, Severity.WARNING.value})
_answer = partial(answer, tier="quick")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add which lines, how many answers, and whether peers answer too."""
    lines.configure(parser)
    parser.add_argument(
        "--peers", action="store_true", help="install linters of prose for the time being, and ask them"
    )
    parser.add_argument("--keystrokes", action="store_true", help="also type the lines into the composer of a desk")


def run(args: argparse.Namespace) -> int:
    """Print a table on standard error where lines are labelled, and one JSON object; return the exit status."""
    rows = lines.rows_of(args.file)
    figures = {"bench": NAME, **lines.measured(_answer, rows, lines=args.lines)}
    if args.keystrokes:
        figures["keystroke"] = keystroke(args.file.resolve())
    if all("fires" in row for row in rows):
        figures |= _judged(rows, peers=args.peers)
        _show(figures)
    elif args.peers:
        raise AmendsError('Peers are measured on labelled lines only: give each line its "fires".')
    elif args.keystrokes:
        _show({**figures, "labelled": 0, "rules": (), "sides": {"amends": {}}, "absent": {}})
    print(json.dumps(figures))
    return 0


def _judged(rows: Sequence[JsonObject], *, peers: bool) -> JsonObject:
    errors = [rule for row in rows for rule in row["fires"] if catalogue()[rule].level is Severity.ERROR]
    rules = [rule for rule, _ in Counter(errors).most_common(MOST_RULES)]
    found, absent = {"amends": list(map(_ours, rows))}, dict[str, str]()
    if peers:
        with tempfile.TemporaryDirectory(prefix="amends-bench-") as folder:
            theirs, absent = asked([str(row["reply"]) for row in rows], Path(folder))
        found |= theirs
    sides = {side: judged(rows, answers, rules=rules) for side, answers in found.items()}
    return {"labelled": len(rows), "rules": rules, "sides": sides, "absent": absent}


def _ours(row: JsonObject) -> Found:
    before = time.process_time_ns()
    findings = _answer(row)["findings"]
    spent = (time.process_time_ns() - before) / 1e6
    # What a reply lacks is no place in its words, and no linter could say it: left out on our side too.
    grave = [one for one in findings if one["severity"] in GRAVE and one["end"] > one["start"]]
    return Found(cpu_ms=spent, alarms=len(grave), rules=frozenset(one["rule"] for one in grave))


def _show(figures: JsonObject) -> None:
    table = Table("", *figures["sides"], title=f"{figures['labelled']} labelled replies")
    sides = figures["sides"].values()
    for rule in figures["rules"]:
        table.add_row(f"spoken of: {rule}", *(_said(side["spoken_of"][rule]) for side in sides))
    if figures["labelled"]:
        table.add_row("good replies with an alarm", *(_said(side["good_with_alarm"]) for side in sides))
        for name in ("alarms_per_good_reply", "cpu_ms_per_kb"):
            table.add_row(name.replace("_", " "), *(str(side[name]) for side in sides))
    if "keystroke" in figures:
        table.add_row("a keystroke in the composer, ms", in_words(figures["keystroke"]))
    tell(table, figures["absent"])


def _said(share: JsonObject) -> str:
    if share["value"] is None:
        return "–"
    return f"{share['value']:.3f} [{share['low']:.2f}–{share['high']:.2f}] n={share['n']}"
