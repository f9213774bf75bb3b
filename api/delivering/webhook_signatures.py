"""Signatures of webhooks, as Standard Webhooks has them: HMAC-SHA256 over id, time and body.

`docs/partners.md` shows receivers how to verify one.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime

from store.partners.webhooks import SECRET_PREFIX


def signed_headers(delivery_id: str, secret: str, body: bytes, now: datetime) -> dict[str, str]:
    """The three headers of a delivery; `now` is the time of this attempt, which receivers check against replays."""
    timestamp = str(int(now.timestamp()))
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    digest = hmac.digest(key, f"{delivery_id}.{timestamp}.".encode() + body, hashlib.sha256)
    return {
        "webhook-id": delivery_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }
