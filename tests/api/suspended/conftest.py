"""An app with a person, an administrator, and a verified organisation that has posted a job."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from store.people.accounts import Role
from tests.api.suspended.parts import PROFILE, Bearer, SignIn, decide, posted


@pytest.fixture
def app(open_app: Callable[..., TestClient], tiny_bundles: Path) -> TestClient:
    return open_app(tiny_bundles)


@pytest.fixture
def rosa(app: TestClient, sign_in: SignIn) -> Bearer:
    headers = sign_in(app, Role.SEEKER, email="rosa@correo.pe", agreed=("matching", "be_found"))
    app.put("/v1/me/profile", json=PROFILE, headers=headers)
    return headers


@pytest.fixture
def killa(app: TestClient, sign_in: SignIn) -> Bearer:
    return sign_in(app, Role.EMPLOYER, email="killa@correo.pe", agreed=())


@pytest.fixture
def admin(app: TestClient, sign_in: SignIn) -> Bearer:
    return sign_in(app, Role.ADMINISTRATOR, email="admin@correo.pe", agreed=())


@pytest.fixture
def employer_id(app: TestClient, killa: Bearer, admin: Bearer) -> str:
    """A verified organisation."""
    made = app.post("/v1/employers", json={"name": "Tienda Killa"}, headers=killa).json()
    decide(app, admin, "employer", "organisation_verified")
    return str(made["employer_id"])


@pytest.fixture
def job_id(app: TestClient, killa: Bearer, employer_id: str) -> str:
    return posted(app, killa, employer_id)
