"""From where on a reply is read more strictly, as somebody set it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from amends.vocabulary import AmendsError

NEVER: Final = "never"
KEYS: Final = frozenset({"first_reply", "angry_from", "busy_from", "late_from", "late_until"})


class BadStrictness(AmendsError):
    """The table `strictness` of amends.toml is not right. docs/reference/settings.md says what may stand there."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """From where on a reply is read more strictly; None: never. Hours are those of the writer's own clock, 0–23.

    `angry_from`: intensity 0–4 of the customer; `busy_from`: hot cases the writer has in hand; `late_from` and
    `late_until` bound the hours in which people tire.
    """

    is_first_reply_strict: bool = True
    angry_from: int | None = 3
    busy_from: int | None = 8
    late_from: int | None = 20
    late_until: int = 6


USUAL: Final = Limits()


def limits_in(table: Mapping[str, Any]) -> Limits:
    """Return the limits that a table of settings says, the usual ones for what it leaves out; "never" switches one off.

    Raises BadStrictness for any other word, name, or number out of range.
    """
    if unknown := set(table) - KEYS:
        raise BadStrictness(f"strictness: there is no setting {', '.join(sorted(unknown))}")
    late_until = _number(table, "late_until", USUAL.late_until, most=23)
    return Limits(
        is_first_reply_strict=_truth(table.get("first_reply", USUAL.is_first_reply_strict)),
        angry_from=_number(table, "angry_from", USUAL.angry_from, most=4),
        busy_from=_number(table, "busy_from", USUAL.busy_from, most=10_000),
        late_from=_number(table, "late_from", USUAL.late_from, most=23),
        late_until=0 if late_until is None else late_until,
    )


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise BadStrictness(f"strictness: first_reply is true or false, not {value!r}")
    return value


def _number(table: Mapping[str, Any], name: str, usual: int | None, *, most: int) -> int | None:
    value = table.get(name, usual)
    if value == NEVER:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise BadStrictness(f"strictness: {name} is a whole number from 0 to {most}, or never; not {value!r}")
    return value
