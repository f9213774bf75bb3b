"""Every answer has a name, is in the log with what it came from, and is given again from it to the last bit."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typer
from fastapi.testclient import TestClient
from sqlalchemy import Connection, text

from api.recommendations.schemas.requests import RecommendationRequest
from api.recommendations.service.recommending import answer_for, stored_person
from api.recommendations.service.replaying import Replayed, replay
from commands.replay import replay as print_replay
from engine.errors import ArtifactError, NotFoundError
from index.build import IndexConfig
from index.publishing import index_store
from sample.world import World
from store.database import writing
from store.evidence.detaching import detach_answers
from store.evidence.log_shipping import ship_all
from tests.api.services_of import services_of
from tests.databases import Databases

NEVER = 1e6

OpenApp = Callable[..., TestClient]
Replays = Callable[..., Replayed]


@pytest.fixture
def bundles(tiny_bundles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundles folder of its own, for tests that publish or remove."""
    return Path(shutil.copytree(tiny_bundles, tmp_path_factory.mktemp("bundles") / "bundles", symlinks=True))


@pytest.fixture
def client(open_app: OpenApp, bundles: Path) -> TestClient:
    return open_app(bundles)


@contextmanager
def log_of(client: TestClient) -> Iterator[Connection]:
    """The database with every answer that was given before."""
    services = services_of(client)
    ship_all(services.settings.journal, services.database)
    with services.database.connect() as connection:
        yield connection


def replayed(client: TestClient, recommendation_id: str) -> Replayed:
    with log_of(client) as connection:
        return replay(recommendation_id, connection, services_of(client).settings.bundles)


def ask(client: TestClient, **asked: Any) -> dict[str, Any]:
    response = client.post("/v1/recommendations", json=asked)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def ask_many(client: TestClient, seeker_ids: list[str], **asked: Any) -> list[dict[str, Any]]:
    response = client.post("/v1/recommendations:batch", json={"seeker_ids": seeker_ids, **asked})
    assert response.status_code == 200, response.text
    return [json.loads(line) for line in response.text.splitlines()]


def test_a_stored_persons_answer_is_logged_with_all_that_it_came_from(
    client: TestClient, evening_designer: dict[str, Any]
) -> None:
    client.put("/v1/seekers/killa", json=evening_designer)
    client.put("/v1/jobs/fresh", json={"title": "Diseñadora", "modality": "remote"})
    filters = {"modalities": None, "contracts": ["freelance"], "min_hours_coverage": 0.25}
    answer = ask(client, seeker_id="killa", limit=7, filters=filters, locale="en")
    logged = replayed(client, answer["recommendation_id"]).logged.record
    assert logged.seeker_id == "killa"
    with log_of(client) as connection:
        assert [logged.partner_id] == connection.execute(text("SELECT partner_id FROM partners")).scalars().all()
    assert (logged.bundle, logged.model_id, logged.reranker) == (answer["bundle"], answer["model"], answer["reranker"])
    assert logged.job_change_number == 1
    assert [job_id for job_id, _ in logged.shown] == [job["job_id"] for job in answer["recommendations"]]
    assert [round(score, 4) for _, score in logged.shown] == [job["score"] for job in answer["recommendations"]]
    assert logged.document == client.get("/v1/seekers/killa").json()
    assert (logged.query["limit"], logged.query["locale"]) == (7, "en")
    assert logged.query["filters"].items() >= filters.items()


def test_every_way_to_ask_gives_a_name_that_is_logged_and_replays(
    client: TestClient, evening_designer: dict[str, Any]
) -> None:
    for name in ("killa", "wayra"):
        client.put(f"/v1/seekers/{name}", json=evening_designer | {"text": f"Soy {name}, diseñadora"})
    explained = client.post("/v1/recommendations?explain=true", json={"seeker_id": "killa"}).json()
    lines = ask_many(client, ["killa", "nadie", "wayra"], limit=5)
    answers = [ask(client, seeker_id="killa"), ask(client, profile=evening_designer), explained, lines[0], lines[2]]
    assert "recommendation_id" not in lines[1]
    names = [answer["recommendation_id"] for answer in answers]
    assert len(set(names)) == 5
    replays = [replayed(client, name) for name in names]
    assert [one.logged.record.seeker_id for one in replays] == ["killa", "", "killa", "killa", "wayra"]
    for one in replays:
        assert one.is_identical, one.difference
        assert one.shown == one.logged.record.shown != []
        assert one.vector_distance == 0


