"""Workers that are killed right after an answer lose none: what they journaled is logged by whoever comes next."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import Engine, select

from api.credentials.callers import Scope
from api.recommendations.service.replaying import replay
from store.database import open_database
from store.encryption.field_cipher import FieldCipher
from store.encryption.master_keys import MasterKeys, create_master_keys
from store.evidence.log_shipping import ShippedAnswers, ship_all
from store.evidence.recommendation_log import RECOMMENDATIONS
from store.partners.keys import create_key
from store.partners.partners import NewPartner, RequestLimits, create_partner
from store.upserts import in_transaction
from tests.partner_server import wait_until_ready

GIVE_UP_SECONDS, ANSWERS = 60, 30
PERSON = {"text": "Tejedora de redes de pesca", "country": "PE"}


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    engine = open_database(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def key(database: Engine, tmp_path: Path) -> str:
    """A partner's key, known when the server starts."""
    create_master_keys(tmp_path / "master.keys")
    cipher, now = FieldCipher(database, MasterKeys(tmp_path / "master.keys")), datetime.now(UTC)

    def make(connection: Any) -> str:
        partner_id = create_partner(connection, cipher, NewPartner("p", RequestLimits(10_000, 10_000)), now)
        return create_key(connection, partner_id, list(Scope), now).text

    return in_transaction(database, make)


def ask(address: str, path: str, key: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """The answer; each call is a connection of its own, so that either worker may take it."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
    request = urllib.request.Request(address + path, json.dumps(body).encode() if body else None, headers)
    with urllib.request.urlopen(request, timeout=GIVE_UP_SECONDS) as answer:
        document: dict[str, Any] = json.loads(answer.read())
        return document


def kill(server: subprocess.Popen[bytes]) -> None:
    """The server and its workers, at once and without a word."""
    processes = [psutil.Process(server.pid), *psutil.Process(server.pid).children(recursive=True)]
    for process in processes:
        process.kill()
    server.wait(GIVE_UP_SECONDS)
    psutil.wait_procs(processes, GIVE_UP_SECONDS)


@pytest.mark.slow
def test_killed_workers_lose_no_answer(
    tiny_bundles: Path, tmp_path: Path, database: Engine, database_url: str, key: str
) -> None:
    (tmp_path / "bundles").symlink_to(tiny_bundles)
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "chamba", "serve", "--workers", "2", "--port", str(port)]
    command += ["--data-dir", str(tmp_path), "--database-url", database_url]
    environment = os.environ | {"CHAMBA_BUNDLE_POLL_SECONDS": "3600"}  # nothing is taken to the database meanwhile
    address, names = f"http://127.0.0.1:{port}", []
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
    try:
        wait_until_ready(address, tmp_path / "log", GIVE_UP_SECONDS)
        for limit in range(1, ANSWERS + 1):
            answer = ask(address, "/v1/recommendations", key, {"profile": PERSON, "limit": limit})
            names.append(answer["recommendation_id"])
    finally:
        kill(server)
    logged = select(RECOMMENDATIONS.c.recommendation_id)
    with database.connect() as connection:
        assert connection.execute(logged).all() == []
    assert ship_all(tmp_path / "journal", database) == ShippedAnswers(ANSWERS, 0)
    with database.connect() as connection:
        assert set(connection.execute(logged).scalars()) == set(names)
        for limit, name in enumerate(names, 1):
            again = replay(name, connection, tmp_path / "bundles")
            assert again.is_identical, again.difference
            assert again.logged_query.limit == limit
