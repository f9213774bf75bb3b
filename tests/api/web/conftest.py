"""A town with its pages, and who is on duty in it.

What nobody typed for others to read stands in no address and no log, in whatever story it was typed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from fastapi.testclient import TestClient

from tests.api.stories.town import SITE, Someone, Town
from tests.api.web.browser import ADDRESSES, TYPED, Reader
from tests.api.web.on_duty import PASSWORD, on_duty


@pytest.fixture(autouse=True)
def nothing_typed_is_told(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Everything that is logged is looked through, after each test."""
    TYPED.clear()
    ADDRESSES.clear()
    with caplog.at_level(logging.DEBUG):
        yield
    told = "\n".join([*map(unquote_plus, ADDRESSES), caplog.text])
    assert [value for value in TYPED if value in told] == []


@pytest.fixture
def town(
    open_app: Callable[..., TestClient],
    tiny_bundles: Path,
    mails: Callable[[TestClient], list[str]],
    sign_in: Callable[..., dict[str, str]],
) -> Town:
    return Town(open_app(tiny_bundles, public_address=SITE), mails, sign_in)


@pytest.fixture
def ana(town: Town) -> Reader:
    return on_duty(town, "ana@chamba.pe")


@pytest.fixture
def inti(town: Town) -> Someone:
    return town.somebody("inti@inti.example", PASSWORD, "employer")
