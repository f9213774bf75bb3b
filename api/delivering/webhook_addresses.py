"""Which addresses a webhook may have: of the open internet, so that nobody reaches into our own network through us.

Checked when a webhook is made and at each delivery, since a name may lead elsewhere by then; what was checked is
what is connected to.
"""

from __future__ import annotations

from httpx2 import URL, InvalidURL

from engine.errors import InvalidInputError, Message
from store.fetching.addresses import IpAddress, is_public, unmapped

LONGEST_URL = 2_000
PORTS = {"https": 443, "http": 80}
# Where web servers answer: what else speaks to strangers (mail, databases, shells) may take a request for its own.
WEB_PORTS = frozenset({443, 8443})
LARGEST_PORT = 2**16 - 1


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
    if not allows_loopback:
        _require_web_port(url)
    return url


def port_of(url: URL) -> int:
    """The port to connect to."""
    return url.port or PORTS[url.scheme]


def require_public(url: URL, addresses: list[IpAddress], *, allows_loopback: bool) -> None:
    """Raises InvalidInputError when any address is of a network that is not everybody's.

    Loopback is for development: it alone is asked without encryption, and at any port.
    """
    for address in addresses:
        is_loopback = allows_loopback and unmapped(address).is_loopback
        if not is_loopback and not is_public(address):
            raise _unusable("an address of a private network")
        if not is_loopback and url.scheme != "https":
            raise _unusable("an address without encryption")
        if not is_loopback:
            _require_web_port(url)


def _require_web_port(url: URL) -> None:
    if port_of(url) not in WEB_PORTS:
        raise _unusable(Message("port {port}, where no web server is looked for", port=port_of(url)))


def _unusable(got: str) -> InvalidInputError:
    return InvalidInputError(
        "webhooks cannot be sent there",
        expected="an https:// address of the open internet, at port 443 or 8443",
        got=got,
        field="url",
    )
