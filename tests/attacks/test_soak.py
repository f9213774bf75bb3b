"""The soak finds what was lost, by the database and by the API, and tells a slow or a growing server from another."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from tests.api.real_things import APPLICATION, JOB, PROFILE, RealThings
from tests.api.served_app import ServedApp
from tests.attacks.real_server import RealServer
from tests.attacks.soak.__main__ import judged_memory, judged_probes
from tests.attacks.soak.ground import Ground
from tests.attacks.soak.ledger import Kind, Ledger
from tests.attacks.soak.looking import by_api, in_database
from tests.attacks.soak.memory import Memory
from tests.attacks.soak.probing import Probe, read_probes

pytestmark = pytest.mark.slow

MIB = 2**20


@pytest.fixture
def ground(served: ServedApp, real: RealThings, tmp_path: Path) -> Ground:
    """That of a soak, over the tests' server, with one write of each kind."""
    port = int(served.url.rpartition(":")[2])
    emails = real._emails
    ground = Ground(
        server=RealServer(cast(Any, None), port, tmp_path / "log"),
        services=served.services,
        ledger=Ledger(),
        folder=tmp_path,
        partner=real.partner,
        other_partner={},
        employer_id=real.employer_id,
        employer_email=emails[real.employer],
    )
    _write_each(ground, real)
    return ground


def _write_each(ground: Ground, real: RealThings) -> None:
    served, note = real.served, ground.ledger.acknowledge
    rosa, job_id, seeker_id = real.headers(real.seeker), real.partners_job, real.partners_seeker
    note(Kind.ACCOUNT, real.email, real.seeker)
    served.ask("PUT", "/v1/me/profile", rosa, PROFILE | {"text": "Vendo y tejo, versión 2"})
    for version in (1, 2):
        note(Kind.PROFILE, f"{real.email} {version}", str(version))
    note(Kind.JOB, job_id, JOB["title"])
    note(Kind.POSTING, real.employers_job, JOB["title"])
    note(Kind.PERSON, seeker_id, PROFILE["text"])
    applied = served.ask("POST", "/v1/me/applications", rosa, APPLICATION | {"job_id": job_id})["application_id"]
    note(Kind.APPLICATION, applied, real.email)
    served.ask("POST", f"/v1/me/applications/{applied}/messages", rosa, {"text": "¿Hay novedades?"})
    note(Kind.MESSAGE, "¿Hay novedades?", applied)
    told = {"event_id": "click-1", "kind": "click", "seeker_id": seeker_id, "job_id": job_id}
    event = told | {"occurred_at": real.services.now().isoformat()}
    assert served.ask("POST", "/v1/events", real.partner, {"events": [event]})["rejected"] == []
    note(Kind.EVENT, "click-1", job_id)


@pytest.mark.parametrize("look", [in_database, by_api])
def test_what_is_there_is_found_and_what_is_not_is_lost(ground: Ground, real: RealThings, look: Any) -> None:
    served = real.served
    found = look(ground)
    assert {kind: ground.ledger.lost(kind, found.proofs[kind]) for kind in Kind} == {kind: [] for kind in Kind}
    gone = dict.fromkeys(Kind, "gone") | {Kind.PROFILE: f"{real.email} 3", Kind.APPLICATION: real.employer_id}
    for kind, name in gone.items():
        ground.ledger.acknowledge(kind, name, "3" if kind is Kind.PROFILE else real.email)
    ground.ledger.acknowledge(Kind.JOB, real.partners_job, "another title")
    (application_id, *_), rosa = ground.ledger.names(Kind.APPLICATION), real.headers(real.seeker)
    served.ask("POST", f"/v1/me/applications/{application_id}/messages", rosa, {"text": "¿Hay novedades?"})
    found = look(ground)
    lost = {kind: ground.ledger.lost(kind, found.proofs[kind]) for kind in Kind}
    assert lost == {kind: [name] for kind, name in gone.items()} | {Kind.JOB: [real.partners_job, "gone"]}
    assert found.doubled == ["¿Hay novedades?"]


def test_a_slow_answer_and_one_that_never_came_are_faults_unless_a_worker_was_killed() -> None:
    quick = [Probe(second / 10, 2.0, 0.0, is_answered=True) for second in range(100)]
    cut_off = Probe(5.0, 3.0, 0.0, is_answered=False)
    assert judged_probes(quick, [], 0.5) == []
    assert judged_probes([*quick, cut_off], [4.5], 0.5) == []
    (told,) = judged_probes([*quick, cut_off], [9.0], 0.5)
    assert "failed 1 times" in told
    (told,) = judged_probes([*quick, Probe(5.0, 51.0, 0.0, is_answered=True)], [], 0.5)
    assert "took 51 ms, at a load of 0.5" in told
    assert judged_probes([cut_off], [], 0.5) == ["/healthz never answered"]


def test_probes_are_read_in_whole_lines(tmp_path: Path) -> None:
    (tmp_path / "probes").write_text("12.500 3.25 0.10 1\n12.600 30000.00 0.20 0\n12.7")
    assert read_probes(tmp_path / "probes") == [Probe(12.5, 3.25, 0.1, True), Probe(12.6, 30_000.0, 0.2, False)]


@pytest.mark.parametrize(("mib_an_hour", "is_growing"), [(0, False), (70, False), (90, True), (-90, False)])
def test_a_worker_that_grows_by_more_than_a_fifth_an_hour_is_a_fault(mib_an_hour: int, *, is_growing: bool) -> None:
    moments = range(0, 601, 5)
    steady = [(float(at), 400 * MIB + mib_an_hour * MIB * at // 3_600) for at in moments]
    # One that warms up grows in the first half; one that came late, or was killed, is no measure.
    memory = Memory({1: steady, 2: [(float(at), MIB * at) for at in range(500, 601, 5)]})
    slopes = memory.slopes(0.0, 600.0)
    assert list(slopes) == [1]
    assert bool(judged_memory(slopes, 10)) == is_growing
    assert judged_memory({}, 10) == ["no worker lived long enough for its memory to be judged"]
    assert judged_memory(slopes, 1) == []
