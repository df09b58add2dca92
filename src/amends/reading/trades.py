"""What a trade calls its troubles: a tree of causes for each, with the words of that trade, as data of the pack.

A desk may name its trade; where none is named the words of the message tell it, or nothing does. The leaves are those
of every trade (CauseKind): a tree only stands before them ("bank.money.billing"). docs/decisions/0146
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from amends.languages import LanguagePack
from amends.reading.cues import Found
from amends.reading.patterns import Groups, Script, groups
from amends.vocabulary import BadPack, CauseKind

FILE: Final = "trades.toml"
TRADES: Final = ("commerce", "delivery", "telecom", "bank", "travel", "software")
GUESS: Final = "guess"


@dataclass(frozen=True, kw_only=True)
class Trade:
    """A trade in one language: what it is called, and for each leaf the path to it and its word ("" the usual one)."""

    id: str
    shown: str
    paths: Mapping[CauseKind, str]
    words: Mapping[CauseKind, str]


@cache
def trades(pack: LanguagePack) -> Mapping[str, Trade]:
    """Return the trades of a pack by id; none where neither it nor its parents tell any."""
    if not _tells(pack):
        return {}
    source = pack.toml(FILE)
    return {name: _trade(name, source[name], pack) for name in TRADES if name in source}


def trade_of(found: Found) -> str:
    """Return the trade whose words are most in a message; "" where none are, or two trades have as many."""
    if not _tells(found.book.pack):
        return ""
    said = Counter(name for name, _ in {(hit.group, hit.span) for hit in _groups(found.book.pack).hits(found.plain)})
    ranked = said.most_common(2)
    is_clear = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] > ranked[1][1])
    return ranked[0][0] if is_clear else ""


def _tells(pack: LanguagePack) -> bool:
    return pack.has(FILE) or (pack.parent is not None and _tells(pack.parent))


def _trade(name: str, table: Mapping[str, Mapping[str, str]], pack: LanguagePack) -> Trade:
    leaves = {path: path.rpartition(".")[2] for path in table["causes"]}
    if sorted(leaves.values()) != sorted(CauseKind):
        raise BadPack(f"{pack.tag}/{FILE}: {name} must tell each cause once")
    return Trade(
        id=name,
        shown=str(table["shown"]),
        paths={CauseKind(leaf): f"{name}.{path}" for path, leaf in leaves.items()},
        words={CauseKind(leaf): table["causes"][path] for path, leaf in leaves.items()},
    )


@cache
def _groups(pack: LanguagePack) -> Groups:
    """Return the words by which each trade is told. Raises BadPack naming the pattern that is wrong."""
    source = pack.toml(FILE)
    named = {name: source[name][GUESS] for name in TRADES if GUESS in source.get(name, {})}
    try:
        return groups(named, Script(spaced=source.get("script", "spaced") == "spaced"))
    except BadPack as wrong:
        raise BadPack(f"{pack.tag}/{FILE}: {wrong}") from wrong
