"""Signed tokens (JSON Web Tokens, RFC 7519) that name an account and its session, by a key that can be rotated.

Access tokens of ten minutes, which apps send; and tokens of pages, which a browser keeps in a cookie as long as the
session may last. Neither is taken for the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

import jwt

from store.encryption.data_keys import Purpose
from store.encryption.field_cipher import FieldCipher

LIFETIME = timedelta(minutes=10)
CLOCKS_DIFFER = timedelta(minutes=1)  # between servers
_SECONDS = int(LIFETIME.total_seconds())
ALGORITHM, ISSUER = "HS256", "chamba"


class TokenKind(Enum):
    """What a token is for: its type (RFC 9068 for access tokens) and its audience."""

    ACCESS = ("at+jwt", "chamba-api")
    PAGES = ("pages+jwt", "chamba-pages")


@dataclass(frozen=True, slots=True)
class AccessToken:
    """Whose token it is, and of which session."""

    account_id: str
    session_id: str


def signed_token(cipher: FieldCipher, token: AccessToken, now: datetime) -> str:
    """The text of an access token."""
    return _signed(cipher, TokenKind.ACCESS, token, now, LIFETIME)


def signed_page_token(cipher: FieldCipher, token: AccessToken, now: datetime, lifetime: timedelta) -> str:
    """The text of the token that pages keep; its session may end before it does."""
    return _signed(cipher, TokenKind.PAGES, token, now, lifetime)


def read_token(cipher: FieldCipher, text: str, now: datetime) -> AccessToken | None:
    """What an access token says, None for no token of ours, one that expired or was issued at another time than now."""
    claims = _claims(cipher, TokenKind.ACCESS, text, now)
    if claims is None or int(claims["exp"]) - int(claims["iat"]) > _SECONDS:
        return None
    return AccessToken(str(claims["sub"]), str(claims["sid"]))


def read_page_token(cipher: FieldCipher, text: str, now: datetime) -> AccessToken | None:
    """What a token of pages says; None as `read_token` does."""
    claims = _claims(cipher, TokenKind.PAGES, text, now)
    return None if claims is None else AccessToken(str(claims["sub"]), str(claims["sid"]))


def expires_in_seconds() -> int:
    """How long an access token holds."""
    return _SECONDS


def _signed(cipher: FieldCipher, kind: TokenKind, token: AccessToken, now: datetime, lifetime: timedelta) -> str:
    token_type, audience = kind.value
    key_id, key = cipher.key(Purpose.TOKEN)
    claims = {
        "iss": ISSUER,
        "aud": audience,
        "sub": token.account_id,
        "sid": token.session_id,
        "iat": int(now.timestamp()),
        "exp": int((now + lifetime).timestamp()),
    }
    return jwt.encode(claims, key, ALGORITHM, headers={"kid": key_id, "typ": token_type})


def _claims(cipher: FieldCipher, kind: TokenKind, text: str, now: datetime) -> dict[str, Any] | None:
    """The claims of a token of this kind that holds at `now`; None for any other text."""
    token_type, audience = kind.value
    try:
        head = jwt.get_unverified_header(text)
        key = dict(cipher.keys(Purpose.TOKEN)).get(str(head.get("kid")))
        if key is None or head.get("typ") != token_type:
            return None
        # Held against our own clock, below.
        claims: dict[str, Any] = jwt.decode(
            text,
            key,
            [ALGORITHM],
            audience=audience,
            issuer=ISSUER,
            options={
                "require": ["aud", "exp", "iat", "iss", "sub", "sid"],
                "verify_exp": False,
                "verify_iat": False,
            },
        )
        is_issued = int(claims["iat"]) <= (now + CLOCKS_DIFFER).timestamp()
        return claims if is_issued and int(claims["exp"]) > now.timestamp() else None
    except (jwt.InvalidTokenError, KeyError, TypeError, ValueError):
        return None
