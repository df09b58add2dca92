"""A promise found in words, before anyone confirmed it."""

from dataclasses import dataclass
from enum import StrEnum

from amends.text.spans import Span
from amends.vocabulary import Deed, JsonObject, Moment


class Basis(StrEnum):
    """How the words give the time."""

    EXPLICIT = "explicit"
    RELATIVE = "relative"
    BUSINESS_DAYS = "business_days"
    RANGE = "range"
    VAGUE = "vague"


@dataclass(frozen=True, kw_only=True)
class FoundPromise:
    """A commitment of ours in a text. `due_start` equals `due_end` but for ranges; both are None when vague."""

    span: Span
    what: Deed
    due_start: Moment | None
    due_end: Moment | None
    basis: Basis
    confidence: float

    def as_json(self) -> JsonObject:
        """Return the promise in the shape of the `amends promises` contract."""
        return {
            "start": self.span.start,
            "end": self.span.end,
            "what": self.what,
            "due_start": self.due_start.isoformat() if self.due_start else None,
            "due_end": self.due_end.isoformat() if self.due_end else None,
            "basis": self.basis,
            "confidence": round(self.confidence, 4),
        }
