"""What a bounce says: did delivery fail for good, for now, or is it only late, and for whom."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from amends.languages import LanguagePack

FILE = "automatic.toml"
READ_CODE_POINTS = 20_000
MOST_RECIPIENTS = 50
# RFC 3464 §2.3: one block of fields for each recipient.
FIELD = re.compile(
    r"^[ \t>]{0,8}(original-recipient|final-recipient|action|status|diagnostic-code)[ \t]{0,4}:[ \t]{0,8}(.{0,1000})$",
    re.IGNORECASE | re.MULTILINE,
)
ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
REPLY_CODE = re.compile(r"(?<![\d.:])([45]\d\d)(?=[ -]|$)", re.MULTILINE)
ENHANCED_OR_TYPE = re.compile(r"^\s{0,4}(?:rfc822|utf-8|x-[\w-]{1,30}|smtp)\s{0,4};\s{0,4}", re.IGNORECASE)
# RFC 3463: the address or its host is wrong. Every other failure can pass: a full mailbox, a rule, a broken host.
ADDRESS_IS_WRONG = re.compile(r"1\.(?:[012346]|10)|2\.1|4\.4|7\.13")
GENERAL = ("0.0", "5.0", "3.0", "2.0", "4.1", "7.1", "1.0")
"""Detail codes that hosts send whatever went wrong: the words decide."""


class Failure(StrEnum):
    """What became of a letter: `HARD` the address is wrong, `SOFT` it failed this time, `DELAYED` it is still tried."""

    HARD = "hard"
    SOFT = "soft"
    DELAYED = "delayed"
    NONE = ""


@dataclass(frozen=True, kw_only=True)
class Returned:
    """What a bounce says of the letter it returns."""

    failure: Failure = Failure.NONE
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class FailureWords:
    """Lower-case words of mail systems: what is late, what passes, whose address is wrong, where the copy begins."""

    late: tuple[str, ...]
    soft: tuple[str, ...]
    hard: tuple[str, ...]
    copy: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Block:
    """What a report says of one recipient."""

    address: str = ""
    action: str = ""
    status: str = ""
    reason: str = ""


@cache
def failure_words(packs: tuple[LanguagePack, ...]) -> FailureWords:
    """Return these words of all packs together."""
    tables = [pack.toml(FILE).get("bounce", {}) for pack in packs if pack.has(FILE)]
    late, soft, hard, copy = (
        tuple(word.lower() for table in tables for word in table.get(key, []))
        for key in ("late", "soft", "hard", "copy")
    )
    return FailureWords(late=late, soft=soft, hard=hard, copy=copy)


def what_failed(
    text: str, *, subject: str, named: Sequence[str], ours: Sequence[str], packs: Sequence[LanguagePack]
) -> Returned:
    """Return what a bounce says, from its report (RFC 3464) where it has one, else from its words.

    `named`: addresses that its headers name as failed (X-Failed-Recipients); `ours`: those it came to and from, which
    are never the failed ones. A bounce that gives no reason is soft, so that it silences nobody.
    """
    words = failure_words(tuple(packs))
    read = text[:READ_CODE_POINTS]
    blocks = [block for block in _blocks(read) if block.action in ("", "failed", "delayed")]
    told = f"{subject}\n{_before_copy(read, words)}".lower()
    reported = [block.address for block in blocks if block.address]
    recipients = reported or list(named) or _told_recipients(read, ours, words)
    failures = [failure for block in blocks if (failure := _of_block(block, told, words))]
    return Returned(
        failure=_worst(failures) if failures else _of_words(told, words) or Failure.SOFT,
        recipients=tuple(dict.fromkeys(address.lower() for address in recipients))[:MOST_RECIPIENTS],
    )


def _blocks(text: str) -> Iterator[Block]:
    """Return what a delivery report says of each recipient; fields of one kind twice begin the next one."""
    fields: dict[str, str] = {}
    for found in FIELD.finditer(text):
        name, value = found.group(1).lower(), found.group(2).strip()
        if name in fields and name != "diagnostic-code":
            yield _block(fields)
            fields = {}
        fields.setdefault(name, value)
    if fields:
        yield _block(fields)


def _block(fields: dict[str, str]) -> Block:
    named = fields.get("original-recipient") or fields.get("final-recipient") or ""
    address = ADDRESS.search(ENHANCED_OR_TYPE.sub("", named))
    status = STATUS.search(fields.get("status", ""))
    return Block(
        address=address.group() if address else "",
        action=fields.get("action", "").partition(" ")[0].lower(),
        status=status.group() if status else "",
        reason=fields.get("diagnostic-code", "").lower(),
    )


def _of_block(block: Block, told: str, words: FailureWords) -> Failure:
    if block.action == "delayed":
        return Failure.DELAYED
    if not (block.status or block.reason):
        return Failure.NONE
    exact = STATUS.search(block.reason)
    return _of_status(exact.group() if exact else block.status, block.reason, told, words)


def _of_status(status: str, reason: str, told: str, words: FailureWords) -> Failure:
    """Return what an enhanced status code means (RFC 3463); where it says nothing, what the words beside it mean."""
    kind, _, detail = status.partition(".")
    if not status or detail in GENERAL:
        return (
            _of_words(reason, words) or _of_words(told, words) or (Failure.HARD if status == "5.1.0" else Failure.SOFT)
        )
    if kind == "4":
        return Failure.SOFT
    if ADDRESS_IS_WRONG.fullmatch(detail):
        return Failure.HARD
    return Failure.HARD if any(word in reason for word in words.hard) else Failure.SOFT


def _of_words(told: str, words: FailureWords) -> Failure:
    """Return what the words of a bounce without a report mean; `NONE` when they say nothing."""
    if any(word in told for word in words.hard):
        return Failure.HARD
    if any(word in told for word in words.late):
        return Failure.DELAYED
    if any(word in told for word in words.soft):
        return Failure.SOFT
    status = STATUS.search(told)
    if status and status.group().partition(".")[2] not in GENERAL:
        return _of_status(status.group(), "", "", words)
    return Failure.SOFT if REPLY_CODE.search(told) else Failure.NONE


def _worst(failures: Sequence[Failure]) -> Failure:
    return min(failures, key=[Failure.HARD, Failure.SOFT, Failure.DELAYED].index)


def _told_recipients(text: str, ours: Sequence[str], words: FailureWords) -> list[str]:
    """Return the first address that the words name and that is neither ours nor the mail system's."""
    known = {address.lower() for address in ours}
    for found in ADDRESS.finditer(_before_copy(text, words)):
        local = found.group().partition("@")[0].lower()
        if found.group().lower() not in known and local not in ("postmaster", "mailer-daemon", "mailerdaemon"):
            return [found.group()]
    return []


def _before_copy(text: str, words: FailureWords) -> str:
    """Return what a mail system says itself, above the copy of the letter that it returns."""
    lowered = text.lower()
    places = [place for word in words.copy if (place := lowered.find(word)) > 0]
    return text[: min(places)] if places else text


def says_delivered(text: str) -> bool:
    """Return whether a delivery report only says that the letter arrived or went on (RFC 3464 §2.3.3)."""
    actions = {block.action for block in _blocks(text[:READ_CODE_POINTS]) if block.action}
    return bool(actions) and actions <= {"delivered", "relayed", "expanded"}
