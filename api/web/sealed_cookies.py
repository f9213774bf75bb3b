"""Cookies that hold what somebody said: sealed, so that nobody but us reads or makes one."""

from __future__ import annotations

import base64
import zlib
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.responses import Response

from api.web.cookies import Cookie, set_cookie, shown_cookie
from api.web.frame import PageFrame
from engine.errors import ArtifactError, InvalidInputError
from store.encryption.field_cipher import FieldCipher

# A browser keeps 4,096 bytes a cookie, its name and flags among them.
MOST_COOKIE = 3_700

Kept = TypeVar("Kept", bound=BaseModel)


def read_sealed(frame: PageFrame, cookie: Cookie, kind: type[Kept]) -> Kept:
    """What a browser keeps; an empty one where there is none that can be read."""
    shown = shown_cookie(frame.request, cookie)
    if not shown:
        return kind()
    try:
        return opened(frame.services.cipher, cookie, shown, kind)
    except (ValueError, ValidationError, ArtifactError, zlib.error):
        return kind()


def opened(cipher: FieldCipher, cookie: Cookie, kept: str, kind: type[Kept]) -> Kept:
    """What a cookie holds; raises ArtifactError, ValueError or zlib.error for one that we did not seal."""
    return kind.model_validate_json(_unpacked(open_text(cipher, _column(cookie), kept)))


def keep_sealed(frame: PageFrame, response: Response, cookie: Cookie, said: BaseModel) -> Response:
    """`response`, with which the browser keeps something; raises InvalidInputError for more than it can."""
    packed = _packed(said.model_dump_json(exclude_defaults=True))
    value = seal_text(frame.services.cipher, _column(cookie), packed)
    if len(value) > MOST_COOKIE:
        raise InvalidInputError("that is more than your phone keeps", fix="say it in fewer words", field="text")
    set_cookie(response, frame.request, cookie, value)
    return response


def seal_text(cipher: FieldCipher, place: str, text: str) -> str:
    """A text that a browser may keep for us, sealed for a place: letters that cookies and forms take."""
    return base64.urlsafe_b64encode(cipher.seal(place, "", text)).decode()


def open_text(cipher: FieldCipher, place: str, kept: str) -> str:
    """What was sealed for the place; raises ArtifactError or ValueError for what we did not seal."""
    return cipher.open(place, "", base64.urlsafe_b64decode(kept.encode()))


def _column(cookie: Cookie) -> str:
    return f"cookies.{cookie.name.lower()}_sealed"


def _packed(text: str) -> str:
    return base64.b85encode(zlib.compress(text.encode(), 9)).decode()


def _unpacked(packed: str) -> bytes:
    """What was packed; it was sealed by us, so that it is no larger than we made it."""
    return zlib.decompress(base64.b85decode(packed))
