"""`amends bench mail`: how fast, how durably and how rightly mail comes in, beside another help desk if you like."""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from amends.cli.benches.mailing import ours, peer
from amends.cli.benches.mailing.specimens import Specimen, specimens
from amends.vocabulary import AmendsError, JsonObject

NAME: Final = "mail"
PEER: Final = "django-helpdesk==2.6.1"
HELP: Final = f"""Measure how mail comes in: kept for good per second, on a case per second, and what is read rightly.

The same mails, in the same order, on the same kind of database (SQLite, WAL, synchronous=FULL), by turns; medians of
--rounds. With --peer, {PEER} is installed into a throwaway environment and measured beside us.

example:
  amends bench mail --mails 600 --rounds 3 --peer
"""
TWICE: Final = 20
"""So many of the mails are delivered twice."""
FSYNCS: Final = 200
LARGE_MIB: Final = (10, 50)
SPEEDS: Final = ("kept_per_s", "filed_per_s", "filed_cpu_ms")
RIGHTS: Final = ("threads_right", "charsets_right", "quotes_right", "lost", "duplicates", "stopped_the_queue")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add how many mails, how many rounds, and whether a peer runs too."""
    parser.add_argument("--mails", type=int, default=600, help="how many mails (default 600)")
    parser.add_argument("--rounds", type=int, default=3, help="how often (default 3)")
    parser.add_argument("--peer", action="store_true", help=f"install {PEER} for the time being and measure it too")
    parser.add_argument("--peer-python", default="", help="a Python that has the peer already")


def run(args: argparse.Namespace) -> int:
    """Print a table on standard error and one JSON object on standard output; return the exit status."""
    work = Path(tempfile.mkdtemp(prefix="amends-bench-"))
    try:
        figures = _measured(args, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    _show(figures)
    print(json.dumps(figures))
    return 0


def _measured(args: argparse.Namespace, work: Path) -> JsonObject:
    mails = specimens(args.mails)
    folder = _written(mails, work / "mails")
    sides: dict[str, Callable[[int], JsonObject]] = {"amends": lambda turn: _ours("all", folder, work / f"a{turn}")}
    if args.peer or args.peer_python:
        python = args.peer_python or _installed(work / "peer")
        sides["django-helpdesk"] = lambda turn: _peer(python, folder, work / f"h{turn}")
    found: dict[str, list[JsonObject]] = {side: [] for side in sides}
    for turn in range(args.rounds):
        for side, measure in sides.items():
            found[side].append(measure(turn))
    judged = {side: _median([{**each, **_judged(mails, each)} for each in turns]) for side, turns in found.items()}
    large = _ours("large", _large_mails(work / "large"), work / "l")
    return {
        "bench": NAME,
        "mails": len(mails) + TWICE,
        "rounds": args.rounds,
        "fsync_per_s": _fsync_per_s(work),
        **judged,
        "times_as_fast": _ratio(judged),
        "large": large,
    }


def _written(mails: Iterable[Specimen], folder: Path) -> Path:
    folder.mkdir()
    for place, mail in enumerate(mails):
        (folder / f"{place:06}.eml").write_bytes(mail.raw)
        if place < TWICE:
            (folder / f"again-{place:06}.eml").write_bytes(mail.raw)
    return folder


def _large_mails(folder: Path) -> Path:
    folder.mkdir()
    for mib in LARGE_MIB:
        lines = b"".join(b"QUFB" * 19 + b"\r\n" for _ in range(mib * 1024 * 1024 // 78))
        head = (
            f"From: a@example.org\r\nMessage-ID: <large.{mib}@example.org>\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nA film.\r\n'
            "--b\r\nContent-Type: video/mp4; name=film.mp4\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        )
        (folder / f"{mib}_mib.eml").write_bytes(head.encode() + lines + b"--b--\r\n")
    return folder


def _ours(act: str, folder: Path, home: Path) -> JsonObject:
    return _said([sys.executable, "-m", ours.__name__, act, str(folder)], AMENDS_HOME=str(home))


def _peer(python: str, folder: Path, home: Path) -> JsonObject:
    home.mkdir()
    return _said([python, str(peer.__file__), str(folder), str(home)])


def _said(words: list[str], **environment: str) -> JsonObject:
    done = subprocess.run(  # noqa: S603  # our own Python, or the one named on the command line
        words, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise AmendsError(f"{words[1:3]} ended with {done.returncode}: {done.stderr[-2000:]}")
    answer: JsonObject = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def _installed(place: Path) -> str:
    venv.create(place, with_pip=True)
    python = str(place / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "-q", PEER], check=True)  # noqa: S603  # the peer named above
    return python


def _judged(mails: list[Specimen], found: JsonObject) -> JsonObject:
    """Return how many of the mails were read rightly."""
    seen = found["seen"]
    pairs = [mail for mail in mails if mail.joins or mail.apart]
    charsets = [mail for mail in mails if mail.says and not mail.hides]
    quotes = [mail for mail in mails if mail.hides]
    return {
        "threads_right": f"{sum(_is_threaded(mail, seen) for mail in pairs)}/{len(pairs)}",
        "charsets_right": f"{sum(mail.says in _of(mail, seen, 'text') for mail in charsets)}/{len(charsets)}",
        "quotes_right": f"{sum(_is_cut(mail, seen) for mail in quotes)}/{len(quotes)}",
        "lost": sum(mail.name not in seen for mail in mails),
        "duplicates": found["rows"] - len(seen),
    }


def _is_threaded(mail: Specimen, seen: dict[str, JsonObject]) -> bool:
    own, first = seen.get(mail.name, {}).get("place"), seen.get(mail.joins or mail.apart, {}).get("place")
    return own is not None and first is not None and (own == first) == bool(mail.joins)


def _is_cut(mail: Specimen, seen: dict[str, JsonObject]) -> bool:
    return mail.says in _of(mail, seen, "new") and mail.hides not in _of(mail, seen, "new")


def _of(mail: Specimen, seen: dict[str, JsonObject], what: str) -> str:
    return " ".join(str(seen.get(mail.name, {}).get(what, "")).split())


def _median(turns: list[JsonObject]) -> JsonObject:
    speeds: JsonObject = {name: statistics.median(turn[name] for turn in turns) for name in SPEEDS if name in turns[0]}
    return speeds | {name: turns[-1][name] for name in RIGHTS if name in turns[-1]}


def _ratio(judged: dict[str, JsonObject]) -> JsonObject:
    """Return how many times as fast as the peer we are: until a mail is safe, and until it is on a case."""
    if "django-helpdesk" not in judged:
        return {}
    theirs = judged["django-helpdesk"]["filed_per_s"]
    return {
        "until_safe": round(judged["amends"]["kept_per_s"] / theirs, 1),
        "until_on_a_case": round(judged["amends"]["filed_per_s"] / theirs, 1),
    }


def _fsync_per_s(folder: Path) -> int:
    """Return how often a second this disk confirms 4 kB."""
    with (folder / "fsync").open("wb", buffering=0) as file:
        began = time.perf_counter()
        for _ in range(FSYNCS):
            file.write(b"x" * 4096)
            os.fsync(file.fileno())
        return round(FSYNCS / (time.perf_counter() - began))


def _show(figures: JsonObject) -> None:
    table = Table(title=f"{figures['mails']} mails, {figures['rounds']} rounds, {figures['fsync_per_s']} fsync/s")
    sides = [side for side in ("amends", "django-helpdesk") if side in figures]
    for column in ("", *sides):
        table.add_column(column)
    for name in (*SPEEDS, *RIGHTS):
        table.add_row(name.replace("_", " "), *(str(figures[side].get(name, "–")) for side in sides))
    Console(file=sys.stderr).print(table)