def test_an_answer_without_jobs_replays(client: TestClient) -> None:
    nobodys = {"text": "ventas", "min_pay": {"amount": 90_000, "currency": "USD", "period": "month"}}
    answer = ask(client, profile=nobodys, filters={"allow_unstated": False, "contracts": ["apprenticeship"]})
    again = replayed(client, answer["recommendation_id"])
    assert answer["recommendations"] == again.shown == []
    assert again.is_identical


def test_jobs_that_were_left_out_for_a_person_are_left_out_again(
    client: TestClient, evening_designer: dict[str, Any]
) -> None:
    client.put("/v1/seekers/killa", json=evening_designer)
    shown = [job["job_id"] for job in ask(client, seeker_id="killa", limit=9)["recommendations"]]
    services, asked = services_of(client), RecommendationRequest(seeker_id="killa", limit=9)
    with log_of(client) as connection:
        partner_id = connection.execute(text("SELECT partner_id FROM partners")).scalar_one()
    person = replace(stored_person("killa", services, partner_id), excluded=frozenset(shown[:3]))
    answer = json.loads(answer_for(person, asked, services, partner_id=partner_id))
    again = replayed(client, answer["recommendation_id"])
    assert again.is_identical, again.difference
    assert [job_id for job_id, _ in again.shown][:6] == shown[3:]
    assert again.logged_query.excluded == frozenset(shown[:3])


def test_what_changes_afterwards_changes_no_replay(
    client: TestClient, evening_designer: dict[str, Any], tiny_model: Path, tiny_world: World
) -> None:
    services = services_of(client)
    services.records.put_jobs(tiny_world.jobs)
    client.put("/v1/seekers/killa", json=evening_designer)
    answer = ask(client, seeker_id="killa", limit=20)
    shown = [job["job_id"] for job in answer["recommendations"]]
    client.put(f"/v1/jobs/{shown[0]}", json={"title": "Otro trabajo", "modality": "remote"})
    client.delete(f"/v1/jobs/{shown[1]}")
    client.put("/v1/seekers/killa", json={"text": "Contadora pública"})
    report = index_store(
        services.records, tiny_model, services.settings.bundles, IndexConfig(recall_floor=0.5), full=True
    )
    services.refresh()
    assert ask(client, seeker_id="killa")["bundle"] == report.manifest.version != answer["bundle"]
    again = replayed(client, answer["recommendation_id"])
    assert again.is_identical, again.difference
    assert [job_id for job_id, _ in again.shown] == shown


