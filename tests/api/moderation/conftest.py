"""An app with a person, two administrators, a verified organisation, and jobs of each origin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from store.people.accounts import Role
from tests.api.moderation.parts import PROFILE, Bearer, SignIn, case_of, decide


@pytest.fixture
def app(open_app: Callable[..., TestClient], tiny_bundles: Path) -> TestClient:
    return open_app(tiny_bundles)


@pytest.fixture
def rosa(app: TestClient, sign_in: SignIn) -> Bearer:
    headers = sign_in(app, Role.SEEKER, email="rosa@correo.pe")
    app.put("/v1/me/profile", json=PROFILE, headers=headers)
    return headers


@pytest.fixture
def inti(app: TestClient, sign_in: SignIn) -> Bearer:
    """Who acts for the organisation."""
    return sign_in(app, Role.EMPLOYER, email="inti@correo.pe", agreed=())


@pytest.fixture
def admin(app: TestClient, sign_in: SignIn) -> Bearer:
    return sign_in(app, Role.ADMINISTRATOR, email="admin@correo.pe", agreed=())


@pytest.fixture
def other_admin(app: TestClient, sign_in: SignIn) -> Bearer:
    return sign_in(app, Role.ADMINISTRATOR, email="otra@correo.pe", agreed=())


@pytest.fixture
def waiting_employer(app: TestClient, inti: Bearer) -> str:
    """An organisation that nobody has verified."""
    body = {"name": "Taller Inti", "tax_id": "20100070970", "contact": "+51 987 654 321"}
    made = app.post("/v1/employers", json=body, headers=inti)
    assert made.status_code == 201, made.text
    return str(made.json()["employer_id"])


@pytest.fixture
def employer_id(app: TestClient, waiting_employer: str, admin: Bearer) -> str:
    """The organisation, verified."""
    decide(app, admin, case_of(app, admin, "employer"), "organisation_verified")
    return waiting_employer
