"""What several finders did with the same lines, side by side: one table on stderr, who is left out below it."""

import sys
from collections.abc import Callable, Mapping, Sequence

from rich.console import Console
from rich.table import Table

from amends.vocabulary import JsonObject

Said = Callable[[JsonObject], str]


def show(figures: JsonObject, names: Sequence[str], *, said: Said) -> None:
    """Print the figures `names` of each side; `said` puts one with an interval in words, "–" says there is none."""
    table = Table("", *figures["sides"], title=f"{figures['labelled']} labelled lines, {figures['language']}")
    for name in names:
        table.add_row(name.replace("_", " "), *(_cell(side[name], said) for side in figures["sides"].values()))
    tell(table, figures["absent"])


def tell(table: Table, absent: Mapping[str, str]) -> None:
    """Print a table, and below it who is left out and why."""
    console = Console(file=sys.stderr)
    console.print(table)
    for name, why in absent.items():
        console.print(f"{name} is left out: {why}")


def _cell(figure: JsonObject | float, said: Said) -> str:
    if not isinstance(figure, dict):
        return f"{figure:.3f}"
    return "–" if figure["value"] is None else said(figure)