def test_a_bundle_in_the_archive_replays_and_one_that_is_gone_is_named(
    client: TestClient, bundles: Path, evening_designer: dict[str, Any], tmp_path: Path
) -> None:
    answer = ask(client, profile=evening_designer)
    archive = services_of(client).settings.data_dir / "bundle-archive"
    archive.mkdir()
    archived = archive / answer["bundle"]
    (bundles / answer["bundle"]).rename(archived)
    assert replayed(client, answer["recommendation_id"]).is_identical
    archived.rename(tmp_path / "away")
    with pytest.raises(ArtifactError, match=f"bundle {answer['bundle']} is not kept") as error:
        replayed(client, answer["recommendation_id"])
    assert "bring it back" in error.value.fix
    (tmp_path / "away").rename(bundles / answer["bundle"])
    assert replayed(client, answer["recommendation_id"]).is_identical


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE recommendations SET shown = '[]'", "the logged jobs or scores were changed"),
        ('UPDATE recommendation_inputs SET document = \'{"text": "otra"}\'', "the logged profile or its vector was"),
        ("UPDATE recommendations SET model_id = 'm0'", "the bundle's model is"),
        ("UPDATE recommendations SET reranker = 'r0'", "the bundle's reranker is formula, and r0 answered"),
        ("UPDATE recommendations SET asked = replace(CAST(asked AS text), ':3', ':2')", "place 3: the log has"),
    ],
)
@pytest.mark.sqlite_only("the statements are written for it")
def test_what_was_changed_in_the_log_is_told(
    client: TestClient, evening_designer: dict[str, Any], statement: str, said: str
) -> None:
    answer = ask(client, profile=evening_designer, limit=3)
    assert replayed(client, answer["recommendation_id"]).is_identical
    with writing(services_of(client).database).begin() as connection:
        connection.execute(text(statement.replace(":3", r"\:3").replace(":2", r"\:2").replace('": "', r'"\: "')))
    again = replayed(client, answer["recommendation_id"])
    assert not again.is_identical
    assert again.difference.startswith(said)


def test_a_person_who_is_forgotten_is_in_no_log(client: TestClient, evening_designer: dict[str, Any]) -> None:
    for name in ("killa", "wayra"):
        client.put(f"/v1/seekers/{name}", json=evening_designer)
    answers = {name: ask(client, seeker_id=name)["recommendation_id"] for name in ("killa", "wayra")}
    services = services_of(client)
    ship_all(services.settings.journal, services.database)
    with writing(services.database).begin() as connection:
        assert detach_answers(connection, "killa") == (1, 1)
    with pytest.raises(NotFoundError):
        replayed(client, answers["killa"])
    assert replayed(client, answers["wayra"]).is_identical


def test_answers_go_on_without_the_database_and_are_logged_when_it_is_back(
    open_app: OpenApp,
    tiny_bundles: Path,
    databases: Databases,
    database_url: str,
    evening_designer: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    # Nothing polls: a connection that is made while a file is put back would be to another one.
    client = open_app(tiny_bundles, database_url=database_url, bundle_poll_seconds=NEVER)
    databases.take_away(database_url)
    services_of(client).database.dispose()
    names = [ask(client, profile=evening_designer, limit=limit)["recommendation_id"] for limit in (1, 2, 3)]
    for _ in range(3):
        services_of(client).journal.ship()
    assert caplog.text.count("for the database") == 1
    assert "Diseñadora" not in caplog.text
    databases.bring_back(database_url)
    for limit, name in enumerate(names, 1):
        again = replayed(client, name)
        assert again.is_identical, again.difference
        assert len(again.shown) == limit


def test_the_command_tells_in_words_what_was_asked_and_whether_it_is_the_same(
    client: TestClient, evening_designer: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    settings_of_app = services_of(client).settings
    client.put("/v1/seekers/killa", json=evening_designer)
    answer = ask(client, seeker_id="killa", limit=3)
    arguments = (answer["recommendation_id"], settings_of_app.data_dir, settings_of_app.database)
    print_replay(*arguments)
    printed = capsys.readouterr().out
    assert "asked: at most 3 jobs for the person killa, by partner " in printed
    assert "; modalities hybrid, remote; unstated terms pass; 80% of the hours" in printed
    assert f"from: bundle {answer['bundle']} with the changes of jobs up to 0" in printed
    assert f"by: model {answer['model']}, reranker formula, code " in printed
    assert "replay: identical, 3 jobs and their scores to the last bit" in printed
    assert evening_designer["text"] not in printed
    with writing(services_of(client).database).begin() as connection:
        connection.execute(text("UPDATE recommendations SET job_change_number = -1, answer_hash = 'x'"))
    with pytest.raises(typer.Exit) as status:
        print_replay(*arguments)
    assert status.value.exit_code == 1
    assert "replay: NOT identical; the logged jobs or scores were changed" in capsys.readouterr().out
    with pytest.raises(NotFoundError, match="no such recommendation"):
        print_replay("nobodys", *arguments[1:])
