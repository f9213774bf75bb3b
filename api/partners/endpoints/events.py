"""`POST /v1/events`: partners tell what their people saw, clicked, applied for and were hired for."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from api.access.rules import allow
from api.credentials.callers import Caller, Scope
from api.credentials.partner_keys import partner_of
from api.http.problems import ProblemKind
from api.partners.schemas.events import EventsReceived, EventsRequest
from api.routing.idempotency import json_response
from api.routing.json_bodies import read_json, validated
from api.routing.openapi import described
from api.services.services import ServicesOfApp
from store.matching.events import receive_events

router = APIRouter(tags=["partners"])

# A thousand events whose ids are as long as they may be.
MOST_BYTES = 1024 * 1024

EventsCaller = Annotated[Caller, Depends(allow(Scope.EVENTS))]


async def _events_body(request: Request, services: ServicesOfApp) -> Any:
    return await read_json(request.scope, request.receive, max(services.settings.max_body_bytes, MOST_BYTES))


@router.post(
    "/v1/events",
    **described(
        "Tell what became of recommendations",
        ProblemKind.TOO_MANY_REQUESTS,
        body=EventsRequest,
        answered={200: ("What became of the batch", EventsReceived)},
    ),
)
def post_events(caller: EventsCaller, body: Annotated[Any, Depends(_events_body)], services: ServicesOfApp) -> Response:
    """Each event counts once, however often it is told, so a batch whose answer was lost is sent again as it is.

    `apply` and `hire` become placements, from which the next model learns. Only of the partner's own people, of jobs
    that are or were here, and of the last year; what is rejected does not keep the rest from being taken.
    """
    events = validated(EventsRequest, body).told()
    partner_id = partner_of(caller).partner_id
    received = services.write(partial(receive_events, partner_id=partner_id, events=events, now=services.now()))
    rejected = [{"index": index, "reason": reason} for index, reason in received.refused.items()]
    return json_response({"new": received.new, "repeated": received.repeated, "rejected": rejected})
