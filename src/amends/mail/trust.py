"""Whether a letter's sender is who it says: what hosts we trust wrote down, or what we found out ourselves.

Only a failure takes trust away; that nothing could be found out takes none. The words are shown whatever comes out.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from publicsuffixlist import PublicSuffixList

from amends.mail.letter import Letter
from amends.vocabulary import JsonObject

DOMAIN: Final = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,20}")


class Verdict(StrEnum):
    """How far the sender's name can be believed. `none`: nothing speaks for it or against; `unchecked`: not known."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    NONE = "none"
    UNCHECKED = "unchecked"


class Reason(StrEnum):
    """What a verdict rests on, or what else is odd about how the sender shows themselves."""

    SIGNED = "signed"
    SENT_BY_THEIR_HOST = "sent_by_their_host"
    POLICY_BROKEN = "policy_broken"
    HOST_REFUSED = "host_refused"
    SIGNATURE_BROKEN = "signature_broken"
    NOTHING_PROVES = "nothing_proves"
    NOT_CHECKED = "not_checked"
    NO_SENDER = "no_sender"
    SEVERAL_SENDERS = "several_senders"
    NAME_LIKE_OURS = "name_like_ours"
    NAME_HIDES_ADDRESS = "name_hides_address"
    OUR_ADDRESS = "our_address"
    ANSWERS_ELSEWHERE = "answers_elsewhere"


class Outcome(StrEnum):
    """What one check said. `refused` is SPF's hard fail; `weak` covers softfail, neutral and broken records."""

    PASS = "pass"  # noqa: S105
    REFUSED = "refused"
    WEAK = "weak"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Check:
    """One result: of a signature, the domain that signed; of SPF, the domain of the envelope's sender."""

    domain: str
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class Checks:
    """All that was found out about one letter.

    `policy` is the DMARC policy of the sender's domain: `none`, `quarantine`, `reject`, "" when it has none, and None
    when that is not known. `dmarc` is what a trusted host concluded, UNKNOWN when we conclude ourselves.
    """

    signatures: tuple[Check, ...] = ()
    spf: Check | None = None
    policy: str | None = None
    strict_signature: bool = False
    strict_spf: bool = False
    dmarc: Outcome = Outcome.UNKNOWN


@dataclass(frozen=True, kw_only=True)
class Because:
    """One reason; `about` is the domain, name or address it speaks of."""

    reason: Reason
    about: str = ""

    def as_json(self) -> JsonObject:
        """Return it as kept with a message."""
        return {"why": self.reason.value, "about": self.about[:200]}


@dataclass(frozen=True, kw_only=True)
class Trust:
    """How far the sender is believed, and why."""

    verdict: Verdict
    because: tuple[Because, ...] = ()

    @property
    def failed(self) -> bool:
        """Return whether somebody else seems to have written under this name."""
        return self.verdict is Verdict.FAIL


def domain_of(email: str) -> str:
    """Return the domain of an address in lower case, "" when it has none that DNS could know."""
    found = email.rpartition("@")[2].strip().lower().rstrip(".")
    return found if "@" in email and DOMAIN.fullmatch(found) else ""


def organisation(domain: str) -> str:
    """Return the part of a domain that one owner holds: `mail.shop.co.th` → `shop.co.th`."""
    return _suffixes().privatesuffix(domain) or domain


@cache
def _suffixes() -> PublicSuffixList:
    # The list comes with the package: no network, as new as its release.
    return PublicSuffixList()


def aligned(domain: str, sender_domain: str, *, strict: bool = False) -> bool:
    """Return whether two domains count as one owner's (RFC 7489 §3.1)."""
    if strict or not domain or not sender_domain:
        return bool(domain) and domain == sender_domain
    return organisation(domain) == organisation(sender_domain)


