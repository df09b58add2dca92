"""`amends serve`: the pages only."""

import argparse

from amends.cli.up import configure_pages, serve_desk

HELP = """Serve the pages of the desk only; run `amends work` beside it, or nothing is read and nothing leaves.

example:
  amends serve --port 8080
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add where to listen."""
    configure_pages(parser)


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop."""
    return serve_desk(host=args.host, port=args.port, children={})
