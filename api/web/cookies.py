"""The cookies of pages: each is HttpOnly and SameSite=Lax, and Secure but on this machine itself.

Their names begin with `__Host-` (RFC 6265bis), so that no other host of the domain sets them; a browser takes such a
name with Secure alone.
"""

from __future__ import annotations

from enum import StrEnum

from fastapi import Request, Response

HOST_PREFIX = "__Host-"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})
YEAR_SECONDS = 365 * 24 * 3600


class Cookie(StrEnum):
    """What a cookie holds."""

    SESSION = "chamba-sesion"
    VISIT = "chamba-visita"
    DEVICE = "chamba-equipo"
    LANGUAGE = "chamba-idioma"
    SAID = "chamba-dicho"
    SEARCH = "chamba-busqueda"
    STEP = "chamba-paso"
    WORDS = "chamba-palabras"
    ANSWER = "chamba-respuesta"


def shown_cookie(request: Request, cookie: Cookie) -> str:
    """What a request shows, empty for nothing."""
    return request.cookies.get(_name(request, cookie), "")


def set_cookie(response: Response, request: Request, cookie: Cookie, value: str, *, seconds: int | None = None) -> None:
    """Have the browser keep a value; without `seconds` until it is closed."""
    response.set_cookie(
        _name(request, cookie),
        value,
        max_age=seconds,
        path="/",
        secure=_is_secure(request),
        httponly=True,
        samesite="lax",
    )


def drop_cookie(response: Response, request: Request, cookie: Cookie) -> None:
    """Have the browser forget it."""
    response.delete_cookie(_name(request, cookie), path="/", secure=_is_secure(request), httponly=True, samesite="lax")


def _name(request: Request, cookie: Cookie) -> str:
    return f"{HOST_PREFIX}{cookie}" if _is_secure(request) else str(cookie)


def _is_secure(request: Request) -> bool:
    host = request.headers.get("host", "").lower()
    name = host[: host.find("]") + 1] if host.startswith("[") else host.partition(":")[0]
    return request.url.scheme == "https" or name not in LOOPBACK
