"""Which conversation a letter continues: our own signed marks first, then headers, if we know who wrote."""

import hashlib
import hmac
import re
from base64 import b32encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, kw_only=True)
class ThreadEvidence:
    """What a letter says about the conversation it continues.

    `signed`: the token of a conversation under our own seal, None without one; `signed_by`: where it stood, in words;
    `referenced`: the Message-IDs it names, nearest first; `sender`: its address in lower case; `forged`: it carries a
    mark of ours whose seal is not right.
    """

    signed: str | None = None
    signed_by: str = ""
    referenced: tuple[str, ...] = ()
    sender: str = ""
    forged: bool = False


@dataclass(frozen=True, kw_only=True)
class Placement:
    """Where a letter belongs. At most one of `join` and `linked_to` is set; neither means a new conversation.

    `join`: the conversation it becomes part of; `linked_to`: one that it seems to speak of, shown beside a new case;
    `why`: the reason in English words for the one who reads the case.
    """

    join: str | None = None
    linked_to: str | None = None
    why: str

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
    for where, marks in (("the address it was sent to", named), ("the message it answers", list(referenced))):
        for mark in marks:
            if token := verify(mark, key=key, domain=domain if mark.startswith("<") else ""):
                return ThreadEvidence(signed=token, signed_by=where, referenced=referenced, sender=sender)
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
) -> Placement:
    """Return where a letter belongs, and why.

    `known_participants`: a conversation's token → the addresses, in lower case, of people who take part in it;
    `conversations_by_message_id`: Message-IDs we hold → their conversation's token. A right seal joins. Headers
    anybody can write join only from a participant; a stranger who knows a Message-ID gets a new, linked case.
    """
    if evidence.signed is not None:
        return Placement(join=evidence.signed, why=f"our own seal on {evidence.signed_by}")
    named = next(
        (conversations_by_message_id[i] for i in evidence.referenced if i in conversations_by_message_id), None
    )
    if named is None:
        return Placement(why=_why_new(evidence))
    if evidence.sender and evidence.sender in known_participants.get(named, ()):
        return Placement(join=named, why=f"{evidence.sender} takes part, and it answers a message of this conversation")
    who = evidence.sender or "an unknown sender"
    return Placement(linked_to=named, why=f"it names a message of this conversation, but {who} takes no part in it")


def _why_new(evidence: ThreadEvidence) -> str:
    if evidence.forged:
        return "it carries a mark of ours whose seal is wrong"
    return "it answers no message that we know" if evidence.referenced else "it answers nothing"
