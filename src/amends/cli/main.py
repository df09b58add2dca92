"""The `amends` command: one table of commands, each in a file of its own, loaded only when it is called.

A command module holds `HELP` (what it does, with an example), `configure(parser)` and `run(args) -> exit status`.
"""

import argparse
import importlib
import os
import sys
from types import ModuleType
from typing import Final, NamedTuple

import amends
from amends.vocabulary import AmendsError


class Command(NamedTuple):
    """Where a command lives, and one line on what it does. `needs` names the extra that must be installed."""

    module: str
    summary: str
    needs: str = ""


COMMANDS: Final = {
    "read": Command("read", "what a customer feels, reports and asks for"),
    "read corrections": Command("read_corrections", "what people corrected in readings, as labels", "desk"),
    "coach": Command("coach", "what a reply should say otherwise, and why"),
    "rules": Command("rules", "the rules of the coach, and which languages have them"),
    "promises": Command("promises", "what a reply promises, and by when"),
    "promises simulate": Command("promises_simulate", "a quarter of promises, with and without looking ahead"),
    "language": Command("language", "which language a text is in"),
    "mail": Command("mail", "read .eml files"),
    "bench": Command("bench", "how fast, and with how much memory"),
    "chaos": Command("chaos", "kill, fill, cut and hurry a desk of its own, and count", "desk"),
    "up": Command("up", "start the desk: pages, worker, mail receiver", "desk"),
    "demo": Command("demo", "start a seeded desk, offline", "desk"),
    "serve": Command("serve", "serve the pages of the desk only", "desk"),
    "work": Command("work", "do the queued work of the desk only", "desk"),
    "receive-mail": Command("receive_mail", "receive mail by SMTP only", "desk"),
    "import": Command("mail_import", "file .eml files and folders into the desk", "desk"),
    "mail import": Command("mail_import", "the same as `amends import`", "desk"),
    "orders import": Command("orders_import", "take in orders, and where they are, from the shop", "desk"),
    "search": Command("search", "look after the index of the search", "desk"),
    "admin": Command("admin", "make agents, brands and mailboxes", "desk"),
    "doctor": Command("doctor", "what is installed, what is missing, what it costs", "desk"),
}
STOPPED_BY_HAND: Final = 130
ONE_THREAD: Final = "OPENBLAS_NUM_THREADS"
USAGE: Final = 2


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit status: 0 well, 1 something in the input was bad, 2 wrong call."""
    words = sys.argv[1:] if argv is None else argv
    # Read when numpy is loaded, by the command. Its threads wait for each other on busy cores: 220 ms for what one
    # does in 5. More cores are used by more processes.
    os.environ.setdefault(ONE_THREAD, "1")
    name, rest = _named(words)
    if name not in COMMANDS:
        return _outside(words)
    module = _load(name)
    if module is None:
        return USAGE
    return _run(module, _parser(name, module), rest)


def _named(words: list[str]) -> tuple[str, list[str]]:
    """Return the command and its arguments; `mail import` is one command of two words."""
    pair = " ".join(words[:2])
    if pair in COMMANDS:
        return pair, words[2:]
    return (words[0], words[1:]) if words else ("", [])


def _outside(words: list[str]) -> int:
    """Answer a call without a command: version, help, or a mistake that argparse explains."""
    parser = argparse.ArgumentParser(
        prog="amends",
        description=amends.__doc__,
        epilog=f'{_table()}\n\nexample:\n  amends read "Where is my parcel? This is the third time I ask!"',
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"amends {amends.__version__}")
    parser.add_argument("command", nargs="?", choices=sorted(COMMANDS), metavar="COMMAND", help="one of those below")
    parser.parse_args(words)
    parser.print_help()
    return USAGE


def _table() -> str:
    width = max(map(len, COMMANDS))
    rows = (f"  {name:<{width}}  {command.summary}" for name, command in COMMANDS.items())
    return "commands:\n" + "\n".join(rows)


def _load(name: str) -> ModuleType | None:
    """Return the module of a command, or None after saying on standard error what is missing."""
    command = COMMANDS[name]
    path = f"amends.cli.{command.module}"
    try:
        return importlib.import_module(path)
    except ModuleNotFoundError as missing:
        if missing.name == path:
            _say(f"`amends {name}` is not part of this version.")
        elif command.needs and not str(missing.name).startswith("amends"):
            _say(f"`amends {name}` needs {missing.name}. Install it: pip install 'amends[{command.needs}]'")
        else:
            raise
        return None


def _parser(name: str, module: ModuleType) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"amends {name}", description=module.HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    module.configure(parser)
    return parser


def _run(module: ModuleType, parser: argparse.ArgumentParser, rest: list[str]) -> int:
    try:
        return int(module.run(parser.parse_args(rest)))
    except AmendsError as wrong:
        _say(str(wrong))
        return int(getattr(wrong, "exit_status", 1))
    except KeyboardInterrupt:
        return STOPPED_BY_HAND
    except BrokenPipeError:
        # `amends read … | head` closes our output. Python would complain once more while it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _say(words: str) -> None:
    print(f"amends: {words}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