def judge(checks: Checks | None, *, sender_domain: str) -> Trust:
    """Return the verdict from what was found out; None means that nothing could be looked at.

    A letter fails when its domain asks for refusal (DMARC quarantine or reject) and nothing proves it, or when its
    domain's own list of hosts (SPF) refuses the one it came from. A domain that only watches (`p=none`) fails no
    letter that some other domain signed, because many honest senders have a service send for them.
    """
    if not sender_domain:
        return _because(Verdict.NONE, Reason.NO_SENDER)
    if checks is None:
        return _because(Verdict.UNCHECKED, Reason.NOT_CHECKED)
    if proof := _proof(checks, sender_domain):
        return Trust(verdict=Verdict.PASS, because=(proof,))
    if _is_open(checks):
        return _because(Verdict.UNCHECKED, Reason.NOT_CHECKED, sender_domain)
    if checks.policy in {"quarantine", "reject"}:
        return _because(Verdict.FAIL, Reason.POLICY_BROKEN, sender_domain)
    if _refused(checks, sender_domain):
        return _because(Verdict.FAIL, Reason.HOST_REFUSED, sender_domain)
    if any(check.outcome is Outcome.WEAK for check in checks.signatures):
        return _because(Verdict.NONE, Reason.SIGNATURE_BROKEN, sender_domain)
    return _because(Verdict.NONE, Reason.NOTHING_PROVES, sender_domain)


def _because(verdict: Verdict, reason: Reason, about: str = "") -> Trust:
    return Trust(verdict=verdict, because=(Because(reason=reason, about=about),))


def _proof(checks: Checks, sender_domain: str) -> Because | None:
    for check in checks.signatures:
        is_theirs = aligned(check.domain, sender_domain, strict=checks.strict_signature)
        if check.outcome is Outcome.PASS and is_theirs:
            return Because(reason=Reason.SIGNED, about=check.domain)
    spf = checks.spf
    if spf and spf.outcome is Outcome.PASS and aligned(spf.domain, sender_domain, strict=checks.strict_spf):
        return Because(reason=Reason.SENT_BY_THEIR_HOST, about=spf.domain)
    return Because(reason=Reason.SIGNED, about=sender_domain) if checks.dmarc is Outcome.PASS else None


def _is_open(checks: Checks) -> bool:
    """Return whether something that could still prove the sender was not found out."""
    if checks.dmarc is Outcome.REFUSED:
        return False
    unknown = any(check.outcome is Outcome.UNKNOWN for check in checks.signatures)
    return unknown or checks.policy is None or checks.spf is None or checks.spf.outcome is Outcome.UNKNOWN


def _refused(checks: Checks, sender_domain: str) -> bool:
    spf = checks.spf
    is_signed = any(check.outcome is Outcome.PASS for check in checks.signatures)
    return bool(
        spf and spf.outcome is Outcome.REFUSED and not is_signed and aligned(spf.domain, sender_domain)
    )  # fmt: skip


def cautions(
    letter: Letter, *, own_addresses: Collection[str], own_names: Collection[str]
) -> tuple[Because, ...]:  # fmt: skip
    """Return what is odd about how the sender shows themselves. `own_*`: ours and our colleagues', in lower case."""
    sender = letter.sender
    if sender is None:
        return ()
    found: list[Because] = []
    if sum(name == "from" for name, _ in letter.headers) > 1:
        found.append(Because(reason=Reason.SEVERAL_SENDERS))
    if sender.email.lower() in own_addresses:
        found.append(Because(reason=Reason.OUR_ADDRESS, about=sender.email))
    elif (name := " ".join(sender.name.lower().split())) and name in own_names:
        found.append(Because(reason=Reason.NAME_LIKE_OURS, about=sender.name))
    if _other_address(sender.name, sender.email):
        found.append(Because(reason=Reason.NAME_HIDES_ADDRESS, about=sender.email))
    if letter.reply_to and not _same_owner(letter.reply_to.email, sender.email):
        found.append(Because(reason=Reason.ANSWERS_ELSEWHERE, about=letter.reply_to.email))
    return tuple(found)


def _other_address(name: str, email: str) -> bool:
    """Return whether a name shows an address that is not the one behind it: "care@shop.example" <eve@evil.example>."""
    written = [word.strip("<>()[]'\",;:").lower() for word in name[:400].split() if "@" in word]
    return any(domain_of(word) and not _same_owner(word, email) for word in written)


def _same_owner(one: str, other: str) -> bool:
    return aligned(domain_of(one), domain_of(other))


def with_cautions(trust: Trust, because: Sequence[Because]) -> Trust:
    """Return a verdict that also tells what is odd. A letter with several senders is never confirmed."""
    doubtful = any(one.reason is Reason.SEVERAL_SENDERS for one in because)
    verdict = Verdict.NONE if doubtful and trust.verdict is Verdict.PASS else trust.verdict
    return Trust(verdict=verdict, because=(*trust.because, *because))
