"""The town of a story."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.stories.town import PAGE, SITE, Town


@pytest.fixture
def town(open_app: Callable[..., TestClient], tiny_bundles: Path, mails: Any, sign_in: Any) -> Town:
    """Nobody is in it yet."""
    return Town(
        open_app(tiny_bundles, public_address=SITE, webhooks_to_loopback=True, cors_origins=PAGE), mails, sign_in
    )
