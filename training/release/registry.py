"""The model registry in MLflow: versions of the towers, which one is champion, and who made it so.

A version holds the sealed model folder (SavedModel and flatbuffer), its run, a model card and the gate's report. The
history of promotions is kept as tags of the registered model; the champion and the one before it have aliases.
"""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING, Any

import orjson

from engine.encoder.encoder import ModelManifest
from engine.errors import ArtifactError, ChambaError, InvalidInputError, NotFoundError, extra_install

if TYPE_CHECKING:
    from mlflow import MlflowClient
    from mlflow.entities.model_registry import ModelVersion

EXPERIMENT, MODEL_NAME = "chamba", "chamba-towers"
CHAMPION, PREVIOUS = "champion", "previous-champion"
MODEL_ARTIFACT, RUN_ARTIFACT, CARD, GATE_REPORT = "model", "run", "MODEL_CARD.md", "gate.json"
PROMOTION_TAG = "promotion."
# What tells one version from another; the same again is no new version.
IDENTITY = ("model_id", "data_version", "retrain")


@dataclass(frozen=True, slots=True)
class ModelCandidate:
    """A model to register: its sealed folder, the run it came from (None: unknown) and what is known of it."""

    model: Path
    run: Path | None
    params: Mapping[str, Any]
    metrics: Mapping[str, float]
    card: str
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Version:
    """A registered version; `tags` hold model id, data version, code commit and the gate's verdict."""

    number: int
    run_id: str
    registered_at: datetime
    metrics: dict[str, float]
    tags: dict[str, str]

    @property
    def model_id(self) -> str:
        """The exact weights."""
        return self.tags["model_id"]


@dataclass(frozen=True, slots=True)
class Promotion:
    """A change of champion: `action` is promote or rollback."""

    at: str
    who: str
    action: str
    version: int
    forced: bool
    reason: str


def default_url(data_dir: Path) -> str:
    """The registry that needs no server: SQLite in the data folder."""
    return f"sqlite:///{(data_dir / 'mlflow.db').resolve()}"


def open_registry(data_dir: Path, url: str = "") -> Registry:
    """The registry at `url` (any MLflow tracking server), or the local one; raises ChambaError when it cannot open."""
    if url and "://" not in url:
        raise InvalidInputError("not a registry", expected="sqlite:///… or https://…", got=url, field="registry")
    data_dir.mkdir(parents=True, exist_ok=True)
    return Registry(open_client(url or default_url(data_dir)), None if url else data_dir / "mlflow-artifacts")


