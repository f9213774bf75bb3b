"""What a partner is answered when it saved a job or a person."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, JsonValue

from api.schemas.fields import Document
from api.schemas.state_reasons import StateReason

REASON: dict[str, JsonValue] = {"code": "asks_for_money", "text": "It asks for money to apply or to start"}


class SavedJob(Document):
    """A job was stored. `waiting`: a person looks at it before it is shown; `state_reasons` say why it is not open."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"job_id": "web-1", "state": "waiting", "signs": ["asks_for_money"], "state_reasons": [REASON]}
            ]
        }
    )

    job_id: str
    state: Literal["open", "closed", "hidden", "waiting", "rejected"]
    signs: list[str]
    state_reasons: list[StateReason]


class SavedSeeker(Document):
    """A profile was stored. `vector` is `pending` while no bundle is served: the first request then computes it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"seeker_id": "rosa-1", "vector": "stored"}]})

    seeker_id: str
    vector: Literal["stored", "pending"]
