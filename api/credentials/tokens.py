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
ALGORITHM, ISSUER, AUDIENCE = "HS256", "chamba", "chamba-api"
KIND = "at+jwt"  # an access token (RFC 9068), whatever else this key may once sign


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
        "aud": AUDIENCE,
        "sub": token.account_id,
        "sid": token.session_id,
        "iat": int(now.timestamp()),
        "exp": int((now + LIFETIME).timestamp()),
    }
    return jwt.encode(claims, key, ALGORITHM, headers={"kid": key_id, "typ": KIND})


def read_token(cipher: FieldCipher, text: str, now: datetime) -> AccessToken | None:
    """What the text says, None when it is no token of ours, has expired, or was issued at another time than it may."""
    try:
        head = jwt.get_unverified_header(text)
        key = dict(cipher.keys(Purpose.TOKEN)).get(str(head.get("kid")))
        if key is None or head.get("typ") != KIND:
            return None
        # Held against our own clock, below.
        claims = jwt.decode(
            text,
            key,
            [ALGORITHM],
            audience=AUDIENCE,
            issuer=ISSUER,
            options={"require": ["aud", "exp", "iat", "iss", "sub"], "verify_exp": False, "verify_iat": False},
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
