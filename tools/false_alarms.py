"""How often the coach warns of labelled replies that break no rule: `python -m tools.false_alarms [--tier quick]`.

The replies are the rows with `fires: []` of tests/quality and tests/quality/studied. Printed per language: errors and
warnings per 1,000 words with what fired, whole letters (40 words or more) apart from fragments, of which rules about a
whole reply ("nothing here says sorry") must speak. Complete letters of experts: `tools.judge_good`.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from amends.coach.suspecting import FULL, TIERS
from amends.engines.choose import embedder
from amends.languages import load
from amends.vocabulary import FIRST_CLASS, JsonObject, LanguageTag
from tools.judge_good import fired, judge_one, told

ROOT: Final = Path(__file__).parents[1]
FILES: Final = ("tests/quality/{}/coach.jsonl", "tests/quality/studied/{}/coach.jsonl")
LETTER: Final = 40


def main() -> int:
    """Print every language."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--tier", choices=TIERS, default=FULL)
    embed = embedder() if asked.parse_args().tier == FULL else None
    for tag in FIRST_CLASS:
        pack = load(tag)
        judged = [judge_one(row, pack, embed) for row in good_replies(tag)]
        for name, some in (
            ("letters", [one for one in judged if one.words >= LETTER]),
            ("fragments", [one for one in judged if one.words < LETTER]),
        ):
            print(f"{tag}  {name:9} n={len(some)} {told(some)}")
            print("".join(f"      {line}\n" for line in fired(some)), end="")
    return 0


def good_replies(tag: LanguageTag) -> list[JsonObject]:
    """Return the replies of a language that somebody labelled as breaking none of the rules, without their messages."""
    lines = (line for file in FILES for line in (ROOT / file.format(tag)).read_text("utf-8").splitlines())
    return [{"id": row["id"], "reply": row["reply"]} for row in map(json.loads, lines) if not row["fires"]]


if __name__ == "__main__":
    sys.exit(main())
