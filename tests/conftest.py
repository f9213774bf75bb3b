"""Small real parts that many tests share: databases, a tiny BERT through the whole export, a bundle served from it."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import sentencepiece
from hypothesis import settings
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sqlalchemy import make_url

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from engine.encoder.texts import job_text, seeker_text
from engine.jobs import Job
from engine.relevance import Calibration
from sample.world import World, generate_world
from tests.databases import Databases, NewDatabaseUrl, PostgresqlDatabases, SqliteDatabases

# No test times anything: a shared machine may be slow.
settings.register_profile("chamba", deadline=None, max_examples=60)
settings.load_profile("chamba")

DATABASE_KINDS = ("sqlite", "postgresql")

HIDDEN, LAYERS, HEADS, FEED_FORWARD, POSITIONS = 32, 2, 2, 64, 130


def pytest_addoption(parser: pytest.Parser) -> None:
    """Which database the tests that use one use, and where pictures of pages go."""
    parser.addoption(
        "--database",
        choices=DATABASE_KINDS,
        default="sqlite",
        help="postgresql: only the tests that use a database and may differ by it, on a real PostgreSQL",
    )
    parser.addoption(
        "--screenshots", type=Path, metavar="FOLDER", help="pictures of the pages that tests in a browser go through"
    )


def pytest_configure(config: pytest.Config) -> None:
    """A marker for each kind: what a test checks is a matter of that kind alone."""
    for kind in DATABASE_KINDS:
        config.addinivalue_line("markers", f"{kind}_only(reason): not for the other kinds of database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is for another kind of database; with PostgreSQL, also what uses none: it has run with SQLite."""
    chosen = config.getoption("--database")
    others = {f"{kind}_only" for kind in DATABASE_KINDS if kind != chosen}

    def is_left_out(item: pytest.Item) -> bool:
        uses_one = "databases" in getattr(item, "fixturenames", ())
        return any(mark.name in others for mark in item.iter_markers()) or not (uses_one or chosen == "sqlite")

    left_out = [item for item in items if is_left_out(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not is_left_out(item)]


def pytest_collection_finish() -> None:
    """Modules are no garbage. An app looks for garbage when it starts and would find TensorFlow's million objects each
    time: those of this process leave it to Python, and tests start servers of their own that do as in production."""
    gc.collect()
    gc.freeze()
    app: Any = sys.modules.get("api.app")
    if app is not None:
        app.gc = SimpleNamespace(
            collect=int, freeze=int, unfreeze=int, get_threshold=gc.get_threshold, set_threshold=lambda *_: None
        )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """How to have the same order and the same chance again."""
    if seed := config.getoption("randomly_seed", None):
        terminalreporter.write_line(f"in this order again: pytest --randomly-seed={seed}")


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Makes databases of the kind that was asked for."""
    made: Databases
    if request.config.getoption("--database") == "sqlite":
        made = SqliteDatabases(tmp_path_factory.mktemp("template"))
    else:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl-C: the server is stopped too
        made = PostgresqlDatabases()
    yield made
    made.close()


@pytest.fixture
def new_database_url(databases: Databases, tmp_path: Path) -> Iterator[NewDatabaseUrl]:
    """Makes databases that a test needs beside or instead of `database_url`, see `NewDatabaseUrl`."""
    yield from _factory(databases, tmp_path)


@pytest.fixture(scope="module")
def new_module_database_url(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewDatabaseUrl]:
    """The same for what a module's tests share."""
    yield from _factory(databases, tmp_path_factory.mktemp("databases"))


@pytest.fixture
def database_url(new_database_url: NewDatabaseUrl, tmp_path: Path) -> str:
    """The URL of an empty database at the newest revision; SQLite's is the one that Chamba finds in `tmp_path`."""
    return new_database_url(tmp_path)


@pytest.fixture
def commands_use(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Tells a database to the commands that a test runs; SQLite's file they find by themselves in its data folder."""

    def use(url: str) -> None:
        monkeypatch.delenv("CHAMBA_DATABASE_URL", raising=False)
        if make_url(url).get_backend_name() != "sqlite":
            monkeypatch.setenv("CHAMBA_DATABASE_URL", url)

    return use


def _factory(databases: Databases, parent: Path) -> Iterator[NewDatabaseUrl]:
    """Makes databases in folders of their own below `parent`, and drops them at the end."""
    made: list[str] = []
    numbers = count(1)

    def new(folder: Path | None = None, *, is_migrated: bool = True, like: str = "") -> str:
        own = parent / f"database-{next(numbers)}" if folder is None else folder
        made.append(databases.create(own, is_migrated=is_migrated, like=like))
        return made[-1]

    yield new
    for url in made:
        databases.drop(url)


@pytest.fixture(scope="session")
def tiny_world() -> World:
    """A sample world of 90 jobs and 60 people."""
    return generate_world(seed=3, job_count=90, seeker_count=60)


@pytest.fixture(scope="session")
def tiny_jobs(tiny_world: World) -> list[Job]:
    """The jobs of the tiny world."""
    return tiny_world.jobs


@pytest.fixture(scope="session")
def tiny_hugging_face(tiny_world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Hugging Face directory of an XLM-RoBERTa with two small layers of random weights."""
    folder = tmp_path_factory.mktemp("hugging-face")
    texts = [job_text(job) for job in tiny_world.jobs] + [seeker_text(seeker) for seeker in tiny_world.seekers]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts), model_prefix=str(folder / "vocabulary"), vocab_size=600, minloglevel=2
    )
    (folder / "vocabulary.model").rename(folder / "sentencepiece.bpe.model")
    config = {
        "model_type": "xlm-roberta",
        "hidden_act": "gelu",
        "hidden_size": HIDDEN,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": HEADS,
        "intermediate_size": FEED_FORWARD,
        "layer_norm_eps": 1e-5,
    }
    (folder / "config.json").write_text(json.dumps(config))
    # One row more than the pieces (<mask>), as the real directories have.
    save_file(_random_weights(600 + 1 + 1), folder / "model.safetensors")
    return folder


def _random_weights(rows: int) -> dict[str, NDArray[np.float32]]:
    random = np.random.default_rng(5)

    def normal(*shape: int) -> NDArray[np.float32]:
        return random.normal(0, 0.3 if len(shape) == 2 else 0.05, shape).astype(np.float32)

    def dense(name: str, rows_out: int, rows_in: int) -> dict[str, NDArray[np.float32]]:
        return {f"{name}.weight": normal(rows_out, rows_in), f"{name}.bias": normal(rows_out)}

    def norm(name: str) -> dict[str, NDArray[np.float32]]:
        return {f"{name}.weight": np.ones(HIDDEN, np.float32), f"{name}.bias": np.zeros(HIDDEN, np.float32)}

    weights = {
        "roberta.embeddings.word_embeddings.weight": normal(rows, HIDDEN),
        "roberta.embeddings.position_embeddings.weight": normal(POSITIONS, HIDDEN),
        "roberta.embeddings.token_type_embeddings.weight": normal(1, HIDDEN),
    } | norm("roberta.embeddings.LayerNorm")
    for layer in range(LAYERS):
        prefix = f"roberta.encoder.layer.{layer}"
        for part in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"):
            weights |= dense(f"{prefix}.{part}", HIDDEN, HIDDEN)
        weights |= norm(f"{prefix}.attention.output.LayerNorm") | norm(f"{prefix}.output.LayerNorm")
        weights |= dense(f"{prefix}.intermediate.dense", FEED_FORWARD, HIDDEN)
        weights |= dense(f"{prefix}.output.dense", HIDDEN, FEED_FORWARD)
    return weights


@pytest.fixture(scope="session")
def tiny_models(tiny_hugging_face: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A models folder whose `current` is the tiny encoder with untrained towers, SavedModel included."""
    from training.encoders.sources import load_encoder
    from training.release.export import export_model
    from training.towers.model import TwoTowers

    models = tmp_path_factory.mktemp("models")
    encoder = load_encoder(f"hf:{tiny_hugging_face}")
    export_model(encoder, TwoTowers(encoder.dimension), Calibration(0.1, 0.9), {}, models, max_tokens=128)
    return models


@pytest.fixture(scope="session")
def tiny_model(tiny_models: Path) -> Path:
    """The model folder of the tiny encoder."""
    return (tiny_models / "current").resolve()


@pytest.fixture(scope="session")
def tiny_bundles(tiny_model: Path, tiny_jobs: list[Job], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundles folder with the tiny world's jobs published."""
    from index.build import IndexConfig, build_index

    bundles = tmp_path_factory.mktemp("bundles")
    report = build_index(tiny_jobs, tiny_model, bundles, IndexConfig(recall_floor=0.5))
    assert report.published
    return bundles
