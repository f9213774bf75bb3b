"""`chamba sample` makes a world that can be walked: log in, apply, be found, with a password of this folder alone."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

import chamba
from api.app import create_app
from api.configuration.settings import Settings
from index.build import IndexConfig
from index.publishing import index_store
from store.database import open_database
from store.records.records import Records
from tests.databases import NewDatabaseUrl

SIZE = ("--seed", "7", "--jobs", "90", "--seekers", "60")


def sampled(data_dir: Path, url: str, *also: str) -> str:
    command = ["sample", *SIZE, *also, "--data-dir", str(data_dir), "--database-url", url]
    done = CliRunner().invoke(chamba.app, command, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def url(tmp_path: Path, new_database_url: NewDatabaseUrl) -> str:
    return new_database_url(tmp_path)


def logged_in(client: TestClient, accounts: dict[str, Any], kind: str, at: int = 0) -> dict[str, str]:
    address = [one["email"] for one in accounts["accounts"] if one["email"].startswith(kind)][at]
    body = {"email": address, "password": accounts["password"]}
    answer = client.post("/v1/auth/log-in", json=body)
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def test_a_sample_can_be_walked(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAMBA_PASSWORD_MEMORY_KIB", "19456")
    assert "90 jobs new" in sampled(tmp_path, url)
    file = tmp_path / "sample-accounts.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    accounts = json.loads(file.read_bytes())
    with TestClient(create_app(Settings(data_dir=tmp_path, database_url=url))) as client:
        employer, person = logged_in(client, accounts, "empresa"), logged_in(client, accounts, "persona")
        (organisation,) = client.get("/v1/employers", headers=employer).json()["items"]
        assert organisation["status"] == "verified"
        jobs = f"/v1/employers/{organisation['employer_id']}/jobs"
        (posting, *_) = client.get(jobs, headers=employer).json()["items"]
        assert posting["state"] == "open"
        applied = client.post("/v1/me/applications", json={"job_id": posting["job_id"]}, headers=person)
        assert applied.status_code == 201, applied.text
        root = f"/v1/employers/{organisation['employer_id']}/applications"
        assert client.get(root, headers=employer).json()["items"][0]["name"]
        assert client.get("/v1/me/consents", headers=person).json()["agreed"] == ["be_found", "matching", "training"]
        waiting = logged_in(client, accounts, "empresa", -1)
        (other,) = client.get("/v1/employers", headers=waiting).json()["items"]
        (held, *_) = client.get(f"/v1/employers/{other['employer_id']}/jobs", headers=waiting).json()["items"]
        assert (other["status"], held["state"]) == ("unverified", "waiting")


def test_every_card_says_how_one_applies_and_it_is_so(
    tmp_path: Path, url: str, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAMBA_PASSWORD_MEMORY_KIB", "19456")
    sampled(tmp_path, url)
    accounts, bundles = json.loads((tmp_path / "sample-accounts.json").read_bytes()), tmp_path / "bundles"
    bundles.mkdir()
    assert index_store(Records(open_database(url)), tiny_model, bundles, IndexConfig(0, force=True)).published
    with TestClient(create_app(Settings(data_dir=tmp_path, database_url=url))) as client:
        person = logged_in(client, accounts, "persona")
        searched = client.post("/v1/me/search", json={"query": "trabajo", "limit": 100}, headers=person).json()
        own = client.post("/v1/me/recommendations", json={"limit": 100}, headers=person).json()
        shown = [*searched["recommendations"], *searched["nearest"], *own["recommendations"], *own["nearest"]]
        one_of_each = {one["job"]["apply"]["how"]: one for one in shown}
        assert set(one_of_each) == {"here", "url", "not_told"}
        for how, one in one_of_each.items():
            told = one["job"]["apply"]
            assert told.get("url") == (one["job"]["url"] if how == "url" else None)
            assert client.get(f"/v1/jobs/{one['job_id']}", headers=person).json()["apply"] == told
            saved = client.put(f"/v1/me/saved-jobs/{one['job_id']}", headers=person).json()
            assert saved["job"]["apply"] == told
            applied = client.post("/v1/me/applications", json={"job_id": one["job_id"]}, headers=person)
            assert applied.status_code == (201 if how == "here" else 409), applied.text


def test_a_sample_taken_again_changes_nothing_and_keeps_its_password(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAMBA_PASSWORD_MEMORY_KIB", "19456")
    sampled(tmp_path, url)
    before = (tmp_path / "sample-accounts.json").read_bytes()
    assert "0 jobs new, 0 changed, 90 as they were" in sampled(tmp_path, url)
    assert (tmp_path / "sample-accounts.json").read_bytes() == before


def test_a_world_to_train_on_has_nobody_with_an_account(tmp_path: Path, url: str) -> None:
    assert "90 jobs new" in sampled(tmp_path, url, "--as-drawn")
    assert not (tmp_path / "sample-accounts.json").exists()


def test_its_programme_answers_people_and_has_officers(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAMBA_PASSWORD_MEMORY_KIB", "19456")
    sampled(tmp_path, url)
    accounts = json.loads((tmp_path / "sample-accounts.json").read_bytes())
    assert [one["role"] for one in accounts["accounts"]].count("officer") == 2
    with TestClient(create_app(Settings(data_dir=tmp_path, database_url=url))) as client:
        person, officer = (logged_in(client, accounts, kind) for kind in ("persona", "programa"))
        (programme,) = client.get("/v1/programmes", headers=person).json()["items"]
        texts = {one["purpose"]: one["version"] for one in client.get("/v1/consent-texts").json()["texts"]}
        for purpose in ("sensitive", "screening"):
            agreed = {"purpose": purpose, "text_version": texts[purpose], "is_given": True}
            assert client.post("/v1/me/consents", json=agreed, headers=person).status_code < 300
        told = {"birth_date": "1998-07-28", "income": 700, "household_size": 2, "region": "Puno"}
        assert client.put("/v1/me/private-details", json=told, headers=person).status_code == 200
        asked = client.post(f"/v1/me/programmes/{programme['programme_id']}/screenings", json={}, headers=person)
        assert (asked.status_code, asked.json()["eligibility"]) == (201, "eligible"), asked.text
        refused = client.get("/v1/officers/programmes", headers=officer)
        assert (refused.status_code, refused.json()["type"]) == (403, "/problems/second-factor-needed")
