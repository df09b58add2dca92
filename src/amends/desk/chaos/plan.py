"""How hard a desk is treated, and what came of it."""

import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from amends.vocabulary import JsonObject


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to do to the desk. The same `seed` makes the same choices; the processes' own timing remains."""

    name: str
    home: Path
    seconds: float = 60.0
    kills: int = 10
    mails: int = 200
    replies: int = 50
    races: int = 50
    rate: float = 20.0
    senders: int = 8
    seed: int = 1
    began: float = field(default_factory=time.monotonic)

    @property
    def left_s(self) -> float:
        """Return how many seconds are left of those allowed."""
        return self.seconds - (time.monotonic() - self.began)


@dataclass(kw_only=True)
class Toll:
    """What became of everything. Each line of `violations` is a promise of ours that broke."""

    mails_in: int = 0
    filed: int = 0
    lost: int = 0
    duplicates: int = 0
    replies_out: int = 0
    sent: int = 0
    uncertain: int = 0
    resent_maybe_delivered: int = 0
    kills: int = 0
    violations: list[str] = field(default_factory=list)
    more: JsonObject = field(default_factory=dict)

    def claim(self, holds: bool, otherwise: str) -> None:
        """Write down a violation unless the claim holds."""
        if not holds:
            self.violations.append(otherwise)

    def as_json(self) -> JsonObject:
        """Return one flat object."""
        found = asdict(self)
        more = found.pop("more")
        return {**found, **more}
