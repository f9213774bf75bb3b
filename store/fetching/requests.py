"""One request: to an address that was just checked, within caps on time and size, without following where it leads.

The connection goes to the address that was checked, whatever the name leads to a moment later; its certificate is held
against the name.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx2

from engine.errors import InvalidInputError
from store.fetching.addresses import IpAddress, IpNetwork, Resolve, require_reachable, system_addresses
from store.fetching.bodies import Body
from store.fetching.errors import FetchError, ForbiddenError

PRODUCT = "ChambaFeeds"
LONGEST_URL = 2_000
PORTS = {"https": 443, "http": 80}
MOST_RESOLVERS = 8
_HOST = re.compile(rb"[A-Za-z0-9._:-]++")  # a name in its ASCII form, or a number


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How long one request may take, from its name to its last byte, and how long anything in it."""

    connect_seconds: float = 10.0
    stalled_seconds: float = 30.0
    total_seconds: float = 120.0


@dataclass(frozen=True, slots=True)
class MostBytes:
    """How large a body may be when decompressed; `is_cut`: more is cut off, not refused."""

    count: int
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address said; header names are in lower case. The body is empty but for a status of 200."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


class Fetcher:
    """Asks one address at a time, from any thread."""

    def __init__(
        self,
        *,
        networks: tuple[IpNetwork, ...] = (),
        contact: str = "",
        limits: FetchLimits | None = None,
        tls: ssl.SSLContext | None = None,
        resolve: Resolve = system_addresses,
    ) -> None:
        """`networks`: private ones that may be asked as well; `contact`: how a host's keeper reaches ours."""
        self._networks, self._limits, self._tls, self._resolve = networks, limits or FetchLimits(), tls, resolve
        self._agent = f"{PRODUCT}/1 (+{contact})" if contact else f"{PRODUCT}/1"
        # A resolver cannot be interrupted: threads of our own, which nobody waits for.
        self._resolvers = ThreadPoolExecutor(MOST_RESOLVERS, "resolve")

    def ask(self, url: httpx2.URL, headers: Mapping[str, str], most: MostBytes) -> Answer:
        """What `url` answers; raises FetchError where it answers nothing that can be used."""
        if self._tls is None:
            self._tls = ssl.create_default_context()
        try:
            return asyncio.run(self._ask_in_time(url, headers, most))
        except TimeoutError as cause:
            raise FetchError(
                "too slow", expected=f"{self._limits.total_seconds:g} s in all", is_passing=True
            ) from cause
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as cause:
            got = str(cause) or type(cause).__name__
            raise FetchError("no whole answer", got=got[:200], is_passing=True) from cause

    def close(self) -> None:
        """Resolve nothing more."""
        self._resolvers.shutdown(wait=False, cancel_futures=True)

    async def _ask_in_time(self, url: httpx2.URL, headers: Mapping[str, str], most: MostBytes) -> Answer:
        async with asyncio.timeout(self._limits.total_seconds):
            addresses = await self._addresses(url)
            timeout = httpx2.Timeout(self._limits.stalled_seconds, connect=self._limits.connect_seconds)
            client = httpx2.AsyncClient(
                verify=self._tls or True,
                timeout=timeout,
                trust_env=False,  # a proxy would resolve the name anew
                follow_redirects=False,
                headers={"User-Agent": self._agent, "Accept-Encoding": "gzip", **headers},
            )
            async with client:
                return await self._answer(client, url, addresses, most)

    async def _addresses(self, url: httpx2.URL) -> list[IpAddress]:
        loop = asyncio.get_running_loop()
        host = url.raw_host.decode("ascii")
        addresses = await loop.run_in_executor(self._resolvers, self._resolve, host, port_of(url))
        try:
            require_reachable(addresses, self._networks)
        except InvalidInputError as error:
            raise ForbiddenError(f"{url.host} is not asked", got=str(error)) from error
        return addresses

    async def _answer(
        self, client: httpx2.AsyncClient, url: httpx2.URL, addresses: list[IpAddress], most: MostBytes
    ) -> Answer:
        for address in addresses:
            request = client.build_request(
                "GET", url.copy_with(host=str(address)), headers={"Host": url.netloc.decode("ascii")}
            )
            request.extensions["sni_hostname"] = url.raw_host.decode("ascii")
            try:
                answer = await client.send(request, stream=True)
            except (httpx2.ConnectError, httpx2.ConnectTimeout):
                if address == addresses[-1]:
                    raise
                continue
            try:
                body = await _body(answer, most) if answer.status_code == httpx2.codes.OK else b""
                return Answer(str(url), answer.status_code, dict(answer.headers), body)
            finally:
                await answer.aclose()
        raise FetchError("the name has no address")


def address_of(text: str) -> httpx2.URL:
    """The URL that a text writes, without its fragment; raises FetchError for one that cannot be asked."""
    try:
        url = httpx2.URL(text)
    except (httpx2.InvalidURL, UnicodeError, TypeError):
        raise FetchError("not an address", expected="https://…", got=repr(text[:80])) from None
    is_whole = url.scheme in PORTS and _HOST.fullmatch(url.raw_host) and 0 < port_of(url) < 2**16 and not url.userinfo
    if not is_whole or max(len(text), len(str(url))) > LONGEST_URL:
        raise FetchError("not an address that is asked", expected="https://host/path", got=repr(text[:80]))
    return url.copy_with(fragment=None)


def port_of(url: httpx2.URL) -> int:
    """The port to connect to."""
    return PORTS[url.scheme] if url.port is None else url.port


async def _body(answer: httpx2.Response, most: MostBytes) -> bytes:
    body = Body(answer.headers.get("content-encoding", ""), most.count, is_cut=most.is_cut)
    async for chunk in answer.aiter_raw():
        body.add(chunk)
        if body.is_full:
            break
    return body.whole()
