"""Access tokens: JSON Web Tokens (RFC 7519) of ten minutes, signed with a key that can be rotated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import jwt

from store.encryption.data_keys import Purpose
from store.encryption.field_cipher import FieldCipher

LIFETIME = timedelta(minutes=10)
CLOCKS_DIFFER = timedelta(minutes=1)  # between servers
_SECONDS = int(LIFETIME.total_seconds())
ALGORITHM, ISSUER = "HS256", "chamba"


@dataclass(frozen=True, slots=True)
class AccessToken:
    """Whose token it is, and of which session."""

    account_id: str
    session_id: str


def signed_token(cipher: FieldCipher, token: AccessToken, now: datetime) -> str:
    """The token's text."""
    key_id, key = cipher.key(Purpose.TOKEN)
    claims = {
        "iss": ISSUER,
        "sub": token.account_id,
        "sid": token.session_id,
        "iat": int(now.timestamp()),
        "exp": int((now + LIFETIME).timestamp()),
    }
    return jwt.encode(claims, key, ALGORITHM, headers={"kid": key_id})


def read_token(cipher: FieldCipher, text: str, now: datetime) -> AccessToken | None:
    """What the text says, None when it is no token of ours, has expired, or was issued at another time than it may."""
    try:
        key_id = jwt.get_unverified_header(text).get("kid")
        key = dict(cipher.keys(Purpose.TOKEN)).get(str(key_id))
        if key is None:
            return None
        # Held against our own clock, below.
        claims = jwt.decode(
            text,
            key,
            [ALGORITHM],
            issuer=ISSUER,
            options={"require": ["exp", "iat", "sub"], "verify_exp": False, "verify_iat": False},
        )
        issued_at, ends_at = int(claims["iat"]), int(claims["exp"])
        is_of_its_time = issued_at <= (now + CLOCKS_DIFFER).timestamp() and ends_at - issued_at <= _SECONDS
        if not is_of_its_time or ends_at <= now.timestamp():
            return None
        return AccessToken(str(claims["sub"]), str(claims["sid"]))
    except (jwt.InvalidTokenError, KeyError, TypeError, ValueError):
        return None


def expires_in_seconds() -> int:
    """How long a token holds."""
    return _SECONDS
