"""Our own look at who sent a letter: DKIM by dkimpy, SPF by pyspf, the DMARC record by ourselves."""

import ipaddress
import time
from typing import Any, Final

import dkim
import spf
from dkim.util import InvalidTagValueList, parse_tag_value

from amends.mail.host_results import outcome_of
from amends.mail.trust import Check, Checks, Outcome, aligned, organisation
from amends.ports import CannotResolve, Resolver

LONGEST_CHECK_S: Final = 5.0
MOST_LOOKUPS: Final = 30
MOST_SIGNATURES: Final = 5
LARGEST_SIGNED_BYTES: Final = 12_000_000
SHORTEST_KEY_BITS: Final = 1024


class _Patience:
    """A resolver that gives up for one letter: whoever owns a slow domain must not hold the worker."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._until = time.perf_counter() + LONGEST_CHECK_S
        self._left = MOST_LOOKUPS

    def lookup(self, name: str, kind: str) -> tuple[str, ...]:
        """Return the records. Raises CannotResolve, also when this letter has used up its time."""
        self._left -= 1
        if self._left < 0 or time.perf_counter() > self._until:
            raise CannotResolve(f"{kind} of {name}: this letter has used up its time")
        return self._resolver.lookup(name, kind)


def check_sender(raw: bytes, *, sender_domain: str, mail_from: str, peer: str, resolver: Resolver) -> Checks:
    """Return what signature, sending host and policy say of a letter; never raises for what the world sends.

    `sender_domain`: of its From; `mail_from` and `peer`: the envelope's sender and the address of the host that
    handed it to us, "" when the channel does not know them, and then SPF stays unknown.
    """
    patient = _Patience(resolver)
    policy = _policy(sender_domain, patient)
    return Checks(
        signatures=_signatures(raw, sender_domain, patient),
        spf=_spf(mail_from, peer=peer, resolver=patient),
        policy=None if policy is None else policy.get("p", ""),
        strict_signature=(policy or {}).get("adkim") == "s",
        strict_spf=(policy or {}).get("aspf") == "s",
    )


def _policy(domain: str, resolver: _Patience) -> dict[str, str] | None:
    """Return the tags of the domain's DMARC record, {} when it has none, None when that is not known."""
    owner = organisation(domain)
    try:
        for name in dict.fromkeys((domain, owner)):
            found = [text for text in resolver.lookup(f"_dmarc.{name}", "TXT") if text.lower().startswith("v=dmarc1")]
            if len(found) == 1:
                tags = _tags(found[0])
                return tags if name == domain else tags | {"p": tags.get("sp", tags.get("p", ""))}
    except CannotResolve:
        return None
    return {}


def _tags(record: str) -> dict[str, str]:
    pairs = (piece.partition("=") for piece in record[:2_000].lower().split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip()}


def _signatures(raw: bytes, sender_domain: str, resolver: _Patience) -> tuple[Check, ...]:
    """Return each signature's result, those of the sender's own domain first: these alone can prove them."""
    try:
        letter = dkim.DKIM(raw[:LARGEST_SIGNED_BYTES], minkey=SHORTEST_KEY_BITS)
    except dkim.DKIMException:
        return ()
    written = [value for name, value in letter.headers if name.lower() == b"dkim-signature"][:MOST_SIGNATURES]
    found = [
        (place, domain, _is_bounded(value)) for place, value in enumerate(written) if (domain := _signer(value))
    ]  # fmt: skip
    found.sort(key=lambda one: not aligned(one[1], sender_domain))
    is_whole = len(raw) <= LARGEST_SIGNED_BYTES
    return tuple(
        Check(domain=domain, outcome=_verified(raw, place, resolver, is_whole=is_whole, is_bounded=bounded))
        for place, domain, bounded in found
    )


def _signer(value: bytes) -> str:
    try:
        return str(parse_tag_value(value).get(b"d", b"").decode("ascii", "replace")).strip().lower()
    except InvalidTagValueList:
        return ""


def _is_bounded(value: bytes) -> bool:
    """Return whether it signs only the beginning of the body (l=): whoever forwards such a letter can write on."""
    return b"l" in parse_tag_value(value)


def _verified(raw: bytes, place: int, resolver: _Patience, *, is_whole: bool, is_bounded: bool) -> Outcome:
    if not is_whole:
        return Outcome.UNKNOWN

    def key_of(name: bytes, timeout: int = 5) -> bytes:
        return "".join(resolver.lookup(name.decode("ascii", "replace"), "TXT")[:1]).encode()

    try:
        is_right = dkim.DKIM(raw, minkey=SHORTEST_KEY_BITS).verify(idx=place, dnsfunc=key_of)
    except CannotResolve:
        return Outcome.UNKNOWN
    except Exception:  # noqa: BLE001 - a signature from the world breaks libraries in many ways; broken is its verdict
        return Outcome.WEAK
    return Outcome.PASS if is_right and not is_bounded else Outcome.WEAK


def _spf(mail_from: str, *, peer: str, resolver: _Patience) -> Check:
    domain = mail_from.rpartition("@")[2].strip("<> ").lower()
    if not _is_public(peer):
        return Check(domain=domain, outcome=Outcome.UNKNOWN)
    if not domain:
        return Check(domain="", outcome=Outcome.NONE)
    try:
        said, _, _ = _Query(peer, mail_from, domain, resolver).check()
    except Exception:  # noqa: BLE001 - records from the world; what the library cannot read proves nothing
        said = "permerror"
    return Check(domain=domain, outcome=outcome_of(said))


def _is_public(peer: str) -> bool:
    """Return whether a letter came straight from the world: a mail server of ours before us hides who sent it."""
    try:
        return ipaddress.ip_address(peer.removeprefix("IPv6:")).is_global
    except ValueError:
        return False


class _Query(spf.query):  # type: ignore[misc]  # the library has no types
    """pyspf's evaluation over our resolver instead of its own global one."""

    def __init__(self, peer: str, mail_from: str, helo: str, resolver: _Patience) -> None:
        super().__init__(i=peer, s=mail_from, h=helo, strict=True, querytime=0)
        self._ours = resolver

    def dns(self, name: Any, qtype: str, cnames: Any = None, ignore_void: bool = False) -> list[Any]:
        """Return records in the shapes pyspf works with, counting lookups that find nothing (RFC 7208 §4.6.4)."""
        plain = str(name).rstrip(".").lower()
        if not plain or not all(0 < len(label) < 64 for label in plain.split(".")):
            return []
        try:
            answers = self._ours.lookup(plain, qtype)
        except CannotResolve as wrong:
            raise spf.TempError(str(wrong)) from wrong
        if not answers and not ignore_void:
            self.void_lookups += 1
            if self.void_lookups > spf.MAX_VOID_LOOKUPS:
                raise spf.PermError(f"Void lookup limit of {spf.MAX_VOID_LOOKUPS} exceeded")
        return [_shaped(answer, qtype) for answer in answers]


def _shaped(answer: str, kind: str) -> Any:
    if kind == "MX":
        preference, _, host = answer.partition(" ")
        return int(preference), host
    return (answer.encode(),) if kind in {"TXT", "SPF"} else answer
