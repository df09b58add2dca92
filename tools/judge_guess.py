"""How rightly the language of a message is told: the table of docs/languages.md, between two marks.

    python -m tools.judge_guess

On all messages written for the project in the first four languages; the lists of words were widened after a look at
what was told wrongly, so unseen text reads lower.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from amends.cli.benches.language import LENGTHS, measured

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs/languages.md"
FIRST: Final = ("en", "id", "th", "fi")
BEGIN: Final = "<!-- telling languages: written by tools/judge_guess.py -->"
END: Final = "<!-- end of telling languages -->"


def main() -> None:
    """Measure and write the table."""
    groups = {name: list(_rows(name)) for name in FIRST}
    groups |= {"the four": [row for rows in groups.values() for row in rows], "20 others": list(_others())}
    lines = [
        f"| which | from the text alone | {' | '.join(LENGTHS)} | in a conversation of that language |",
        "|---|---|---|---|---|---|",
    ]
    lines += [_line(name, measured(rows)) for name, rows in groups.items()]
    page = PAGE.read_text(encoding="utf-8")
    between = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    table = "\n".join(lines)
    PAGE.write_text(between.sub(lambda _: f"{BEGIN}\n{table}\n{END}", page), encoding="utf-8")


def _line(name: str, told: dict[str, Any]) -> str:
    alone = told["alone"]
    parts = [_said(alone["all"]), *(_said(alone[part]) for part in LENGTHS), _said(told["in_conversation"]["all"])]
    return f"| {name} | {' | '.join(parts)} |"


def _said(share: dict[str, Any]) -> str:
    return f"{share['right']:.3f} [{share['low']:.3f}–{share['high']:.3f}] n={share['n']}" if share["n"] else "–"


def _rows(tag: str) -> Iterator[dict[str, Any]]:
    for path in (ROOT / f"data/reading/{tag}.jsonl", ROOT / f"tests/quality/{tag}/reading.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield {"text": json.loads(line)["text"], "language": tag}


def _others() -> Iterator[dict[str, Any]]:
    for path in sorted((ROOT / "tests/quality/sanity").glob("*.toml")):
        for texts in tomllib.loads(path.read_text(encoding="utf-8")).values():
            yield from ({"text": text, "language": path.stem} for text in texts)


if __name__ == "__main__":
    main()
