"""Opens an MLflow tracking server or database, with its telemetry switched off."""

from __future__ import annotations

import os
import warnings
from typing import TYPE_CHECKING

from engine.errors import ArtifactError, ChambaError

if TYPE_CHECKING:
    from mlflow import MlflowClient


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
        raise ChambaError(f"the registry needs {cause.name}", fix="pip install 'chamba[registry]'") from cause
    except MlflowException as cause:
        raise ArtifactError(
            f"the registry {url} cannot be opened: {str(cause).splitlines()[0]}", fix="check --registry"
        ) from cause
    return client
