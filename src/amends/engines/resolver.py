"""DNS by dnspython: short, cached, and silent for a minute when nobody answers at all."""

import time
from dataclasses import dataclass
from functools import cache
from typing import Final

import dns.exception
import dns.rdtypes.ANY.MX
import dns.resolver
from dns.rdata import Rdata

from amends.ports import CannotResolve, Resolver
from amends.vocabulary import AmendsError

LONGEST_LOOKUP_S: Final = 2.0
LONGEST_PROBE_S: Final = 1.0
OFFLINE_FOR_S: Final = 60.0
KEPT_AT_LEAST_S: Final = 60.0
KEPT_AT_MOST_S: Final = 3_600.0
NOTHING_KEPT_S: Final = 300.0
MOST_KEPT: Final = 10_000


@cache
def resolver(setting: str = "system") -> Resolver:
    """Return who looks up names for this process. `setting`: `system`, `off`, or a name server as `192.0.2.53:53`."""
    if setting == "off":
        return OfflineResolver()
    server, _, port = ("", "", "") if setting == "system" else setting.rpartition(":")
    if setting != "system" and not (server and port.isdigit()):
        raise AmendsError(f"name_server is {setting!r}; it may be system, off, or an address and port")
    return SystemResolver(server.strip("[]"), int(port or 53))


@dataclass(frozen=True, kw_only=True)
class _Kept:
    answers: tuple[str, ...]
    until: float


class OfflineResolver:
    """Knows no name and asks nobody: for demos, tests and desks that may not ask."""

    name = "off"

    def lookup(self, name: str, kind: str) -> tuple[str, ...]:
        """Raise CannotResolve."""
        raise CannotResolve(f"{kind} of {name}: looking up names is switched off")


class SystemResolver:
    """Asks the servers of this machine, or the one given; remembers answers while they hold, at most an hour."""

    name = "dns"

    def __init__(self, server: str = "", port: int = 53) -> None:
        self._server, self._port = server, port
        self._resolver: dns.resolver.Resolver | None = None
        self._kept: dict[tuple[str, str], _Kept] = {}
        self._offline_until = 0.0

    def lookup(self, name: str, kind: str) -> tuple[str, ...]:
        """Return the records of that kind, () when there are none. Raises CannotResolve when nobody could say."""
        asked, moment = (name.rstrip(".").lower(), kind), time.monotonic()
        kept = self._kept.get(asked)
        if kept and kept.until > moment:
            return kept.answers
        if moment < self._offline_until:
            raise CannotResolve(f"{kind} of {name}: no name server answers")
        answers, holds_s = self._ask(name, kind)
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[asked] = _Kept(answers=answers, until=time.monotonic() + holds_s)
        return answers

    def _ask(self, name: str, kind: str) -> tuple[tuple[str, ...], float]:
        try:
            answer = self._asker().resolve(name, kind, lifetime=LONGEST_LOOKUP_S)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return (), NOTHING_KEPT_S
        except (dns.exception.DNSException, OSError, ValueError) as wrong:
            self._look_whether_anybody_answers()
            raise CannotResolve(f"{kind} of {name}: {type(wrong).__name__}") from wrong
        holds_s = min(max(float(answer.rrset.ttl if answer.rrset else 0), KEPT_AT_LEAST_S), KEPT_AT_MOST_S)
        return tuple(_words(record) for record in answer), holds_s

    def _asker(self) -> dns.resolver.Resolver:
        if self._resolver is None:
            resolver = dns.resolver.Resolver(configure=not self._server)
            if self._server:
                resolver.nameservers, resolver.port = [self._server], self._port
            self._resolver = resolver
        return self._resolver

    def _look_whether_anybody_answers(self) -> None:
        """Tell one slow domain from no network: else whoever owns a slow domain could end the checks for everybody."""
        try:
            self._asker().resolve(".", "NS", lifetime=LONGEST_PROBE_S)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return
        except (dns.exception.DNSException, OSError):
            self._offline_until = time.monotonic() + OFFLINE_FOR_S


def _words(record: Rdata) -> str:
    """Return one record in words: the text of TXT joined, "10 mx.example" for MX, else as DNS writes it."""
    pieces = getattr(record, "strings", None)
    if pieces is not None:
        return b"".join(pieces).decode("utf-8", "replace")
    if isinstance(record, dns.rdtypes.ANY.MX.MX):
        return f"{record.preference} {record.exchange.to_text(omit_final_dot=True)}"
    return record.to_text().rstrip(".")
