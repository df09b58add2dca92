"""`amends up`: the whole desk in one command."""

import argparse
import importlib
import os
import sys
from typing import Final
from urllib.parse import urlsplit

from amends.cli.at_desk import run_command
from amends.cli.children import Children, amends_command
from amends.cli.web import bound_socket, serve
from amends.desk.home import folder, written_settings

HELP = """Start the desk: its pages, a worker that comes back when it dies, and optionally a mail receiver.

The desk's own things lie in AMENDS_HOME (default ./var). Ctrl-C or SIGTERM ends it cleanly.

examples:
  amends up
  amends up --port 8080 --smtp-in 127.0.0.1:2525
"""
ADDRESS: Final = "address"
"""Name of the note in AMENDS_HOME that says where the open desk is reached; other commands print links with it."""
EVERYWHERE: Final = ("0.0.0.0", "::")  # noqa: S104  # compared with, not bound to


def configure(parser: argparse.ArgumentParser) -> None:
    """Add where to listen."""
    configure_pages(parser)
    parser.add_argument("--smtp-in", metavar="HOST:PORT", help="also receive mail there, such as 127.0.0.1:2525")
    parser.add_argument("--lmtp-in", metavar="ADDRESS", help="the same by LMTP: HOST:PORT or the path of a socket")


def configure_pages(parser: argparse.ArgumentParser) -> None:
    """Add where the pages are served."""
    parser.add_argument("--host", default="127.0.0.1", help="address to serve at (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000, help="port; the next free one when it is taken")


def run(args: argparse.Namespace) -> int:
    """Serve the desk until told to stop."""
    return serve_desk(host=args.host, port=args.port, children=_children(args), prepare=(("first_admin",),))


def serve_desk(
    *, host: str, port: int, children: dict[str, list[str]], prepare: tuple[tuple[str, ...], ...] = ()
) -> int:
    """Bring the database up to date, run what prepares the desk, serve it and keep its child processes alive.

    `children`: name → words of the `amends` command it runs. `prepare`: commands of the desk, run before it opens,
    that may print a way in.
    """
    listening = bound_socket(host, port)
    address = tell_settings_where(host, listening.getsockname()[1])
    _hint(host)
    run_command("migrate", verbosity=0)
    for words in prepare:
        run_command(*words)
    kept = Children(_say)
    for name, command in children.items():
        kept.keep(name, amends_command(*command))
    note = folder() / ADDRESS
    note.write_text(address, encoding="utf-8")
    try:
        serve(listening, when_ready=lambda: _open(address))
    finally:
        kept.end()
        note.unlink(missing_ok=True)
    _say("The desk is closed. Nothing was lost.")
    return 0


def _open(address: str) -> None:
    """Say that pages are answered, then load beside them what the first reply would wait for."""
    _say(f"The desk is open: {address}   (Ctrl-C closes it)")
    # Loaded late like all of the desk: it needs Django, and Django the address that `serve_desk` has told it.
    importlib.import_module("amends.desk.warm").warm_coach()


def _children(args: argparse.Namespace) -> dict[str, list[str]]:
    smtp_in, lmtp_in = (_chosen(args, name) for name in ("smtp_in", "lmtp_in"))
    by_smtp = {"mail receiver": ["receive-mail", smtp_in, "--with-parent"]} if smtp_in else {}
    by_lmtp = {"LMTP receiver": ["receive-mail", "--lmtp", lmtp_in, "--with-parent"]} if lmtp_in else {}
    return {"worker": ["work", "--with-parent"], **by_smtp, **by_lmtp}


def _chosen(args: argparse.Namespace, name: str) -> str:
    """Return what was asked for on the command line, else in the environment, else in amends.toml."""
    asked = getattr(args, name) or os.environ.get(f"AMENDS_{name.upper()}")
    return str(asked or written_settings().get(name, ""))


def tell_settings_where(host: str, port: int) -> str:
    """Tell the settings, which are not loaded yet, under which address people reach us, unless somebody chose one."""
    name = "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    chosen = os.environ.get("AMENDS_PUBLIC_URL") or str(written_settings().get("public_url", ""))
    address = chosen or f"http://{name}:{port}"
    os.environ["AMENDS_PUBLIC_URL"] = address
    if not (os.environ.get("AMENDS_HOSTS") or written_settings().get("hosts")):
        names = {"127.0.0.1", "localhost", "[::1]", name, urlsplit(address).hostname or name}
        os.environ["AMENDS_HOSTS"] = ",".join(sorted(names))
    return address


def _hint(host: str) -> None:
    """Say why a desk that listens everywhere still answers to its own names only."""
    if host in EVERYWHERE and not written_settings().get("public_url"):
        _say(
            'Others reach this desk once `public_url` and `hosts` in amends.toml say its name, such as "care.example".'
        )


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
