"""Tokens of forms: a page's form is taken from the browser alone that the page was made for (no forged requests).

A token is a keyed hash of the browser's visit (a random cookie) and of the session, hidden by a random mask, so that
no two pages have the same and a compressed page tells nothing of it. Beside it a browser says itself where a request
comes from (`Sec-Fetch-Site`, `Origin`): one of another site is refused before its form is read.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from urllib.parse import urlsplit

from fastapi import Request

from api.http.problems import ProblemError, ProblemKind
from api.services.services import Services
from store.encryption.data_keys import Purpose

BYTES = 16
FIELD = "_token"
OWN_SITES = frozenset({"same-origin", "none"})


def form_token(services: Services, visit: str, session: str) -> str:
    """A token for the forms of a page."""
    mask = secrets.token_bytes(BYTES)
    return base64.urlsafe_b64encode(mask + _mixed(mask, _hash(services, visit, session))).decode().rstrip("=")


def require_own_form(token: str, services: Services, visit: str, session: str) -> None:
    """Raises the 403 problem for a token that was not made for this browser and session."""
    try:
        read = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)) if token.isascii() else b""
    except ValueError:
        read = b""
    hashed = _mixed(read[:BYTES], read[BYTES:]) if len(read) == 2 * BYTES else b""
    if not visit or not hmac.compare_digest(hashed, _hash(services, visit, session)):
        detail = "the form is from before you logged in or out, or of another browser; open the page again and send it"
        raise ProblemError(ProblemKind.FORBIDDEN, detail)


def require_own_site(request: Request) -> None:
    """Raises the 403 problem for a request that another site sends."""
    came_from = request.headers.get("sec-fetch-site")
    if came_from is not None:
        is_own = came_from in OWN_SITES
    else:
        origin = request.headers.get("origin")
        is_own = origin is None or urlsplit(origin).netloc == request.headers.get("host", "")
    if not is_own:
        raise ProblemError(ProblemKind.FORBIDDEN, "forms of other sites are not taken; open the page here and send it")


def _hash(services: Services, visit: str, session: str) -> bytes:
    _, key = services.cipher.key(Purpose.TOKEN)
    return hmac.digest(key, f"form\0{visit}\0{session}".encode(), "sha256")[:BYTES]


def _mixed(mask: bytes, text: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(mask, text, strict=True))
