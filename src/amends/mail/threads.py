"""Which conversation a letter continues: our own signed marks first, then headers, if we know who wrote."""

import hashlib
import hmac
import re
from base64 import b32encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from amends.mail.letter import Letter
from amends.vocabulary import AmendsError

# 80 bits: guessing one takes 2**79 mails on average, and the local part stays below the 64 octets of RFC 5321.
SEAL_LETTERS = 16
TOKEN = re.compile(r"[a-z0-9]{1,24}")
NONCE = re.compile(r"[a-z0-9-]{1,40}")
SEALED_LOCAL = re.compile(r"(?P<mailbox>.{1,64})\+(?P<token>[a-z0-9]{1,24})\.(?P<seal>[a-z2-7]{16})")
SEALED_ID = re.compile(
    r"<amends\.(?P<token>[a-z0-9]{1,24})\.(?P<nonce>[a-z0-9-]{1,40})\.(?P<seal>[a-z2-7]{16})@(?P<domain>.+)>"
)


class BadToken(AmendsError):
    """This cannot stand in a mail address: a token has 1–24 small letters and digits, a nonce 1–40 with hyphens."""


class Why(StrEnum):
    """Why a letter lies where it lies. Written into rows: never rename one."""

    SEALED_ADDRESS = "sealed_address"
    SEALED_MESSAGE = "sealed_message"
    TAKES_PART = "takes_part"
    STRANGER_NAMES_IT = "stranger_names_it"
    UNPROVED_NAMES_IT = "unproved_names_it"
    WRONG_SEAL = "wrong_seal"
    ANSWERS_UNKNOWN = "answers_unknown"
    ANSWERS_NOTHING = "answers_nothing"
    OUR_PAGE = "our_page"


@dataclass(frozen=True, kw_only=True)
class ThreadEvidence:
    """What a letter says about the conversation it continues.

    `signed`: the token of a conversation under our own seal, None without one; `signed_by`: where it stood;
    `sealed_ids`: the Message-IDs it names that carry our right seal; `referenced`: all that it names, nearest first;
    `sender`: its address in lower case; `forged`: it carries a mark of ours whose seal is not right.
    """

    signed: str | None = None
    signed_by: Why = Why.SEALED_ADDRESS
    sealed_ids: tuple[str, ...] = ()
    referenced: tuple[str, ...] = ()
    sender: str = ""
    forged: bool = False


@dataclass(frozen=True, kw_only=True)
class Placement:
    """Where a letter belongs. At most one of `join` and `linked_to` is set; neither means a new conversation.

    `join`: the conversation it becomes part of; `linked_to`: one that it seems to speak of, shown beside a new case;
    `is_stranger`: it joins by our seal, but its sender takes no part there yet.
    """

    join: str | None = None
    linked_to: str | None = None
    is_stranger: bool = False
    why: Why

    @property
    def is_new(self) -> bool:
        """Return whether a new conversation begins."""
        return self.join is None


def reply_address(case_token: str, *, mailbox: str, key: bytes) -> str:
    """Return the address that answers to a conversation go to: `help+k3f9.<seal>@shop.example`.

    Raises BadToken for a token that is not 1–24 small letters and digits.
    """
    local, _, domain = mailbox.lower().rpartition("@")
    if not TOKEN.fullmatch(case_token) or not local:
        raise BadToken(f"{case_token!r} at {mailbox!r}")
    return f"{local}+{case_token}.{_seal('address', case_token, f'{local}@{domain}', key=key)}@{domain}"


def message_id(case_token: str, *, nonce: str, domain: str, key: bytes) -> str:
    """Return the Message-ID, in angle brackets, of one message of a conversation.

    `nonce` tells the messages of one conversation apart (their number will do). Raises BadToken.
    """
    if not (TOKEN.fullmatch(case_token) and NONCE.fullmatch(nonce)):
        raise BadToken(f"{case_token!r}, {nonce!r}")
    seal = _seal("message", f"{case_token}.{nonce}", domain.lower(), key=key)
    return f"<amends.{case_token}.{nonce}.{seal}@{domain.lower()}>"


