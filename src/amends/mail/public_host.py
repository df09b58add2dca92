"""Which hosts elsewhere may be asked for a picture: named ones, reached at public addresses, by the usual doors.

An address in a letter is written by a stranger, and our server stands inside our own network. So a host is taken only
as a plain name, never as a number in any writing, and every address it resolves to must be public.
"""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import quote

from amends.mail.web_address import PLAIN_HOST, web_address

LONGEST_HOST: Final = 253
PORTS: Final = {"http": 80, "https": 443}
# RFC 6761, 6762, 7686, 8375, 9476 and the names that routers and offices give to their own.
OUR_OWN: Final = frozenset(
    {"localhost", "local", "localdomain", "internal", "intranet", "private", "corp", "home", "lan", "arpa", "onion"}
    | {"test", "invalid", "example", "alt", "workgroup", "domain", "host"}
)
CARRIES_IPV4: Final = tuple(
    IPv6Network(net)
    for net in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16")
)
"""Mapped, translated (NAT64, SIIT), Teredo and 6to4: a public look around an address that may be ours."""
NOT_PUBLIC_V6: Final = tuple(IPv6Network(net) for net in ("fec0::/10", "fc00::/7", "fe80::/10", "ff00::/8", "100::/64"))


@dataclass(frozen=True, kw_only=True)
class Target:
    """What to ask whom for: `path` with its query, in ASCII."""

    scheme: str
    host: str
    path: str

    @property
    def port(self) -> int:
        """Return the door of its scheme, the only one we knock at."""
        return PORTS[self.scheme]


def target(written: str) -> Target | None:
    """Return whom an address asks for what; None unless it is http or https to a plainly named host elsewhere.

    Refused are numbers in any writing, names without a dot or with one at the end, names of our own networks, user
    names, ports and brackets. Whether the name leads to a public address shows only when it is resolved (`is_public`).
    """
    found = web_address(written)
    if found is None or any(mark in found.authority for mark in "@:[]%") or len(found.host) > LONGEST_HOST:
        return None
    host = found.host
    if not PLAIN_HOST.fullmatch(host) or host.rpartition(".")[2] in OUR_OWN:
        return None
    rest = found.rest.partition("#")[0].replace("\\", "/")
    path = quote(rest if rest.startswith("/") else f"/{rest}", safe="%/:=&?~+!$,;'@()*[]")
    return Target(scheme=found.scheme, host=host, path=path)


def is_public(written: str) -> bool:
    """Return whether an address of the resolver's lies on the open internet, whatever it is wrapped in."""
    try:
        address = ip_address(written)
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast and not address.is_reserved
    return _is_public_v6(address)


def _is_public_v6(address: IPv6Address) -> bool:
    if address.scope_id or any(address in net for net in (*CARRIES_IPV4, *NOT_PUBLIC_V6)):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved
