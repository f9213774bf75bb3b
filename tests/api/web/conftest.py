"""What nobody typed for others to read stands in no address and no log, in whatever story it was typed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from urllib.parse import unquote_plus

import pytest

from tests.api.web.browser import ADDRESSES, TYPED


@pytest.fixture(autouse=True)
def nothing_typed_is_told(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Everything that is logged is looked through, after each test."""
    TYPED.clear()
    ADDRESSES.clear()
    with caplog.at_level(logging.DEBUG):
        yield
    told = "\n".join([*map(unquote_plus, ADDRESSES), caplog.text])
    assert [value for value in TYPED if value in told] == []
