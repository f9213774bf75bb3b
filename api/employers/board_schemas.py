"""What employers read of their applications as a whole."""

from __future__ import annotations

from pydantic import ConfigDict, JsonValue

from api.schemas.fields import Document
from store.hiring.applications import Stage

STAGE_COUNT_EXAMPLE: dict[str, JsonValue] = {"job_id": "web-1", "stage": "received", "count": 12}


class StageCount(Document):
    """How many applications for a job are in a stage."""

    model_config = ConfigDict(json_schema_extra={"examples": [STAGE_COUNT_EXAMPLE]})

    job_id: str
    stage: Stage
    count: int


class StageCounts(Document):
    """Every job and stage of an organisation that has applications."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [STAGE_COUNT_EXAMPLE]}]})

    items: list[StageCount]
