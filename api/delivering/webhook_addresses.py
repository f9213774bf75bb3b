"""Which addresses a webhook may have: of the open internet, so that nobody reaches into our own network through us.

Checked when a webhook is made and at each delivery, since a name may lead elsewhere by then; what was checked is
what is connected to.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from httpx2 import URL, InvalidURL

from engine.errors import InvalidInputError

IpAddress = IPv4Address | IPv6Address
# The addresses of a name at a port, in the order to try them; raises OSError where there are none.
Resolve = Callable[[str, int], list[IpAddress]]

LONGEST_URL = 2_000
PORTS = {"https": 443, "http": 80}
LARGEST_PORT = 2**16 - 1
# IANA's special-purpose registry has these as not global, which some versions of Python do not know.
IPV4_SPECIAL = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
# The rest of IPv6 is for special uses, some of which reach IPv4 networks through a translator.
IPV6_UNICAST = IPv6Network("2000::/3")


def webhook_url(text: str, *, allows_loopback: bool) -> URL:
    """The URL of a webhook; raises InvalidInputError for one that is none, or whose form may not be."""
    try:
        url = URL(text)
    except (InvalidURL, UnicodeError):  # the latter of half a surrogate pair
        raise _unusable("not an address") from None
    if url.scheme not in PORTS or not url.host or len(text) > LONGEST_URL or not 0 < port_of(url) <= LARGEST_PORT:
        raise _unusable("not an address")
    if url.userinfo or url.fragment:
        raise _unusable("an address with a password or a fragment")
    if url.scheme == "http" and not allows_loopback:
        raise _unusable("an address without encryption")
    return url


def port_of(url: URL) -> int:
    """The port to connect to."""
    return url.port or PORTS[url.scheme]


def system_addresses(host: str, port: int) -> list[IpAddress]:
    """What the system's resolver says; may wait for seconds. Raises OSError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    except UnicodeError as cause:  # a label that is empty or too long
        raise socket.gaierror("not a host name") from cause
    return list(dict.fromkeys(ip_address(str(address[0]).partition("%")[0]) for *_, address in found))


def require_public(url: URL, addresses: list[IpAddress], *, allows_loopback: bool) -> None:
    """Raises InvalidInputError when any address is of a network that is not everybody's.

    Loopback is for development: it alone is asked without encryption.
    """
    for address in addresses:
        is_loopback = allows_loopback and _unmapped(address).is_loopback
        if not is_loopback and not is_public(address):
            raise _unusable("an address of a private network")
        if not is_loopback and url.scheme != "https":
            raise _unusable("an address without encryption")


def is_public(address: IpAddress) -> bool:
    """Whether an address is of the open internet: global unicast, and no tunnel to an IPv4 address."""
    address = _unmapped(address)
    if isinstance(address, IPv4Address):
        is_special = address.is_multicast or any(address in network for network in IPV4_SPECIAL)
        return address.is_global and not is_special
    return address in IPV6_UNICAST and address.is_global and address.sixtofour is None and address.teredo is None


def _unmapped(address: IpAddress) -> IpAddress:
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _unusable(got: str) -> InvalidInputError:
    return InvalidInputError(
        "webhooks cannot be sent there", expected="an https:// address of the open internet", got=got, field="url"
    )
