"""Which addresses are of the open internet, so that nobody reaches into our own network through us.

Whoever connects resolves a name once, checks what came out, and connects to that: the name may lead elsewhere a moment
later (DNS rebinding).
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from engine.errors import InvalidInputError

IpAddress = IPv4Address | IPv6Address
IpNetwork = IPv4Network | IPv6Network
# The addresses of a name at a port, in the order to try them; raises OSError where there are none.
Resolve = Callable[[str, int], list[IpAddress]]

# IANA's special-purpose registry has these as not global, which some versions of Python do not know.
IPV4_SPECIAL = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
# The rest of IPv6 is for special uses, some of which reach IPv4 networks through a translator.
IPV6_UNICAST = IPv6Network("2000::/3")


def system_addresses(host: str, port: int) -> list[IpAddress]:
    """What the system's resolver says; may wait for seconds. Raises OSError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    except UnicodeError as cause:  # a label that is empty or too long
        raise socket.gaierror("not a host name") from cause
    return list(dict.fromkeys(ip_address(str(address[0]).partition("%")[0]) for *_, address in found))


def is_public(address: IpAddress) -> bool:
    """Whether an address is of the open internet: global unicast, and no tunnel to an IPv4 address."""
    address = unmapped(address)
    if isinstance(address, IPv4Address):
        is_special = address.is_multicast or any(address in network for network in IPV4_SPECIAL)
        return address.is_global and not is_special
    return address in IPV6_UNICAST and address.is_global and address.sixtofour is None and address.teredo is None


def unmapped(address: IpAddress) -> IpAddress:
    """The IPv4 address that an IPv6 one stands for, if it does."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def require_reachable(addresses: list[IpAddress], networks: tuple[IpNetwork, ...]) -> None:
    """Raises InvalidInputError when any address is neither of the open internet nor of `networks`, or there is none."""
    for address in map(unmapped, addresses):
        if not is_public(address) and not any(address in network for network in networks):
            raise InvalidInputError(
                "the address is of a private network", expected="one of the open internet", got=str(address)
            )
    if not addresses:
        raise InvalidInputError("the name has no address", fix="check the host")


def networks_of(text: str) -> tuple[IpNetwork, ...]:
    """Networks written with commas between them: `127.0.0.0/8,10.1.2.0/24`; raises InvalidInputError."""
    try:
        return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as cause:
        raise InvalidInputError("not a network", expected="such as 10.1.2.0/24", got=str(cause)) from cause
