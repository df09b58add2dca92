"""How well public test-like rows are read: a table of docs/languages.md, between two marks.

    AMENDS_DATA=../shared/data python -m tools.judge_public

Both tiers, on the tenth of each set that no head has learnt from (the sets' own test splits are not here): anger as a
feeling, at anything, and complaints against what Thai writers find negative.
"""

import random
import re
from collections.abc import Callable, Sequence
from typing import Final

from amends.engines.choose import embedder
from amends.measures.ranking import auroc
from amends.reading.read import read
from amends.reading.values import Reading
from tools.judge_languages import PAGE
from tools.train_reading import SEED, Row, brighter, held_out, material, prdect, sentiment, xed

BEGIN: Final = "<!-- public sets: written by tools/judge_public.py -->"
END: Final = "<!-- end of public sets -->"
MOST: Final = 400
HEADING: Final = "| set | language | what | AUROC, both tiers | AUROC, without encoder |\n|---|---|---|---|---|"
AIMS: Final = {"BRIGHTER en": 0.88, "BRIGHTER id": 0.77, "PRDECT-ID": 0.93, "XED fi": 0.77, "Wisesight": 0.90}


def anger(found: Reading) -> float:
    """Return anger at anything."""
    return found.emotions["anger"]


def complaint(found: Reading) -> float:
    """Return how likely they complain."""
    return found.complaint


def unseen(tag: str, rows: Sequence[Row], label: str) -> list[Row]:
    """Return at most 400 of the rows that nothing has learnt from."""
    everything = material(tag)
    out = {row.text for row, held in zip(everything, held_out(everything), strict=True) if held}
    kept = [row for row in rows if row.text in out and label in row.labels]
    random.Random(SEED).shuffle(kept)  # the same rows each time
    return kept[:MOST]


def line(name: str, tag: str, rows: Sequence[Row], label: str, score: Callable[[Reading], float]) -> str:
    """Return one row of the table."""
    kept = unseen(tag, rows, label)
    labels = [row.labels[label] for row in kept]
    both = auroc([score(read(row.text, language=tag, embed=embedder())) for row in kept], labels)
    alone = auroc([score(read(row.text, language=tag)) for row in kept], labels)
    made = f"| {name} (aim {AIMS[name]}) | {tag} | {score.__name__} | {both} | {alone} |"
    print(made, flush=True)
    return made


def main() -> None:
    """Measure every set and write the table."""
    wisesight = list(sentiment("sentiment-wisesight-th", negative="neg"))
    lines = [
        line("BRIGHTER en", "en", list(brighter("en")), "anger", anger),
        line("BRIGHTER id", "id", list(brighter("id")), "anger", anger),
        line("PRDECT-ID", "id", list(prdect()), "anger", anger),
        line("XED fi", "fi", list(xed("fi")), "anger", anger),
        line("Wisesight", "th", wisesight, "negative", complaint),
    ]
    table = "\n".join([HEADING, *lines])
    page = PAGE.read_text(encoding="utf-8")
    between = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    PAGE.write_text(between.sub(lambda _: f"{BEGIN}\n{table}\n{END}", page), encoding="utf-8")


if __name__ == "__main__":
    main()
