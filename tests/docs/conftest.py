"""A small world in a folder of a reader's own, and a server over it."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.configuration.settings import Settings
from tests.api.partners.parts import Clock
from tests.docs.boards import NETWORKS, boards
from tests.docs.command_line import try_command
from tests.docs.reader import Reader
from tests.docs.receiver import receiver
from tests.docs.shell import Terminal

LEAST_KIB, NEVER = 19_456, 1e6
POSTINGS = (
    "Título,Ubicación,FechaPublicación,Enlace,DetalleContrato,Salario,TipoPago,Descripción,Requisitos,NombreEmpresa\n"
    "Asistente,Lima,1 de mayo,https://example.org/0123456789ABCDEF0123456789ABCDEF,Teletrabajo,No disponible,"
    "No disponible,Hola,,Taller\n"
)


@pytest.fixture(scope="session")
def small_world(tiny_models: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as `make run` leaves it: people and jobs, a bundle, the key of the partner `demo`."""
    data = tmp_path_factory.mktemp("small-world") / "data"
    data.mkdir()
    (data / "models").symlink_to(tiny_models)
    place = ["--data-dir", str(data)]
    try_command(["sample", *place], "")
    try_command(["partner", "create", "demo", "--adopt-people", "--key-file", str(data / "demo.key"), *place], "")
    try_command(["index", *place], "")
    return data


@pytest.fixture
def reader(small_world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    """Somebody in a folder with a copy of the small world in `data/`, and what the pages say stands beside it."""
    folder, tools = tmp_path / "folder", tmp_path / "tools"
    tools.mkdir()
    shutil.copytree(small_world, folder / "data", symlinks=True)
    (folder / "postings.csv.gz").write_bytes(gzip.compress(POSTINGS.encode()))
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "activate").touch()
    for name in ("CHAMBA_DATA_DIR", "CHAMBA_DATABASE_URL", "CHAMBA_MASTER_KEYS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CHAMBA_FEEDS_NETWORKS", NETWORKS)
    monkeypatch.chdir(folder)
    settings = Settings(
        password_memory_kib=LEAST_KIB, bundle_poll_seconds=0.02, delivery_poll_seconds=NEVER, webhooks_to_loopback=True
    )
    app = create_app(settings)
    app.state.services.clock = Clock()  # in the week that the pages tell events of
    with receiver() as hooks, boards() as lists, TestClient(app, raise_server_exceptions=False) as client:
        yield Reader(client, Terminal(folder, tools), hooks, lists)
