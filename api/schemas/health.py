"""What the probes answer."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from api.schemas.fields import Document
from api.schemas.problems import VERSIONS


class Health(Document):
    """The process answers."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "ok"}]})

    status: Literal["ok"]


class Readiness(Document):
    """Requests can be answered, from this bundle."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"status": "ready", "bundle": VERSIONS["bundle"], "model": VERSIONS["model"], "learning_paths": "none"}
            ]
        }
    )

    status: Literal["ready"]
    bundle: str
    model: str
    learning_paths: str = Field(
        description="paths to skills: `served`, `none` where none were compiled, or what is wrong with their file"
    )
