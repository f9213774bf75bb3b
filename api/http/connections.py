"""Who is connected to this process, held against what an operator allows. One an app."""

from __future__ import annotations

import logging
import math
import resource
from collections import Counter as Counts
from ipaddress import IPv6Address, ip_address, ip_network

from prometheus_client import Counter

from api.configuration.settings import Settings
from api.http.metrics import Refusal

CONNECTIONS = "connections"
"""Where an app's lifespan state has its `Connections`."""
# Database, journal and bundles always find a descriptor: connections never get the last ones.
RESERVED_DESCRIPTORS = 128
# Who has one IPv6 address has all of its network.
IPV6_PREFIX = 64

log = logging.getLogger("chamba.connections")


class Connections:
    """Counts connections, in total and by address, and what became of those that were not let be."""

    def __init__(self, settings: Settings, refused: Counter) -> None:
        """`refused` is the metric, by `reason`."""
        self.settings = settings
        self.stop_by = math.inf
        """When the loop's clock shows this, who sends a request or reads an answer is not waited for any more."""
        self._refused = {refusal: refused.labels(refusal) for refusal in Refusal}
        self._proxies = settings.proxies()
        self._by_address: Counts[str] = Counts()
        self._total = 0
        descriptors, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        is_limited = descriptors != resource.RLIM_INFINITY
        self._most_descriptor = descriptors - min(RESERVED_DESCRIPTORS, descriptors // 4) if is_limited else math.inf

    def refusal(self, descriptor: int, address: str) -> Refusal | None:
        """Why a new connection is not let in; None for one that is.

        The kernel gives the lowest free descriptor, so a high one says that those below are in use, whatever for.
        """
        if self._total >= self.settings.most_connections:
            return Refusal.MOST_CONNECTIONS
        if descriptor >= self._most_descriptor:
            return Refusal.DESCRIPTORS
        if self._by_address[address] >= self.settings.most_connections_per_address and not self.is_proxy(address):
            return Refusal.ADDRESS
        return None

    def enter(self, address: str) -> None:
        """Count a connection in."""
        self._total += 1
        self._by_address[address] += 1

    def leave(self, address: str) -> None:
        """Count it out."""
        self._total -= 1
        self._by_address[address] -= 1
        if not self._by_address[address]:
            del self._by_address[address]

    def count(self, refusal: Refusal) -> None:
        """Tell the operator of a connection that was refused or ended: the log once a minute for each reason."""
        self._refused[refusal].inc()
        log.warning(f"connections are refused or ended: {refusal}")

    def is_proxy(self, address: str) -> bool:
        """Whether an operator said that others stand behind an address."""
        caller = ip_network(address)
        return any(caller.version == proxy.version and caller.overlaps(proxy) for proxy in self._proxies)


def counted_address(host: str) -> str:
    """What the connections of one caller are counted by: an IPv4 address, or the network of an IPv6 one."""
    address = ip_address(host.partition("%")[0])
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    if address.is_loopback:
        return str(address)
    return str(ip_network((address, IPV6_PREFIX), strict=False))
