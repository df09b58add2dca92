"""Words that every part of Amends shares: values, their names, and the tree of errors.

Siblings (promises, coach, routing …) meet only through these values, never through each other.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any, Final

LanguageTag = str
"""A BCP 47 tag, lower case where it matters: `en`, `id`, `th`, `fi`, `pt-BR`, `und` when unknown."""

Moment = datetime
"""A point in time that always knows its offset; naive datetimes are refused at every door."""

FIRST_CLASS: Final = ("en", "id", "th", "fi")
EMOTIONS: Final = ("anger", "disgust", "fear", "joy", "sadness", "surprise")


class Intensity(IntEnum):
    """How upset the writer is with us. Words, not volume: cold fury counts."""

    CALM = 0
    UNEASY = 1
    ANNOYED = 2
    ANGRY = 3
    FURIOUS = 4


class ThreatKind(StrEnum):
    """What the writer says they will do to us; docs/glossary.md draws the lines."""

    LEAVE = "leave"
    LEGAL = "legal"
    PUBLIC = "public"
    REGULATOR = "regulator"


class CauseKind(StrEnum):
    """What went wrong, the leaf of a tree that may stand before it (`delivery.late`)."""

    LATE = "late"
    DAMAGED = "damaged"
    WRONG_ITEM = "wrong_item"
    MISSING = "missing"
    DEFECTIVE = "defective"
    REFUND = "refund"
    BILLING = "billing"
    RUDE_STAFF = "rude_staff"
    NO_ANSWER = "no_answer"
    CANCELLATION = "cancellation"
    MISLEADING = "misleading"
    ACCOUNT = "account"
    WARRANTY = "warranty"
    OTHER = "other"


class WishKind(StrEnum):
    """What the writer asks us to do."""

    REFUND = "refund"
    REPLACEMENT = "replacement"
    REPAIR = "repair"
    APOLOGY = "apology"
    EXPLANATION = "explanation"
    DISCOUNT = "discount"
    CONTACT = "contact"
    CANCEL = "cancel"
    SPEED = "speed"
    OTHER = "other"


class FactKind(StrEnum):
    """A thing the writer names that can be looked up."""

    ORDER = "order"
    AMOUNT = "amount"
    DATE = "date"
    PRODUCT = "product"
    PERSON = "person"
    PLACE = "place"
    OTHER = "other"


class Fault(StrEnum):
    """Whose mistake it was. Unknown until somebody looked; never `theirs` by default (R56)."""

    OURS = "ours"
    SHARED = "shared"
    THEIRS = "theirs"
    UNKNOWN = "unknown"


class Stage(StrEnum):
    """The four stages of recovery, MAMA (Micah Solomon): every case walks them."""

    LISTEN = "listen"
    ACKNOWLEDGE = "acknowledge"
    MEETING = "meeting"
    ACT = "act"


class PromiseState(StrEnum):
    """Where a promise stands. The last four are final: nothing leads out of them."""

    MADE = "made"
    SLIPPING = "slipping"
    TOLD = "told"
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    BROKEN = "broken"
    RELEASED = "released"

    @property
    def final(self) -> bool:
        """Return whether this promise has ended, well or badly."""
        return self in FINAL_PROMISE_STATES


FINAL_PROMISE_STATES: Final = frozenset(
    {PromiseState.KEPT, PromiseState.KEPT_LATE, PromiseState.BROKEN, PromiseState.RELEASED}
)


class Deed(StrEnum):
    """What a promise promises."""

    REFUND = "refund"
    REPLACEMENT = "replacement"
    DELIVERY = "delivery"
    REPAIR = "repair"
    CALL = "call"
    ANSWER = "answer"
    VISIT = "visit"
    CREDIT = "credit"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Money:
    """A sum with its ISO 4217 currency."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, kw_only=True)
class Heat:
    """How hot a case is at one moment: `intensity` 0–4, measured on one message of the customer."""

    at: Moment
    intensity: Intensity
    anger_probability: float
    message_id: int


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something known about a case that a reply may name: kind `order`, value `TH-88213`."""

    kind: str
    value: str


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """What a pure rule may know of a case: no rows, no database.

    `customer_name` as the customer writes it; `anger` 0–4 of the last message, None before it was read.
    `market`: ISO country of the customer, "" unknown. `worth`: what they have bought from us so far. `former_replies`:
    what we wrote on this case before, the latest last. `broke_promise`: a promise to them was broken since.
    """

    customer_name: str = ""
    fault: Fault = Fault.UNKNOWN
    channel: str = "email"
    stage: Stage | None = None
    facts: tuple[Fact, ...] = ()
    anger: int | None = None
    first_reply: bool = True
    has_linked_fix: bool = False
    market: str = ""
    worth: Money | None = None
    former_replies: tuple[str, ...] = ()
    broke_promise: bool = False


JsonObject = dict[str, Any]


class AmendsError(Exception):
    """Something went wrong in Amends. Nothing was lost; see the details and try again."""

    def __init__(self, detail: str = "", **context: object) -> None:
        self.detail = detail
        self.context = context
        super().__init__(detail or (type(self).__doc__ or "").strip())


class BadPack(AmendsError):
    """A language pack or rule pack is not right, so it was not loaded. The rest goes on; mend the line named."""


class TextTooLong(AmendsError):
    """The text is longer than Amends reads at once. Shorten it, or read it in parts."""


class EngineMissing(AmendsError):
    """An optional engine is not installed. The desk goes on without it and shows the gap."""


class CannotSend(AmendsError):
    """The reply still breaks a rule that would anger the customer again. Change it, or send with a reason."""


class StaleReply(AmendsError):
    """Something happened on this case after you began to write. Read what is new, then send."""


class FinalState(AmendsError):
    """This has already ended and cannot change any more. Make a new promise instead."""
