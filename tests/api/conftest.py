"""The real app over the tiny bundle and a SQLite file of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from api.settings import Settings

OpenApp = Callable[..., TestClient]
Scraped = Callable[..., float]

EVENING_DESIGNER: dict[str, Any] = {
    "text": "Diseñadora gráfica, identidad de marca y redes sociales",
    "skills": ["Adobe Illustrator", "Photoshop"],
    "languages": {"es": "native", "en": "A2"},
    "availability": {
        "time_zone": "America/Lima",
        "hours_per_week": 20,
        "windows": [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "19:00", "end": "23:00"}],
    },
    "device": "phone",
    "min_pay": {"amount": 1130, "currency": "PEN", "period": "month"},
}


@pytest.fixture
def evening_designer() -> dict[str, Any]:
    """The profile of the issue's example."""
    return {**EVENING_DESIGNER}


@pytest.fixture
def open_app(tmp_path: Path) -> Iterator[OpenApp]:
    """Opens an app over a data folder of its own, `bundles` linked into it when given; closed after the test."""
    with ExitStack() as opened:

        def open_(bundles: Path | None = None, **settings: Any) -> TestClient:
            data = tmp_path / f"data-{len(list(tmp_path.iterdir()))}"
            data.mkdir()
            if bundles is not None:
                (data / "bundles").symlink_to(bundles)
            app = create_app(Settings(data_dir=data, bundle_poll_seconds=0.02, **settings))
            return opened.enter_context(TestClient(app, raise_server_exceptions=False))

        yield open_


@pytest.fixture(scope="module")
def client(tiny_bundles: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """An app that serves the tiny bundle, shared by a module's tests."""
    data = tmp_path_factory.mktemp("data")
    (data / "bundles").symlink_to(tiny_bundles)
    with TestClient(create_app(Settings(data_dir=data)), raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture
def scraped() -> Scraped:
    """Reads one sample of an app's metrics, at 0 where it is not exported: `scraped(client, name, stage="encode")`."""

    def read(client: TestClient, name: str, **labels: str) -> float:
        for family in text_string_to_metric_families(client.get("/metrics").text):
            for sample in family.samples:
                if sample.name == name and sample.labels == labels:
                    return float(sample.value)
        return 0.0

    return read
