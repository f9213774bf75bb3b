"""The app under a real server, and people who open its pages in Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from benchmarks.pages.chromium import chromium
from benchmarks.pages.devices import Device
from tests.api.real_things import RealThings
from tests.api.served_app import ServedApp, served_app
from tests.databases import NewDatabaseUrl
from tests.pages.visits import WAYS, Visit, open_visit

Visits = Callable[..., Visit]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Not for longer than a module: no other asyncio may run beside Playwright's."""
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def served(
    tiny_bundles: Path, new_module_database_url: NewDatabaseUrl, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServedApp]:
    """An app under a real server, shared by a module's tests."""
    data = tmp_path_factory.mktemp("data")
    with served_app(data, tiny_bundles, new_module_database_url(data), development_pages=True) as served:
        yield served


@pytest.fixture(scope="module")
def real(served: ServedApp) -> RealThings:
    """What the pages of `served` name, and who opens them."""
    return RealThings(served)


@pytest.fixture(params=list(WAYS))
def visit(request: pytest.FixtureRequest, visits: Visits, served: ServedApp) -> Visit:
    """Somebody with nothing yet, on each way in turn."""
    return visits(site=served.url, **WAYS[request.param])


@pytest.fixture
def visits(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visits]:
    """Opens a browser of somebody's own, see `open_visit`; what goes wrong behind its pages fails the test."""
    opened: list[Visit] = []
    shots: Path | None = request.config.getoption("screenshots")

    def open_(device: Device, site: str, *more: Any, **options: Any) -> Visit:
        opened.append(open_visit(browser, device, site, *more, **options))
        opened[-1].shots = shots
        return opened[-1]

    yield open_
    for visit in opened:
        visit.page.context.close()
    faults = [fault for visit in opened for fault in visit.watch.faults]
    assert faults == [], "\n".join(faults)
