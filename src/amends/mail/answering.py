"""Whether a machine of ours may answer a letter at all (RFC 3834): only a person who wrote to us, never a machine."""

import re
from collections.abc import Collection
from typing import Final

from amends.mail.letter import Letter, LetterKind

NOBODY_READS: Final = re.compile(
    r"(?:no|do|donot|dont)[-_.]?(?:not[-_.]?)?repl(?:y|ies)|noreply|ei[-_.]?vastata|mailer-daemon|postmaster|"
    r"bounces?|owner-|listserv|majordomo|daemon|root|nobody|notifications?|alerts?|newsletter|automailer",
    re.IGNORECASE,
)
LISTS: Final = ("list-id", "list-post", "list-help", "list-unsubscribe", "list-subscribe", "mailing-list")
MACHINE_PRECEDENCE: Final = frozenset({"bulk", "list", "junk", "auto_reply", "auto-reply", "autoreply"})
SUPPRESSED: Final = frozenset({"all", "oof", "autoreply"})


def why_not_by_machine(letter: Letter, *, writer: str, own_addresses: Collection[str]) -> str:
    """Return why no machine may answer this letter, "" when one may.

    `writer` is the address an answer would go to; `own_addresses` are ours, in lower case. One of `nobody` (there is
    no address, or nobody reads there), `ourselves`, `machine`, `list`, `null_sender`, `suppressed`.
    """
    address = writer.lower()
    if "@" not in address or NOBODY_READS.match(address):
        return "nobody"
    if address in own_addresses:
        return "ourselves"
    return _why_not_by_kind(letter) or _why_not_by_headers(letter)


def _why_not_by_kind(letter: Letter) -> str:
    if letter.kind is LetterKind.HUMAN:
        return ""
    return "list" if letter.kind is LetterKind.LIST else "machine"


def _why_not_by_headers(letter: Letter) -> str:
    said = {name: value.strip().lower() for name, value in letter.headers}
    if said.get("return-path") == "<>":
        return "null_sender"
    if any(name in said for name in LISTS):
        return "list"
    submitted = said.get("auto-submitted", "no").partition(";")[0].strip()
    if submitted not in ("", "no") or said.get("precedence") in MACHINE_PRECEDENCE:
        return "machine"
    suppressed = {word.strip() for word in said.get("x-auto-response-suppress", "").split(",")}
    return "suppressed" if suppressed & SUPPRESSED else ""
