"""Jobs of every kind of owner in a real app, strangers of every kind, and all that these may try to write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import select

from store.importers.postings.pipeline import import_jobs
from store.importers.postings.report import ImportReport
from store.people.accounts import Role
from store.tables import JOBS, Base
from tests.api.services_of import services_of

Bearer = dict[str, str]
POSTINGS = Base.metadata.tables["postings"]
PASSWORD = "lluvia en Huaraz"
JOB: dict[str, Any] = {"title": "Tejedora de redes de pesca", "modality": "remote", "country": "PE"}
FALSE = JOB | {"title": "Trabajo fácil", "url": "https://estafa.example/"}
MAPPING = '[id]\ncolumns = ["id"]\n[fields]\ntitle = { columns = ["title"] }\n'
# Every route that writes a job which is named in its address.
WRITES = [
    ("PUT", "/v1/jobs/{job_id}"),
    ("DELETE", "/v1/jobs/{job_id}"),
    ("PUT", "/v1/employers/{employer_id}/jobs/{job_id}"),
    ("POST", "/v1/employers/{employer_id}/jobs/{job_id}/close"),
    ("POST", "/v1/employers/{employer_id}/jobs/{job_id}/re-open"),
]


@dataclass(frozen=True)
class World:
    """An app in which a partner, an organisation, an import and an organisation that was erased have a job each."""

    app: TestClient
    folder: Path
    partner: Bearer
    other_partner: Bearer
    killa: Bearer
    employer_id: str
    other: Bearer
    other_employer_id: str
    jobs: dict[str, str]

    def kept(self, job_id: str) -> tuple[Any, ...]:
        """All that is stored of a job, and the number of the last change of any."""
        services = services_of(self.app)
        with services.database.connect() as connection:
            queries = [select(table).where(table.c.job_id == job_id) for table in (JOBS, POSTINGS)]
            rows = [connection.execute(query).all() for query in queries]
        return rows, services.records.job_change_number()

    def attacks(self, stranger: str, job_id: str) -> list[tuple[str, str, int, str]]:
        """What each request of a stranger about a job was answered: method, address, status, text."""
        callers = {
            "partner": (self.partner, ""),
            "other partner": (self.other_partner, ""),
            "organisation": (self.killa, self.employer_id),
            "other organisation": (self.other, self.other_employer_id),
        }
        headers, employer_id = callers[stranger]
        found = []
        for method, path in WRITES:
            if ("{employer_id}" in path) == bool(employer_id):
                address = path.format(employer_id=employer_id, job_id=job_id)
                answer = self.app.request(method, address, json=FALSE, headers=headers)
                found.append((method, address, answer.status_code, answer.text))
        return found

    def imported(self, job_id: str, *also: str) -> ImportReport:
        """An import of a source whose ids begin like that of a job, with that job and others in it."""
        source, _, native = job_id.rpartition(":")
        mapping, file = self.folder / f"{source}.toml", self.folder / f"{source}.csv"
        mapping.write_text(MAPPING)
        file.write_text("\n".join(["id,title", *(f"{one},Trabajo importado {one}" for one in (native, *also))]))
        return import_jobs(file, str(mapping), services_of(self.app).records)


def new_world(
    app: TestClient,
    folder: Path,
    sign_in: Callable[..., Bearer],
    other_partner: Callable[[TestClient], Bearer],
) -> World:
    """The world; every job's id has the form that imports give theirs."""
    killa, employer_id = _organisation(app, sign_in, "killa")
    other, other_employer_id = _organisation(app, sign_in, "otra")
    erased, erased_id = _organisation(app, sign_in, "ida")
    jobs = {
        "partner": "red:1",
        "organisation": linked(app, killa, employer_id, "1"),
        "import": "bolsa:1",
        "nobody": linked(app, erased, erased_id, "1"),
    }
    partner = {"Authorization": str(app.headers["Authorization"])}
    world = World(app, folder, partner, other_partner(app), killa, employer_id, other, other_employer_id, jobs)
    assert app.put("/v1/jobs/red:1", json=JOB).status_code == 201
    assert world.imported("bolsa:1").created == 1
    assert app.post("/v1/me/erasure", json={"password": PASSWORD}, headers=erased).status_code == 200
    return world


def linked(app: TestClient, headers: Bearer, employer_id: str, native_id: str) -> str:
    """The id of a job that an organisation posts as JSON-LD under an id of its own."""
    posted = {"@type": "JobPosting", "title": JOB["title"], "identifier": {"value": native_id}}
    answer = app.post(f"/v1/employers/{employer_id}/jobs:import", json=posted, headers=headers)
    return str(answer.json()["items"][0]["posting"]["job_id"])


def _organisation(app: TestClient, sign_in: Callable[..., Bearer], name: str) -> tuple[Bearer, str]:
    headers = sign_in(app, Role.EMPLOYER, email=f"{name}@correo.pe", agreed=())
    made = app.post("/v1/employers", json={"name": name}, headers=headers)
    return headers, str(made.json()["employer_id"])
