"""`amends read corrections`: what people corrected in readings, as labels."""

import argparse

from amends.cli.at_desk import need_desk, run_command

HELP = """Write what people of this desk corrected in readings, one JSON line each: the newest word on each message.

A line: id, text, language, aspect (intensity, cause, threat, feeling), before, after, engine, at. The customer's own
name is taken out of the text; other names may stand in it, so keep the file as you keep the letters.

example:
  amends read corrections > corrections.jsonl
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add nothing: there is one way to write them."""


def run(args: argparse.Namespace) -> int:
    """Write them; return the exit status."""
    need_desk()
    run_command("read_corrections")
    return 0
