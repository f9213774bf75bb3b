"""Events as partners tell them: what their people saw, clicked, applied for and were hired for."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, JsonValue

from api.routing.lines import ONE_LINE
from api.schemas.fields import EXAMPLE_ID, ID_PATTERN, Count, Document, Moment
from api.schemas.problems import ProblemDocument
from store.matching.events import MOST_EVENTS, Event, EventKind, EventRefusal

Id = Annotated[str, Field(pattern=ID_PATTERN)]


class EventDocument(Document):
    """One event. `event_id` is the partner's own name for it: told again, it counts once."""

    event_id: Id
    kind: EventKind
    seeker_id: Id
    job_id: Id
    recommendation_id: Id | None = Field(None, description="of the answer that named the job")
    position: Count | None = Field(None, description="the job's place in that answer, 1 for the first")
    occurred_at: Moment

    def event(self) -> Event:
        """The event."""
        return Event(
            event_id=self.event_id,
            kind=self.kind,
            seeker_id=self.seeker_id,
            job_id=self.job_id,
            recommendation_id=self.recommendation_id,
            position=self.position,
            occurred_at=self.occurred_at,
        )


class EventsRequest(Document):
    """Up to 1,000 events, in any order."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "events": [
                        {
                            "event_id": "click-88123",
                            "kind": "click",
                            "seeker_id": "rosa-1",
                            "job_id": "web-1",
                            "recommendation_id": EXAMPLE_ID,
                            "position": 2,
                            "occurred_at": "2026-11-25T19:04:11-05:00",
                        }
                    ]
                }
            ]
        }
    )

    events: Annotated[list[Annotated[EventDocument, ONE_LINE]], Field(min_length=1, max_length=MOST_EVENTS)]


REJECTED_EXAMPLE: dict[str, JsonValue] = {
    "index": 17,
    "reason": "not_your_seeker",
    "problem": {
        "type": "/problems/not-found",
        "title": "There is no such thing",
        "status": 404,
        "detail": "no such seeker; got 'rosa-9'",
    },
}


class RejectedEvent(Document):
    """An event that was not taken, by its place in the batch (0 for the first), and why."""

    index: int
    reason: EventRefusal
    problem: ProblemDocument


class EventsReceived(Document):
    """What became of a batch."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"new": 812, "repeated": 2, "rejected": [REJECTED_EXAMPLE]}]}
    )

    new: int
    repeated: int = Field(description="told before; the first telling stands")
    rejected: list[RejectedEvent]
