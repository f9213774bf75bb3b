"""What partners read about receiving webhooks holds: its code knows our signatures from others."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from api.delivering.webhook_signatures import signed_headers

PAGE = Path(__file__).parents[2] / "docs" / "partners.md"
NOW = datetime(2026, 11, 25, 19, 5, 30, tzinfo=UTC)
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
BODY = '{"type":"job.closed","data":{"job_id":"ñ"}}'.encode()


@pytest.fixture(scope="module")
def is_from_chamba() -> Callable[..., bool]:
    """The function that the page shows."""
    names: dict[str, Any] = {}
    exec(PAGE.read_text("utf-8").split("```python")[1].split("```")[0], names)  # noqa: S102 (ours)
    shown: Callable[..., bool] = names["is_from_chamba"]
    return shown


def test_what_we_sign_is_from_us(is_from_chamba: Callable[..., bool]) -> None:
    headers = signed_headers("d-1", SECRET, BODY, NOW)
    assert is_from_chamba(SECRET, headers, BODY, NOW.timestamp())
    others = headers | {"webhook-signature": f"v1,AAAA {headers['webhook-signature']}"}
    assert is_from_chamba(SECRET, others, BODY, NOW.timestamp())


@pytest.mark.parametrize("seconds", [-299, 299])
def test_clocks_may_differ_a_little(is_from_chamba: Callable[..., bool], seconds: int) -> None:
    assert is_from_chamba(SECRET, signed_headers("d-1", SECRET, BODY, NOW), BODY, NOW.timestamp() + seconds)


@pytest.mark.parametrize(
    "change",
    [
        {"body": BODY + b" "},
        {"secret": "whsec_" + base64.b64encode(b"another").decode()},
        {"now": NOW.timestamp() + 301},
        {"now": NOW.timestamp() - 301},
        {"webhook-id": "d-2"},
        {"webhook-timestamp": str(int(NOW.timestamp()) + 1)},
        {"webhook-timestamp": "²"},
        {"webhook-timestamp": ""},
        {"webhook-signature": ""},
        {"webhook-signature": "v1,ñ"},
    ],
)
def test_what_anybody_changed_is_not(is_from_chamba: Callable[..., bool], change: dict[str, Any]) -> None:
    given = {"secret": SECRET, "body": BODY, "now": NOW.timestamp()} | change
    headers = signed_headers("d-1", SECRET, BODY, NOW)
    headers |= {name: value for name, value in change.items() if name in headers}
    assert not is_from_chamba(given["secret"], headers, given["body"], given["now"])
