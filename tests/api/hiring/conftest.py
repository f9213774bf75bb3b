"""An app with a person who agreed to be found and a verified organisation that has posted a job."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from store.people.accounts import Role
from tests.api.suspended.parts import Bearer, SignIn, decide

JOB: dict[str, Any] = {
    "title": "Diseñadora gráfica para redes sociales",
    "description": "Piezas para Instagram con Illustrator y Photoshop.",
    "skills": ["Adobe Illustrator", "Photoshop"],
    "schedule": {
        "kind": "fixed",
        "time_zone": "America/Lima",
        "windows": [{"days": ["mon", "wed"], "start": "19:00", "end": "22:00"}],
    },
    "modality": "remote",
    "country": "PE",
}


@pytest.fixture
def app(open_app: Callable[..., TestClient], tiny_bundles: Path) -> TestClient:
    return open_app(tiny_bundles)


@pytest.fixture
def person(app: TestClient, sign_in: SignIn, evening_designer: dict[str, Any]) -> Callable[..., Bearer]:
    """Makes a person with a profile: `person("rosa", agreed=(…), text="…")`."""

    def make(name: str, agreed: tuple[str, ...] = ("matching", "be_found"), **profile: Any) -> Bearer:
        headers = sign_in(app, Role.SEEKER, email=f"{name}@correo.pe", agreed=agreed)
        assert app.patch("/v1/me", json={"name": f"{name.title()} Quispe"}, headers=headers).status_code == 200
        saved = app.put("/v1/me/profile", json=evening_designer | {"min_pay": None} | profile, headers=headers)
        assert saved.status_code == 200, saved.text
        return headers

    return make


@pytest.fixture
def rosa(person: Callable[..., Bearer]) -> Bearer:
    return person("rosa")


@pytest.fixture
def killa(app: TestClient, sign_in: SignIn) -> Bearer:
    return sign_in(app, Role.EMPLOYER, email="killa@tienda.pe", agreed=())


@pytest.fixture
def admin(app: TestClient, sign_in: SignIn) -> Bearer:
    return sign_in(app, Role.ADMINISTRATOR, email="admin@chamba.pe", agreed=())


@pytest.fixture
def employer_id(app: TestClient, killa: Bearer, admin: Bearer) -> str:
    """A verified organisation."""
    made = app.post("/v1/employers", json={"name": "Tienda Killa"}, headers=killa).json()
    decide(app, admin, "employer", "organisation_verified")
    return str(made["employer_id"])


@pytest.fixture
def job_id(app: TestClient, killa: Bearer, employer_id: str) -> str:
    return str(app.post(f"/v1/employers/{employer_id}/jobs", json=JOB, headers=killa).json()["job_id"])
