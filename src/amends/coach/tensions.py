"""Tensions: where two good rules pull apart, with words that each side finds and words that it leaves alone.

They are data of a language (`tensions.yaml`), shown on the page of each rule that takes part.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from amends.coach.catalogue import catalogue
from amends.coach.entry import Example
from amends.coach.pack import case_of
from amends.languages.pack import LanguagePack
from amends.vocabulary import BadPack

FILE: Final = "tensions.yaml"
KEYS: Final = {"rule", "found", "left"}


@dataclass(frozen=True, kw_only=True)
class Side:
    """One side of a tension: `rule` finds `found`, and leaves alone `left`, which does what the other side asks."""

    rule: str
    found: Example
    left: Example


@dataclass(frozen=True, kw_only=True)
class Tension:
    """Rows of the playbook that pull apart, and their sides."""

    rows: tuple[str, ...]
    sides: tuple[Side, ...]


@cache
def tensions(pack: LanguagePack) -> tuple[Tension, ...]:
    """Return the tensions of a language, none where nobody wrote them down. Raises BadPack naming what is wrong."""
    if not pack.has(FILE):
        return ()
    read = pack.yaml(FILE)
    return tuple(
        Tension(rows=tuple(rows.split("-")), sides=tuple(_side(pack, rows, row) for row in sides))
        for rows, sides in read.items()
    )


def _side(pack: LanguagePack, rows: str, row: dict[str, Any]) -> Side:
    if set(row) != KEYS or row["rule"] not in catalogue():
        raise BadPack(f"{pack.tag}/{FILE}: {rows}: a side needs {', '.join(sorted(KEYS))}, of a rule of the catalogue")
    return Side(rule=row["rule"], found=_example(row["found"]), left=_example(row["left"]))


def _example(told: Any) -> Example:
    row: dict[str, Any] = {"reply": told} if isinstance(told, str) else told
    return Example(reply=row["reply"], message=row.get("message"), case=case_of(row.get("case", {})))
