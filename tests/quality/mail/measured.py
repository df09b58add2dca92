"""Where the mails that nobody of us wrote are, and how a share is reported."""

import os
from math import sqrt
from pathlib import Path

ROOT = Path(__file__).parents[3]
MAIL = (ROOT / os.environ.get("AMENDS_DATA", "../shared/data") / "mail").resolve()


def letters(*folders: str) -> list[Path]:
    """Return the .eml files of these folders, sorted."""
    return sorted(path for folder in folders for path in (MAIL / folder).rglob("*.eml"))


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Return the 95 % Wilson interval of a share."""
    z, p = 1.96, hits / n
    middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


def report(name: str, hits: int, n: int) -> None:
    """Print a measured share with its n and interval."""
    low, high = wilson(hits, n)
    print(f"{name}: {hits} of {n} ({hits / n:.1%}, 95 % interval {low:.1%}–{high:.1%})")
