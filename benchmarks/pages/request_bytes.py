"""The bytes of whole HTTP/1.1 requests, to pages and to the API, of which a load is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import cycle

import orjson

from api.web.cookies import Cookie
from benchmarks.http.connections import Address
from benchmarks.pages.town import Somebody

LIMIT = 21  # what a page of twenty jobs asks for, so that it knows whether there are more


def alternately(address: Address, seekers: list[Somebody]) -> Iterator[bytes]:
    """Endlessly each seeker's jobs in turn: asked of the API, and as a page."""
    return cycle([one for seeker in seekers for one in (of_api(address, seeker), of_page(address, seeker))])


def of_api(address: Address, seeker: Somebody) -> bytes:
    """The API's own answer."""
    body = orjson.dumps({"limit": LIMIT})
    headers = {"Authorization": f"Bearer {seeker.token}", "Content-Type": "application/json"}
    return _request(address, "POST /v1/me/recommendations", headers, body)


def of_page(address: Address, seeker: Somebody) -> bytes:
    """The page of the same answer, packed as browsers ask for it."""
    headers = {"Cookie": f"{Cookie.SESSION}={seeker.cookie}", "Accept": "text/html", "Accept-Encoding": "gzip"}
    return _request(address, "GET /trabajos", headers)


def _request(address: Address, what: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    usual = {"Host": f"{address[0]}:{address[1]}", "Content-Length": str(len(body))}
    lines = [f"{what} HTTP/1.1", *(f"{name}: {value}" for name, value in (usual | dict(headers)).items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body
