"""An id of a job is of who used it first: nobody else overwrites, deletes, closes, re-opens or takes the job."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from engine.errors import ConflictError, NotFoundError
from engine.jobs import Job
from store.hiring.owner_changes import change_partner_status
from store.partners.partners import PartnerStatus
from tests.api.services_of import services_of
from tests.attacks.owned_jobs import FALSE, JOB, WRITES, World, linked, new_world

CALLERS = ["partner", "other partner", "organisation", "other organisation"]
OWNERS = ["partner", "organisation", "import", "nobody"]
# Routes that name a job and write none: reads, and what people say of jobs for themselves.
NOT_OF_JOBS = {
    *(("POST", f"/v1/admin/jobs/{{job_id}}/{act}") for act in ("take-down", "put-back")),  # an administrator's
    ("POST", "/v1/jobs/{job_id}/candidates"),
    *(
        ("POST", f"/v1/employers/{{employer_id}}/jobs/{{job_id}}/{what}")
        for what in ("candidates", "invitations", "appeal")
    ),
    *((method, f"/v1/me/{what}/{{job_id}}") for method in ("PUT", "DELETE") for what in ("saved-jobs", "dismissals")),
}


@pytest.fixture
def world(
    open_app: Callable[..., TestClient],
    tmp_path: Path,
    sign_in: Callable[..., dict[str, str]],
    other_partner: Callable[[TestClient], dict[str, str]],
) -> World:
    folder = tmp_path / "files"
    folder.mkdir()
    return new_world(open_app(), folder, sign_in, other_partner)


def test_every_route_that_writes_a_job_is_among_those_that_are_tried(world: World) -> None:
    paths = world.app.get("/openapi.json").json()["paths"]
    found = {(method.upper(), path) for path, each in paths.items() if "{job_id}" in path for method in each}
    assert {(method, path) for method, path in found if method != "GET"} - NOT_OF_JOBS == set(WRITES)


@pytest.mark.parametrize(("owner", "stranger"), [pair for pair in product(OWNERS, CALLERS) if pair[0] != pair[1]])
def test_no_stranger_changes_a_job_of_somebody_else(world: World, owner: str, stranger: str) -> None:
    job_id = world.jobs[owner]
    before = world.kept(job_id)
    answers = world.attacks(stranger, job_id)
    assert {status for _, _, status, _ in answers} <= {403, 404, 409}, answers
    assert world.kept(job_id) == before
    assert services_of(world.app).records.get_job(job_id).title != FALSE["title"]


def test_a_stranger_is_told_what_to_do_and_not_whose_the_id_is(world: World) -> None:
    texts = set()
    for job_id in world.jobs.values():
        refused = world.app.put(f"/v1/jobs/{job_id}", json=FALSE, headers=world.other_partner)
        assert refused.status_code == 409
        texts.add(refused.json()["detail"].replace(job_id, "ID"))
    assert texts == {
        "the id is taken; expected an id that no other partner, employer or import has used; got 'ID'; "
        "choose an id of your own, such as one with your name before it"
    }


@pytest.mark.parametrize("owner", ["partner", "organisation", "nobody"])
def test_an_import_leaves_out_what_somebody_else_posted_and_takes_the_rest(world: World, owner: str) -> None:
    job_id = world.jobs[owner]
    kept, _ = world.kept(job_id)
    report = world.imported(job_id, "2", "3")
    assert (report.created, report.updated, report.unchanged) == (2, 0, 0)
    ((line, reason),) = [(one.line, one.reason) for one in report.rejected]
    assert line == 2
    assert reason == (
        "job_id: the id is taken; expected an id that no other partner, employer or import has used; "
        f"got '{job_id}'; leave the job out, or ask whoever posted it"
    )
    assert world.kept(job_id)[0] == kept


def test_an_import_opens_no_job_that_is_hidden_with_its_owner(world: World) -> None:
    services, job_id = services_of(world.app), world.jobs["partner"]
    partner_id = world.app.get("/v1/partner").json()["partner_id"]
    services.write(lambda each: change_partner_status(each, partner_id, PartnerStatus.SUSPENDED, services.now()))
    assert len(world.imported(job_id).rejected) == 1
    assert services.records.get_job(job_id).is_open is False


def test_an_id_of_an_import_stays_its_source_s_when_the_job_is_gone(world: World) -> None:
    records = services_of(world.app).records
    records.delete_job("bolsa:1")
    assert world.app.put("/v1/jobs/bolsa:1", json=FALSE).status_code == 409
    assert world.imported("bolsa:1").created == 1


def test_the_store_s_own_deletion_is_of_imports_alone(world: World) -> None:
    records = services_of(world.app).records
    for owner in ("partner", "organisation", "nobody"):
        before = world.kept(world.jobs[owner])
        with pytest.raises(NotFoundError, match="no such job"):
            records.delete_job(world.jobs[owner])
        with pytest.raises(ConflictError, match="the id is taken"):
            records.put_jobs([Job("nuevo:1", "Nuevo"), Job(world.jobs[owner], "Otro")])
        assert world.kept(world.jobs[owner]) == before


def test_owners_change_their_own(world: World) -> None:
    assert world.app.put("/v1/jobs/red:1", json=JOB | {"title": "Redera"}).status_code == 200
    assert world.imported("bolsa:1", "2").created == 1
    own = f"/v1/employers/{world.employer_id}/jobs/{world.jobs['organisation']}"
    for method, path in (("PUT", own), ("POST", f"{own}/close"), ("POST", f"{own}/re-open")):
        assert world.app.request(method, path, json=JOB, headers=world.killa).status_code == 200
    assert world.app.delete("/v1/jobs/red:1").status_code == 204


def test_an_organisation_s_list_goes_in_but_for_the_job_whose_id_a_partner_took(world: World) -> None:
    assert world.app.put(f"/v1/jobs/{world.employer_id}:9", json=JOB).status_code == 201
    posted = [{"@type": "JobPosting", "title": f"Aviso {name}", "identifier": {"value": name}} for name in ("9", "10")]
    path = f"/v1/employers/{world.employer_id}/jobs:import"
    taken, new = world.app.post(path, json=posted, headers=world.killa).json()["items"]
    assert (taken["posting"], "ese id ya está en uso" in taken["problem"]["detail"]) == (None, True)
    assert new["posting"]["job_id"] == f"{world.employer_id}:10"
    assert linked(world.app, world.killa, world.employer_id, "10") == f"{world.employer_id}:10"