def verify(written: str, *, key: bytes, domain: str = "") -> str | None:
    """Return the conversation's token from an address or Message-ID of ours, None unless its seal is right.

    `domain`: where our Message-IDs end, "" for any. Letter case is forgiven, as mail programs change it.
    """
    plain = written.strip().lower()[:600]
    if plain.startswith("<") and (found := SEALED_ID.fullmatch(plain)):
        if domain and found["domain"] != domain.lower():
            return None
        seal = _seal("message", f"{found['token']}.{found['nonce']}", found["domain"], key=key)
        return found["token"] if hmac.compare_digest(seal, found["seal"]) else None
    local, _, at = plain.strip("<>").rpartition("@")
    found = SEALED_LOCAL.fullmatch(local)
    if found is None:
        return None
    seal = _seal("address", found["token"], f"{found['mailbox']}@{at}", key=key)
    return found["token"] if hmac.compare_digest(seal, found["seal"]) else None


def _seal(purpose: str, what: str, where: str, *, key: bytes) -> str:
    """Return the seal over these words; the purpose keeps an address's seal from ever fitting a Message-ID."""
    said = "\x00".join((purpose, what, where)).encode()
    return b32encode(hmac.new(key, said, hashlib.sha256).digest()).decode("ascii").lower()[:SEAL_LETTERS]


def evidence(letter: Letter, *, key: bytes, domain: str) -> ThreadEvidence:
    """Return what a letter says about its conversation: sealed addresses, then sealed Message-IDs, then bare ids."""
    named = [address.email for address in (*letter.to, *letter.cc, *letter.delivered_to)]
    referenced = tuple(dict.fromkeys((*letter.returned, *letter.in_reply_to, *reversed(letter.references))))
    sender = letter.sender.email.lower() if letter.sender else ""
    sealed = tuple(mark for mark in referenced if verify(mark, key=key, domain=domain))
    for mark in (*named, *sealed):
        if token := verify(mark, key=key, domain=domain if mark.startswith("<") else ""):
            by = Why.SEALED_MESSAGE if mark in sealed else Why.SEALED_ADDRESS
            return ThreadEvidence(
                signed=token, signed_by=by, sealed_ids=sealed, referenced=referenced, sender=sender
            )  # fmt: skip
    forged = any(_looks_like_ours(mark, domain) for mark in (*named, *referenced))
    return ThreadEvidence(referenced=referenced, sender=sender, forged=forged)


def _looks_like_ours(mark: str, domain: str) -> bool:
    plain = mark.lower()
    if found := SEALED_ID.fullmatch(plain):
        return found["domain"] == domain.lower()
    return bool(SEALED_LOCAL.fullmatch(plain.rpartition("@")[0]))


def place(
    evidence: ThreadEvidence,
    *,
    known_participants: Mapping[str, Collection[str]],
    conversations_by_message_id: Mapping[str, str],
    is_unproved: bool = False,
) -> Placement:
    """Return where a letter belongs, and why.

    `known_participants`: a conversation's token → the addresses, in lower case, of people who take part in it;
    `conversations_by_message_id`: Message-IDs we hold → the token of the conversation they lie in now;
    `is_unproved`: somebody else seems to write under the sender's name (mail.trust).

    A right seal joins, whoever wrote, and follows the message it answers when a person moved that one. Headers anybody
    can write join only from a participant whose name nobody disproved; everybody else who knows a Message-ID gets a
    new, linked case.
    """
    if evidence.signed is not None:
        moved = (conversations_by_message_id[i] for i in evidence.sealed_ids if i in conversations_by_message_id)
        home = next(moved, evidence.signed)
        is_stranger = evidence.sender not in known_participants.get(home, ())
        return Placement(join=home, why=evidence.signed_by, is_stranger=is_stranger)
    named = next(
        (conversations_by_message_id[i] for i in evidence.referenced if i in conversations_by_message_id), None
    )
    if named is None:
        return Placement(why=_why_new(evidence))
    if not evidence.sender or evidence.sender not in known_participants.get(named, ()):
        return Placement(linked_to=named, why=Why.STRANGER_NAMES_IT)
    if is_unproved:
        return Placement(linked_to=named, why=Why.UNPROVED_NAMES_IT)
    return Placement(join=named, why=Why.TAKES_PART)


def _why_new(evidence: ThreadEvidence) -> Why:
    if evidence.forged:
        return Why.WRONG_SEAL
    return Why.ANSWERS_UNKNOWN if evidence.referenced else Why.ANSWERS_NOTHING
