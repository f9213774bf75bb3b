"""`POST /v1/events`: partners tell what their people saw, clicked, applied for and were hired for."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends

from api.access.rules import allow
from api.credentials.callers import Caller, Scope
from api.credentials.partner_keys import partner_of
from api.http.problems import ProblemKind
from api.partners.schemas.events import EventsReceived, EventsRequest, RejectedEvent
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute
from api.services.services import ServicesOfApp
from store.matching.events import receive_events

# A thousand events whose ids are as long as they may be.
MOST_BYTES = 1024 * 1024


class EventsRoute(TypedRoute):
    """A route that takes larger bodies than others."""

    least_body_limit = MOST_BYTES


router = APIRouter(tags=["partners"], route_class=EventsRoute)
EventsCaller = Annotated[Caller, Depends(allow(Scope.EVENTS))]


@router.post(
    "/v1/events",
    **operation(
        "Tell what became of recommendations", ProblemKind.TOO_MANY_REQUESTS, answer="What became of the batch"
    ),
)
def post_events(caller: EventsCaller, body: EventsRequest, services: ServicesOfApp) -> EventsReceived:
    """Each event counts once, however often it is told, so a batch whose answer was lost is sent again as it is.

    `apply` and `hire` become placements, from which the next model learns. Only of the partner's own people, of jobs
    that are or were here, and of the last year; what is rejected does not keep the rest from being taken.
    """
    events = body.to_events()
    partner_id = partner_of(caller).partner_id
    received = services.write(partial(receive_events, partner_id=partner_id, events=events, now=services.now()))
    rejected = [RejectedEvent(index=index, reason=reason) for index, reason in received.refused.items()]
    return EventsReceived(new=received.new, repeated=received.repeated, rejected=rejected)
