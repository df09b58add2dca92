"""`amends promises`: what a reply promises, and by when."""

import argparse
from datetime import datetime
from functools import partial
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from amends.cli import lines
from amends.desk import clock
from amends.languages import available, load
from amends.languages.guess import language
from amends.languages.pack import LanguagePack
from amends.promises.find import find_promises
from amends.promises.grammar import FILE, grammar
from amends.vocabulary import JsonObject, LanguageTag, Moment

NAME: Final = "promises"
HELP: Final = """Find what a reply promises: which words, what, and by when. Only our own commitments count.

Reads JSON Lines {"id", "text", "language"?, "at", "country"?} and writes {"id", "promises": [{"start", "end", "what",
"due_start", "due_end", "basis", "confidence"}]}. "at" is when it was written, ISO 8601 with an offset; "country" an
ISO 3166 code for public holidays. Offsets are Unicode code points, half-open. A vague time ("soon") has no due time.
Without "language" it is guessed. A line that cannot be answered gets {"id", "error"}, and the exit status is 1.

A TEXT without --at is taken as written now.

examples:
  amends promises "We will refund you by Friday."
  amends promises replies.jsonl > promises.jsonl
  amends promises --at 2026-11-24T10:15:00+02:00 --country FI "Palautamme rahat kolmen arkipäivän kuluessa."
"""
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 9000
MOMENT_AS_READ: Final = "%a %d %b %Y %H:%M %z"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    lines.configure(parser)
    parser.add_argument("--at", help="when a TEXT was written, or the lines that do not say (ISO 8601 with an offset)")
    parser.add_argument("--country", help="the ISO 3166 country of a TEXT, or of the lines that do not say")
    parser.add_argument("--language", type=_tongue, help="the language of a TEXT, or of the lines that do not say")


def run(args: argparse.Namespace) -> int:
    """Answer every line; return the exit status."""
    at, shown = args.at, show
    if at is None and lines.is_for_people(args.inputs):
        at = clock.now().astimezone().isoformat(timespec="minutes")
        shown = partial(show, supposed=at)
    return lines.run(args, partial(answer, at=at, country=args.country, tongue=args.language), show=shown)


def answer(
    line: JsonObject, *, at: str | None = None, country: str | None = None, tongue: str | None = None
) -> JsonObject:
    """Return the promises of one line; options hold where it does not say. Raises BadLine for a bad text or moment."""
    given: JsonObject = {"at": at, "country": country, "language": tongue}
    line = {**given, **{key: value for key, value in line.items() if value is not None}}
    text = lines.text_of(line)
    tag = lines.optional_text_of(line, "language")
    pack = _pack(tag) if tag else load(language(text)[0])
    country = lines.optional_text_of(line, "country") or None
    found = find_promises(text, at=moment(line), pack=pack, country=country)
    return {"promises": [promise.as_json() for promise in found]}


def moment(line: JsonObject) -> Moment:
    """Return when a line was written. Raises BadLine when it does not say, or says it without an offset."""
    written = lines.text_of(line, "at")
    try:
        at = datetime.fromisoformat(written)
    except ValueError as wrong:
        raise lines.BadLine(f"`at` is no ISO 8601 moment: {written!r}") from wrong
    if at.utcoffset() is None:
        raise lines.BadLine(f"`at` has no offset: {written!r}; write it like 2026-11-24T10:15:00+07:00")
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise lines.BadLine(f"`at` lies in the year {at.year}; it must be from {FIRST_YEAR} to {LAST_YEAR}")
    return at


def _tongue(written: str) -> LanguageTag:
    """Return the language of an option. Raises ArgumentTypeError for one in which no time can be read: a wrong call."""
    try:
        return _pack(written).tag
    except lines.BadLine as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from wrong


def _pack(tag: LanguageTag) -> LanguagePack:
    """Return the pack of a language that a line names. Raises BadLine for one in which no time can be read."""
    pack = load(tag.lower())
    if not grammar(pack).forms:
        known = ", ".join(sorted(each for each in available() if load(each).has(FILE) and grammar(load(each)).forms))
        raise lines.BadLine(f"no promise can be found in `language` {tag!r}; known: {known}")
    return pack


def show(text: str, result: JsonObject, console: Console, *, supposed: str = "") -> None:
    """Print what was found for people: the text with its promising words marked, then a row each.

    `supposed`: the moment taken for granted, because nobody said when the text was written.
    """
    if supposed:
        console.print(f"taken as written now, {supposed}; --at names another moment", style="dim")
    marked, table = Text(text), Table("what", "by", "words", "basis", "sure", box=None, padding=(0, 2, 0, 0))
    for promise in result["promises"]:
        marked.stylize("bold cyan", promise["start"], promise["end"])
        words = text[promise["start"] : promise["end"]]
        table.add_row(promise["what"], _by(promise), Text(words), promise["basis"], f"{promise['confidence']:.0%}")
    console.print(marked)
    console.print(table if result["promises"] else "no promise with a time")


def _by(promise: JsonObject) -> str:
    moments = [promise[key] for key in ("due_start", "due_end") if promise[key]]
    return " – ".join(datetime.fromisoformat(each).strftime(MOMENT_AS_READ) for each in dict.fromkeys(moments)) or "?"
