"""Live through many simulated quarters and pool what they show: `python -m tools.live_quarters 201 220`.

Each line is one quarter; the last pools them. Told before due is what counts; needless warnings are its price.
"""

import json
import sys
from collections.abc import Sequence
from typing import Final

from amends.flow.quarter.report import share_as_json, simulate
from amends.measures.shares import Share
from amends.vocabulary import JsonObject

NUMBER: Final = 1000
AGENTS: Final = 12
SHARES: Final = {
    "told_before_due": ("told_before_due",),
    "needless": ("warned", "needless"),
    "needless_by_forecast": ("warned_by_forecast", "needless"),
}


def main(first: int, last: int) -> None:
    """Print each quarter and all of them."""
    arms: dict[str, list[JsonObject]] = {"ledger_alone": [], "looks_ahead": []}
    for seed in range(first, last + 1):
        found = simulate(number=NUMBER, agents=AGENTS, seed=seed)
        for arm, rows in arms.items():
            rows.append(found[arm])
        print(json.dumps({"seed": seed, **{arm: _pooled(rows[-1:]) for arm, rows in arms.items()}}), flush=True)
    print(json.dumps({"seeds": f"{first}–{last}", **{arm: _pooled(rows) for arm, rows in arms.items()}}))


def _pooled(rows: Sequence[JsonObject]) -> JsonObject:
    pooled: JsonObject = {name: share_as_json(_share(rows, path)) for name, path in SHARES.items()}
    pooled["told_after_due"] = sum(row["told_after_due"] for row in rows)
    pooled["told_though_kept"] = sum(row["told_though_kept"] for row in rows)
    pooled["lead_h_p50_by_forecast"] = [row["warned_by_forecast"]["lead_h_p50"] for row in rows]
    return pooled


def _share(rows: Sequence[JsonObject], path: Sequence[str]) -> Share:
    found = []
    for row in rows:
        for name in path:
            row = row[name]
        found.append(row)
    return Share(hits=sum(each["hits"] for each in found), n=sum(each["n"] for each in found))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
