"""Sends webhooks' deliveries: signed, without redirects, never into a private network.

The connection goes to an address that was just checked, whatever the name leads to a moment later (DNS rebinding);
its certificate is held against the name.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import httpx2
import orjson

from api.delivering.webhook_addresses import port_of, require_public, webhook_url
from api.delivering.webhook_signatures import signed_headers
from engine.errors import InvalidInputError
from store.fetching.addresses import IpAddress, Resolve, system_addresses
from store.partners.deliveries import TakenDelivery

CONNECT_SECONDS, TOTAL_SECONDS = 3.0, 10.0
MOST_AT_ONCE = 16
AGENT = "Chamba-Webhooks/1"

log = logging.getLogger("chamba.deliveries")


class WebhookSender:
    """Sends from one event loop at a time; what is slow ends after ten seconds."""

    def __init__(
        self, *, allows_loopback: bool, tls: ssl.SSLContext | None = None, resolve: Resolve = system_addresses
    ) -> None:
        """`tls`: whose certificates are trusted, the system's authorities if None."""
        self._allows_loopback, self._tls, self._resolve = allows_loopback, tls, resolve
        # A resolver cannot be interrupted: threads of our own, which nobody waits for.
        self._resolvers = ThreadPoolExecutor(MOST_AT_ONCE, "resolve")

    def close(self) -> None:
        """Resolve nothing more."""
        self._resolvers.shutdown(wait=False, cancel_futures=True)

    def client(self) -> httpx2.AsyncClient:
        """Connections for some deliveries, at most `MOST_AT_ONCE` at a time; to be used as a context."""
        if self._tls is None:
            self._tls = ssl.create_default_context()
        return httpx2.AsyncClient(
            verify=self._tls,
            timeout=httpx2.Timeout(TOTAL_SECONDS, connect=CONNECT_SECONDS),
            limits=httpx2.Limits(max_connections=MOST_AT_ONCE, max_keepalive_connections=0),
            trust_env=False,  # a proxy would resolve the name anew
            follow_redirects=False,
        )

    async def send(self, client: httpx2.AsyncClient, delivery: TakenDelivery, now: datetime) -> int | None:
        """The HTTP status that a delivery was answered with, None without an answer."""
        try:
            async with asyncio.timeout(TOTAL_SECONDS):
                return await self._answered(client, delivery, now)
        except (httpx2.HTTPError, OSError, TimeoutError, InvalidInputError) as error:
            log.info("delivery %s of webhook %s: %s", delivery.delivery_id, delivery.webhook_id, type(error).__name__)
            return None

    async def _answered(self, client: httpx2.AsyncClient, delivery: TakenDelivery, now: datetime) -> int:
        url = webhook_url(delivery.url, allows_loopback=self._allows_loopback)
        loop = asyncio.get_running_loop()
        host = url.raw_host.decode("ascii")
        addresses = await loop.run_in_executor(self._resolvers, self._resolve, host, port_of(url))
        require_public(url, addresses, allows_loopback=self._allows_loopback)
        body = delivery_body(delivery)
        headers = {
            "Host": url.netloc.decode("ascii"),
            "Content-Type": "application/json",
            "User-Agent": AGENT,
            **signed_headers(delivery.delivery_id, delivery.secret, body, now),
        }
        for address, is_last in zip(addresses, [*[False] * (len(addresses) - 1), True], strict=True):
            request = client.build_request("POST", _at(url, address), content=body, headers=headers)
            request.extensions["sni_hostname"] = host
            try:
                answer = await client.send(request, stream=True)
            except (httpx2.ConnectError, httpx2.ConnectTimeout):
                if is_last:
                    raise
            else:
                await answer.aclose()  # what it says beside its status is not read
                return answer.status_code
        raise OSError("the name has no address")


def delivery_body(delivery: TakenDelivery) -> bytes:
    """The JSON that is sent: what happened, when, and of what."""
    return orjson.dumps({"type": delivery.kind, "timestamp": delivery.created_at, "data": dict(delivery.body)})


def _at(url: httpx2.URL, address: IpAddress) -> httpx2.URL:
    return url.copy_with(host=str(address))
