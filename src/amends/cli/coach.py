"""`amends coach`: what a reply should say otherwise before it is sent, and why."""

import argparse
import sys
from functools import partial

from rich.console import Console
from rich.markup import escape

from amends.cli import lines
from amends.cli.named_language import language_of, named_language
from amends.cli.own_packs import PackDoesNotHold, Packs, files_for, read_packs
from amends.coach.own import with_own
from amends.coach.pack import case_of
from amends.coach.review import review
from amends.engines.choose import embedder
from amends.languages import load
from amends.languages.guess import language as guessed
from amends.languages.guess import nearest
from amends.vocabulary import CaseView, JsonObject

HELP = """What a reply would do to an upset customer, said before it is sent: findings, reasons, better words.

In:  {"id": "1", "reply": "We apologise for the inconvenience.", "language": "en", "case": {"fault": "ours"}}
Out: {"id": "1", "language": "en", "findings": [...], "stages": {...}, "apology": {...}, "score": 38}

Of a line it also reads "message" (what they wrote), "recent" (a list: what the same person wrote to others lately) and
in "case": customer_name, fault, channel, stage, anger, facts, market, worth, former_replies, broke_promise.

example:
  amends coach "We are sorry you feel that way."
  amends coach --pack ours.yaml --pack fi=meidan.yaml replies.jsonl > findings.jsonl"""

TIERS = ("quick", "full")
WRONG_PACK = 2
COLOURS = {"error": "red", "warning": "yellow", "hint": "cyan"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    lines.configure(parser)
    parser.add_argument(
        "--language", type=named_language, help="language of replies that do not name theirs; default: guessed"
    )
    parser.add_argument("--tier", choices=TIERS, default="full", help="quick: rules only, no encoder")
    parser.add_argument(
        "--pack", action="append", default=[], metavar="FILE", help="rules of your own (.yaml), fi=FILE for Finnish; "
        "of a bare FILE the language is --language, else English; may be given again",
    )  # fmt: skip
    parser.add_argument("--interface", default="en", help="language of the reasons: en, id, th or fi (default en)")


def run(args: argparse.Namespace) -> int:
    """Review every reply of the input; 2 where a pack of one's own does not hold."""
    try:
        packs = read_packs(args.pack, language=args.language or "en")
    except PackDoesNotHold as wrong:
        print(f"amends coach: {wrong}", file=sys.stderr)
        return WRONG_PACK
    reviewed = partial(answer, language=args.language, interface=args.interface, tier=args.tier, packs=packs)
    return lines.run(args, reviewed, text_key="reply", show=_show)


def answer(
    line: JsonObject,
    *,
    language: str | None = None,
    interface: str = "en",
    tier: str = "full",
    packs: Packs | None = None,
) -> JsonObject:
    """Return the verdict on one line. `language`: of a line that names none; `packs`: rules of one's own.

    Raises BadLine for a wrong type.
    """
    reply = lines.text_of(line, "reply")
    pack = load(language_of(line) or language or nearest(guessed(reply)[0]))
    files = files_for(packs or {}, pack)
    verdict = review(
        reply,
        case=_case(line.get("case")),
        message=lines.optional_text_of(line, "message"),
        pack=pack,
        embed=embedder() if tier == "full" else None,
        recent=_recent(line.get("recent")),
        interface=interface,
        rules=with_own(pack, files) if files else None,
    )
    return verdict.as_json()


def _recent(told: object) -> list[str]:
    if told is None:
        return []
    if not isinstance(told, list) or not all(isinstance(text, str) for text in told):
        raise lines.BadLine("`recent` must be a list of strings")
    return told


def _case(row: object) -> CaseView | None:
    if row is None:
        return None
    if not isinstance(row, dict):
        raise lines.BadLine("`case` must be an object")
    try:
        return case_of(row)
    except (KeyError, TypeError, ValueError) as wrong:
        raise lines.BadLine(f"`case` is not right: {wrong}") from wrong


def _show(text: str, result: JsonObject, console: Console) -> None:
    """Print a verdict for people: the words at fault, why, and what to write instead."""
    if not text.strip():
        console.print("There is nothing to read.")
        return
    console.print(f"[bold]{result['score']}[/] of 100 · {result['language']}")
    for finding in result["findings"]:
        colour = COLOURS[finding["severity"]]
        words = escape(text[finding["start"] : finding["end"]]) or "the whole reply"
        console.print(f"[{colour}]{finding['severity']:8}[/] [bold]{finding['rule']}[/]  {words}")
        console.print(f"         {escape(finding['why'])} [dim]{' '.join(finding['sources'])}[/]")
        for better in finding["suggestions"][:1]:
            console.print(f"         → {escape(better)}", style="green")
    console.print(" · ".join(f"{stage} {share:.0%}" for stage, share in result["stages"].items()))
