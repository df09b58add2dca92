"""How often the coach warns of labelled replies that break no rule: `python -m tools.false_alarms [--tier quick]`.

The replies are the rows with `fires: []` of tests/quality and tests/quality/studied. Printed per language: errors and
warnings per 1,000 words with what fired, whole letters (40 words or more) apart from fragments, of which rules about a
whole reply ("nothing here says sorry") must speak. Complete letters of experts: `tools.judge_good`.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from amends.coach.finding import Severity
from amends.coach.review import review
from amends.coach.suspecting import FULL, TIERS
from amends.engines.choose import embedder
from amends.languages import load
from amends.languages.pack import LanguagePack
from amends.ports import Embedder
from amends.text.segments import words
from amends.vocabulary import FIRST_CLASS, LanguageTag

ROOT: Final = Path(__file__).parents[1]
FILES: Final = ("tests/quality/{}/coach.jsonl", "tests/quality/studied/{}/coach.jsonl")
LETTER: Final = 40
PER: Final = 1000


def main() -> int:
    """Print every language."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--tier", choices=TIERS, default=FULL)
    embed = embedder() if asked.parse_args().tier == FULL else None
    for tag in FIRST_CLASS:
        pack, replies = load(tag), good_replies(tag)
        sizes = {reply: len(words(reply, pack.sentence_rules)) for reply in replies}
        print(tag, "letters  ", told([reply for reply in replies if sizes[reply] >= LETTER], sizes, pack, embed))
        print(tag, "fragments", told([reply for reply in replies if sizes[reply] < LETTER], sizes, pack, embed))
    return 0


def good_replies(tag: LanguageTag) -> list[str]:
    """Return the replies of a language that somebody labelled as breaking none of the rules."""
    lines = (line for file in FILES for line in (ROOT / file.format(tag)).read_text("utf-8").splitlines())
    return [row["reply"] for row in map(json.loads, lines) if not row["fires"]]


def told(replies: Iterable[str], sizes: dict[str, int], pack: LanguagePack, embed: Embedder | None) -> str:
    """Return the figures of some replies in a line, and below it what fired, the most frequent first."""
    fired: Counter[tuple[Severity, str]] = Counter()
    count = said = 0
    for reply in replies:
        count, said = count + 1, said + sizes[reply]
        found = review(reply, pack=pack, embed=embed).findings
        fired.update((one.severity, one.rule) for one in found if one.severity is not Severity.HINT)
    sums = {level: sum(n for (severity, _), n in fired.items() if severity is level) for level in Severity}
    rates = "  ".join(f"{level}s {PER * sums[level] / max(1, said):.2f}" for level in list(Severity)[:2])
    return f"n={count}, {said} words  {rates}" + "".join(f"\n    {n:3} {s} {r}" for (s, r), n in fired.most_common())


if __name__ == "__main__":
    sys.exit(main())
