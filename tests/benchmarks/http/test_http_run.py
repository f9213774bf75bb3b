"""`chamba bench http` as a whole, small: the servers, who is asked for, what is measured and kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

import pytest

from benchmarks.http.load import closed_loop
from benchmarks.http.measurements import HttpBench, Measurement
from benchmarks.http.people import ROUTE, read_people, request_bytes
from benchmarks.http.run import run_http
from benchmarks.http.servers import Server, own_cores
from engine.encoder.encoder import TowerEncoder
from engine.errors import ArtifactError, ChambaError
from index.publishing import encode_people
from sample.world import World
from store.database import database_url, migrate, open_database
from store.records.records import Records


def test_starlette_gives_the_same_bytes(tmp_path: Path) -> None:
    body = '{"recommendations": ["ñ"]}'.encode()
    (tmp_path / "answer.json").write_bytes(body)
    arguments = ["benchmarks.http.baseline", str(tmp_path / "answer.json"), "{port}"]
    with Server("starlette", arguments, own_cores(), tmp_path) as server:
        assert server.post(ROUTE, b"{}", "key") == (200, body)
        requests = cycle([request_bytes(server.address, "s1", 10, "key")])
        found = closed_loop(server.address, requests, 2, 0.1)
        assert found.count(200) == len(found.statuses)
        assert server.cpu_seconds() > 0


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(ChambaError, match=r"starlette process did not start.*absent\.json"):
        Server("starlette", ["benchmarks.http.baseline", "absent.json", "{port}"], own_cores(), tmp_path)


def test_without_a_bundle_the_run_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ArtifactError, match=r"no bundle in .*chamba index"):
        run_http(HttpBench(tmp_path), tmp_path, print)


@pytest.fixture
def data_dir(tiny_bundles: Path, tiny_model: Path, tiny_world: World, tmp_path: Path) -> Path:
    """The tiny bundle beside its people, encoded; one of them by another model."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "bundles").symlink_to(tiny_bundles)
    database = open_database(database_url(folder))
    migrate(database)
    records = Records(database)
    records.put_seekers(tiny_world.seekers)
    encoder = TowerEncoder(tiny_model)
    stale, _ = encode_people(records, encoder)
    records.store_seeker_vectors(stale[1:], encoder.model_id)
    records.store_seeker_vectors(stale[:1], "another")
    database.dispose()
    return folder


@pytest.mark.slow
def test_people_are_shuffled_and_those_who_warm_up_are_not_measured(data_dir: Path, tiny_world: World) -> None:
    people = read_people(data_dir, seed=1)
    everyone = people.measured + people.warming_up
    assert len(everyone) == len(set(everyone)) == len(tiny_world.seekers) - 1
    assert set(everyone) < {seeker.seeker_id for seeker in tiny_world.seekers}
    assert people.warming_up
    assert people.measured != sorted(people.measured)
    assert read_people(data_dir, seed=1) == people != read_people(data_dir, seed=2)


MEASUREMENTS = tuple(one for one in Measurement if one is not Measurement.WORKERS)


@pytest.mark.slow
def test_a_run_measures_the_parts_that_were_asked_for(data_dir: Path, tmp_path: Path) -> None:
    said: list[str] = []
    bench = HttpBench(data_dir, MEASUREMENTS, seconds=0.3, rounds=1, connections=2)
    began = datetime.now(UTC).replace(microsecond=0)
    run_http(bench, tmp_path / "out", said.append)
    text = "\n".join(said)
    for heading in (
        "The engine",
        "What a request costs",
        "Batches",
        "Latency under load",
        "Beyond capacity",
        "While others misbehave",
        "Swapping bundles",
    ):
        assert heading in text
    assert "Workers" not in text
    (path,) = (tmp_path / "out").glob("http-*.json")
    document = json.loads(path.read_text("utf-8"))
    assert datetime.fromisoformat(document["measured_at"]) >= began
    results = document["results"]
    cost = results["cost"]["median"]
    assert cost["chamba"]["failed_share"] == cost["starlette"]["failed_share"] == 0
    assert cost["chamba"]["status_200_count"] == cost["chamba"]["sent_count"] > 0
    assert cost["engine"]["count"] > 0
    assert cost["engine"]["engine_seconds_median"] > cost["engine"]["search_seconds_median"] > 0
    assert list(results["latency"]) == ["0.3", "0.6", "0.9"]
    assert results["swap"]["while bundles are swapped"]["failed_share"] == 0
    assert results["overload"]["offered_per_second"] == pytest.approx(2 * results["capacity_per_second"])
    counts = [len(one["rows"]) for one in results["sections"]]
    assert counts[1:] == [5, 2, 3, 1, 2, 2]
    assert counts[0] in (3, 4)  # full answers, short ones, or both, as it happens
