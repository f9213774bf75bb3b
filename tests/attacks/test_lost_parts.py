"""A database or a file of master keys that is gone is never made anew beside what needs it; `/readyz` says why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.app import create_app
from api.configuration.settings import Settings
from commands.opening import open_cipher, open_records
from engine.errors import ArtifactError
from store.database import open_database
from store.encryption.data_keys import DATA_KEYS
from store.encryption.master_keys import FILE_NAME

OpenApp = Callable[..., TestClient]


@pytest.fixture
def used(tmp_path: Path, database_url: str) -> Settings:
    """What an app was started with that has sealed something."""
    settings = Settings(data_dir=tmp_path, database_url=database_url)
    with TestClient(create_app(settings)) as client:
        assert client.get("/v1/consent-texts").status_code == 200
    assert (tmp_path / FILE_NAME).exists()
    return settings


def test_master_keys_are_not_made_beside_what_others_sealed(used: Settings) -> None:
    kept = (used.data_dir / FILE_NAME).rename(used.data_dir / "kept")
    with TestClient(create_app(used)) as client:
        missing = client.get("/readyz").json()["missing"]
        assert f"{FILE_NAME} is not there" in missing["master keys"]
        assert "CHAMBA_MASTER_KEYS" in missing["master keys"]
        sign_up = {"email": "rosa@correo.pe", "password": "lluvia en Huaraz", "role": "employer", "name": "Rosa"}
        assert client.post("/v1/auth/sign-up", json=sign_up | {"consents": []}).status_code == 503
    assert not (used.data_dir / FILE_NAME).exists()
    database = open_database(used.database)
    with pytest.raises(ArtifactError, match="is not there"):
        open_cipher(database, used.data_dir, None)
    with database.connect() as connection:
        before = connection.execute(select(DATA_KEYS)).all()
    database.dispose()
    kept.rename(used.data_dir / FILE_NAME)
    with TestClient(create_app(used)) as client:
        assert "master keys" not in client.get("/readyz").json()["missing"]
    with open_database(used.database).connect() as connection:
        assert connection.execute(select(DATA_KEYS)).all() == before


@pytest.mark.sqlite_only("a server's database is made by whoever runs the server")
@pytest.mark.parametrize("is_empty", [True, False])
def test_a_database_is_not_made_beside_the_master_keys_of_one_that_is_gone(used: Settings, is_empty: bool) -> None:
    file = used.data_dir / "chamba.db"
    kept = file.rename(used.data_dir / "kept")
    if is_empty:
        file.touch()
    with TestClient(create_app(used)) as client:
        assert "the database is gone" in client.get("/readyz").json()["missing"]["database"]
        assert client.get("/v1/erasure-receipts/0").status_code in (404, 422, 503)
    with pytest.raises(ArtifactError, match="the database is gone"):
        open_records(used.data_dir, "")
    file.unlink(missing_ok=True)
    kept.rename(file)
    with TestClient(create_app(used)) as client:
        assert "database" not in client.get("/readyz").json()["missing"]


def test_both_are_made_where_there_is_neither(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new")
    with TestClient(create_app(settings)) as client:
        assert client.get("/readyz").json()["missing"].keys() == {"bundle"}
    assert {one.name for one in settings.data_dir.iterdir()} >= {"chamba.db", FILE_NAME}
