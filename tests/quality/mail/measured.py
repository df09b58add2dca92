"""Where the mails that nobody of us wrote are, and how a share is reported."""

import os
from pathlib import Path

from amends.measures.shares import Share

ROOT = Path(__file__).parents[3]
MAIL = (ROOT / os.environ.get("AMENDS_DATA", "../shared/data") / "mail").resolve()


def letters(*folders: str) -> list[Path]:
    """Return the .eml files of these folders, sorted."""
    return sorted(path for folder in folders for path in (MAIL / folder).rglob("*.eml"))


def report(name: str, hits: int, n: int) -> None:
    """Print a measured share with its n and interval."""
    low, high = Share(hits=hits, n=n).interval
    print(f"{name}: {hits} of {n} ({hits / n:.1%}, 95 % interval {low:.1%}–{high:.1%})")