class Registry:
    """Versions of the towers; `artifacts` is where files of a local registry lie, None: the server decides."""

    def __init__(self, client: MlflowClient, artifacts: Path | None) -> None:
        self._client, self._artifacts = client, artifacts

    def versions(self) -> list[Version]:
        """Every version, oldest first."""
        found = self._client.search_model_versions(f"name = '{MODEL_NAME}'")
        return sorted((self._version(one) for one in found), key=lambda version: version.number)

    def get(self, number: int) -> Version:
        """The version; raises NotFoundError."""
        version = next((one for one in self.versions() if one.number == number), None)
        if version is None:
            raise NotFoundError(f"there is no version {number}", fix="see them: chamba model list")
        return version

    def register(self, model_candidate: ModelCandidate) -> Version:
        """Store a model as a new version; the same model of the same data and retraining is the version it was."""
        model_id = ModelManifest.read(model_candidate.model).model_id
        tags = {"model_id": model_id, **model_candidate.tags}
        for version in self.versions():
            if all(tags.get(name) == version.tags.get(name) for name in IDENTITY):
                return version
        run = self._client.create_run(self._experiment_id(), run_name=model_id, tags=tags)
        run_id = run.info.run_id
        for name, value in model_candidate.params.items():
            self._client.log_param(run_id, name, value)
        for name, number in model_candidate.metrics.items():
            self._client.log_metric(run_id, name, number)
        self._client.log_artifacts(run_id, str(model_candidate.model), MODEL_ARTIFACT)
        if model_candidate.run is not None:
            self._client.log_artifacts(run_id, str(model_candidate.run), RUN_ARTIFACT)
        self._client.log_text(run_id, model_candidate.card, CARD)
        self._client.set_terminated(run_id)
        if not self._client.search_registered_models(f"name = '{MODEL_NAME}'"):
            self._client.create_registered_model(MODEL_NAME, description="Towers of people and jobs")
        source = f"{run.info.artifact_uri}/{MODEL_ARTIFACT}"
        created = self._client.create_model_version(
            MODEL_NAME, source, run_id, tags=tags, description=model_candidate.card.splitlines()[0].lstrip("# ")
        )
        return self.get(int(created.version))

    def record_gate(self, version: Version, report: Mapping[str, Any]) -> None:
        """Keep the gate's report with the version."""
        verdict = "passed" if report["passed"] else f"refused: {report['reason']}"
        self._client.set_model_version_tag(MODEL_NAME, str(version.number), "gate", verdict[:4000])
        document = orjson.dumps(report, option=orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY)
        self._client.log_text(version.run_id, document.decode(), GATE_REPORT)

    def champion(self) -> Version | None:
        """The version in charge."""
        champions = self._champions(self.history())
        return self.get(champions[-1]) if champions else None

    def history(self) -> list[Promotion]:
        """Every promotion and rollback, oldest first."""
        models = self._client.search_registered_models(f"name = '{MODEL_NAME}'")
        tags = models[0].tags if models else {}
        return [Promotion(**orjson.loads(tags[key])) for key in sorted(tags) if key.startswith(PROMOTION_TAG)]

    def aliases(self) -> dict[int, str]:
        """The names that versions go by: champion and previous-champion."""
        champions = self._champions(self.history())
        return dict(zip(champions[:-3:-1], (CHAMPION, PREVIOUS), strict=False))

    def promote(self, version: Version, *, forced: bool = False, reason: str = "") -> None:
        """Make the version champion and write down by whom and why; the champion itself stays as it is."""
        champion = self.champion()
        if champion is None or champion.number != version.number:
            self._record("promote", version.number, forced, reason)
        self._write_aliases()

    def rollback(self, reason: str = "") -> Version:
        """Make the champion before this one champion again; a second rollback goes one further back."""
        champions = self._champions(self.history())
        if len(champions) < 2:
            raise NotFoundError("there is no champion to go back to", fix="see the versions: chamba model list")
        self._record("rollback", champions[-2], False, reason)
        self._write_aliases()
        return self.get(champions[-2])

    def fetch(self, version: Version, models: Path) -> Path:
        """The version's model folder `models/<model_id>`, downloaded and checked where it is missing or damaged."""
        folder = models / version.model_id
        try:
            ModelManifest.read(folder)
            return folder
        except ArtifactError:
            pass
        models.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=models, prefix=".download-") as scratch:
            downloaded = Path(self._client.download_artifacts(version.run_id, MODEL_ARTIFACT, scratch))
            manifest = ModelManifest.read(downloaded)
            if manifest.model_id != version.model_id:
                raise ArtifactError(
                    f"version {version.number} holds another model", expected=version.model_id, got=manifest.model_id
                )
            if folder.exists():
                folder.rename(Path(mkdtemp(dir=scratch)) / folder.name)
            downloaded.rename(folder)
        return folder

    def _version(self, found: ModelVersion) -> Version:
        run = self._client.get_run(found.run_id or "")
        moment = datetime.fromtimestamp(found.creation_timestamp / 1000, UTC)
        return Version(int(found.version), run.info.run_id, moment, dict(run.data.metrics), dict(found.tags))

    def _experiment_id(self) -> str:
        experiment = self._client.get_experiment_by_name(EXPERIMENT)
        if experiment is not None:
            return str(experiment.experiment_id)
        location = None if self._artifacts is None else self._artifacts.resolve().as_uri()
        return self._client.create_experiment(EXPERIMENT, artifact_location=location)

    @staticmethod
    def _champions(history: list[Promotion]) -> list[int]:
        """The champions on the way to this one: a promotion adds one, a rollback takes one away."""
        champions: list[int] = []
        for event in history:
            if event.action == "promote":
                champions.append(event.version)
            else:
                champions.pop()
        return champions

    def _record(self, action: str, number: int, forced: bool, reason: str) -> None:
        moment = datetime.now(UTC)
        event = Promotion(moment.isoformat(timespec="seconds"), getuser(), action, number, forced, reason)
        # Time and a counter that never stands still: keys sort in the order of events.
        key = f"{PROMOTION_TAG}{moment:%Y%m%dT%H%M%S%f}.{time.monotonic_ns():020d}"
        self._client.set_registered_model_tag(MODEL_NAME, key, orjson.dumps(asdict(event)).decode())

    def _write_aliases(self) -> None:
        champions = self._champions(self.history())
        for alias, position in ((CHAMPION, -1), (PREVIOUS, -2)):
            if len(champions) >= -position:
                self._client.set_registered_model_alias(MODEL_NAME, alias, str(champions[position]))
            else:
                self._client.delete_registered_model_alias(MODEL_NAME, alias)


def open_client(url: str) -> MlflowClient:
    """The client of `url`; raises ChambaError when MLflow is not installed or the address does not answer."""
    # Set here, not by the operator: a registry of people's work tells nobody that it is used.
    os.environ |= {"MLFLOW_DISABLE_TELEMETRY": "true", "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false"}
    os.environ.setdefault("MLFLOW_LOGGING_LEVEL", "WARNING")
    try:
        with warnings.catch_warnings():
            # MLflow 3.17 uses a loader that SQLAlchemy 2.1 deprecates.
            warnings.filterwarnings("ignore", message=".*noload.*")
            from mlflow import MlflowClient
            from mlflow.exceptions import MlflowException

            client = MlflowClient(tracking_uri=url, registry_uri=url)
            client.search_registered_models(max_results=1)
    except ModuleNotFoundError as cause:
        raise ChambaError(f"the registry needs {cause.name}", fix=extra_install("registry")) from cause
    except MlflowException as cause:
        raise ArtifactError(
            f"the registry {url} cannot be opened: {str(cause).splitlines()[0]}", fix="check --registry"
        ) from cause
    return client
