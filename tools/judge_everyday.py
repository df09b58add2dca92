"""How rightly times are taken for promised in what support staff write ten times a day.

    python -m tools.judge_everyday [FOLDER]      FOLDER/<tag>.txt; default tests/quality/everyday

Prints for each language precision and recall of promised times, by place, and of replies that promise nothing how many
fire, with n and 95 % intervals (Wilson). `--misses` shows the lines judged wrongly, of a folder that may be read.
"""

import argparse
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from amends.languages import load
from amends.promises.find import find_promises
from tools.everyday_replies import CLOSED, WRITTEN_AT, Marked, lines_of, marked
from tools.judge import Tally, share

COUNTRIES: Final = {
    "en": "GB", "id": "ID", "th": "TH", "fi": "FI",
    "de": "DE", "es": "ES", "fr": "FR", "ms": "MY", "pt": "BR", "sv": "SE", "vi": "VN",
}  # fmt: skip
"""The languages that have such lines, and whose calendar a reply goes by."""


@dataclass
class Heard:
    """Times rightly and wrongly taken for promised and missed; replies without a promise, and those that fire."""

    times: Tally = field(default_factory=Tally)
    silent: int = 0
    fired: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.times}  fired {share(self.fired, self.silent)}"


def judged(folder: Path, tag: str) -> Heard:
    """Return how a language's lines are judged."""
    tally = Heard()
    for line in lines_of(folder / f"{tag}.txt"):
        reply = marked(line)
        wrong, missed = _mistakes(reply, tag)
        tally.times.right += len(reply.ours) - missed
        tally.times.wrong += wrong
        tally.times.missed += missed
        tally.silent += not reply.ours
        tally.fired += not reply.ours and wrong > 0
        if wrong or missed:
            tally.wrong.append(f"{wrong} wrong, {missed} missed: {line}")
    return tally


def _mistakes(reply: Marked, tag: str) -> tuple[int, int]:
    """Return how many times are wrongly taken for promised, and how many promised ones are missed."""
    found = find_promises(reply.text, at=WRITTEN_AT, pack=load(tag), country=COUNTRIES[tag])
    spans = [promise.span for promise in found if promise.due_end]
    wrong = sum(not any(span.overlaps(ours) for ours in reply.ours) for span in spans)
    return wrong, sum(not any(ours.overlaps(span) for span in spans) for ours in reply.ours)


def main() -> None:
    """Judge every language."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path, nargs="?", default=CLOSED)
    asked.add_argument("--misses", action="store_true")
    told = asked.parse_args()
    for tag in COUNTRIES:
        tally = judged(told.folder, tag)
        print(f"{tag} {tally}")
        if told.misses:
            print("\n".join(tally.wrong))


if __name__ == "__main__":
    main()
