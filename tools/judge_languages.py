"""How well the languages beside the first four are read: their rows of docs/languages.md, between two marks.

    AMENDS_DATA=../shared/data python -m tools.judge_languages

Anger as a feeling (`emotions.anger`, at anything) on the tenth of the public rows that no head has learnt from. The
odds were calibrated on that same tenth, so the calibration error reads optimistically.
"""

import math
import re
from pathlib import Path
from typing import Final

from amends.languages import load
from amends.languages.load import available
from amends.measures.ranking import auroc, calibration_error
from amends.reading.heads import HEADS, heads
from amends.reading.read import read
from tools.train_reading import FIRST, OTHERS, held_out, material

PAGE: Final = Path(__file__).parents[1] / "docs/languages.md"
BEGIN: Final = "<!-- other languages: written by tools/judge_languages.py -->"
END: Final = "<!-- end of other languages -->"
BUDGET: Final = 0.2
FEWEST_YES: Final = 15
HEADING: Final = (
    "| language | anger AUROC | of the angry, found in the top 20 % | calibration error | heads that speak |\n"
    "|---|---|---|---|---|"
)


def row(tag: str) -> str:
    """Return one language's row of the table."""
    name = load(tag).about["name"]
    return f"| {name} (`{tag}`) | {measured(tag)} | {spoken(tag)} |"


def measured(tag: str) -> str:
    """Return the three figures of a language, or that there is not enough data."""
    rows = material(tag) if tag in OTHERS else []
    held = [one for one, out in zip(rows, held_out(rows), strict=True) if out and "anger" in one.labels]
    labels = [one.labels["anger"] for one in held]
    if sum(labels) < FEWEST_YES:
        return f"not enough data (n={len(held)}, angry {sum(labels)}) | |"
    scores = [read(one.text, language=tag).emotions["anger"] for one in held]
    found = recall(scores, labels)
    return f"{auroc(scores, labels)} | {found:.2f} of {sum(labels)} | {calibration_error(scores, labels):.2f}"


def recall(scores: list[float], labels: list[bool]) -> float:
    """Return which share of the yes-rows is among the fifth of the rows with the highest scores."""
    ranked = sorted(zip(scores, labels, strict=True), key=lambda pair: -pair[0])
    return sum(label for _, label in ranked[: round(BUDGET * len(ranked))]) / sum(labels)


def spoken(tag: str) -> str:
    """Return which heads of a language are not silent."""
    trained = heads(tag)
    if trained is None:
        return "none: words alone"
    return ", ".join(name for name, bias in zip(HEADS, trained.bias, strict=True) if not math.isnan(bias)) or "none"


def others() -> list[str]:
    """Return the tags that have a pack for reading and are not of the first four."""
    return sorted(tag for tag in available() if tag not in (*FIRST, "und") and load(tag).has("reading.toml"))


def main() -> None:
    """Measure every language and write its row."""
    table = "\n".join([HEADING, *map(row, others())])
    page = PAGE.read_text(encoding="utf-8")
    between = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    PAGE.write_text(between.sub(lambda _: f"{BEGIN}\n{table}\n{END}", page), encoding="utf-8")


if __name__ == "__main__":
    main()
