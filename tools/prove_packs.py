"""Prove the rule packs that ship: run every example, then note the digests so that loading need not run them again."""

import sys
from pathlib import Path

from amends.coach.pack import rules_of
from amends.coach.proof import PROVEN, digest, failing
from amends.languages import available, load


def main() -> int:
    """Return 0 and write the digests when all examples of all packs hold, else print those that do not."""
    packs = [load(tag) for tag in sorted(available())]
    failures = [f"{pack.tag}: {failure}" for pack in packs for failure in failing(rules_of(pack))]
    print("\n".join(failures) or f"{len(packs)} packs proven")
    if not failures:
        path = Path(__file__).parents[1] / "src/amends/coach" / PROVEN
        path.write_text("".join(f"{made}\n" for made in sorted({digest(pack) for pack in packs})), encoding="utf-8")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
