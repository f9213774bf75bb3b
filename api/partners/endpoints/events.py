"""`POST /v1/events`: partners tell what their people saw, clicked, applied for and were hired for."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Request

from api.access.rules import allow
from api.credentials.callers import Caller, Scope
from api.credentials.partner_keys import partner_of
from api.http.problems import ProblemError, ProblemKind
from api.language.reader import reader_locale
from api.partners.schemas.events import EventsReceived, EventsRequest
from api.routing.lines import apart
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer, json_response
from api.services.services import ServicesOfApp
from engine.errors import ChambaError, InvalidInputError, NotFoundError
from store.matching.events import Event, EventRefusal, receive_events

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
def post_events(
    caller: EventsCaller, body: EventsRequest, request: Request, services: ServicesOfApp
) -> WrittenAnswer[EventsReceived]:
    """Each event counts once, however often it is told, so a batch whose answer was lost is sent again as it is.

    `apply` and `hire` become placements, from which the next model learns. Only of the partner's own people, of jobs
    that are or were here, and of the last year; what is rejected does not keep the rest from being taken.
    """
    readable, faulty = apart(body.events)
    events, places = [document.event() for document in readable.values()], list(readable)
    partner_id, locale = partner_of(caller).partner_id, reader_locale(request.scope)
    received = services.write(partial(receive_events, partner_id=partner_id, events=events, now=services.now()))
    refused = {
        places[index]: (reason, refusal_problem(reason, events[index])) for index, reason in received.refused.items()
    }
    refused |= {index: (EventRefusal.INVALID, line.problem) for index, line in faulty.items()}
    rejected = [
        {"index": index, "reason": reason, "problem": problem.document(locale)}
        for index, (reason, problem) in sorted(refused.items())
    ]
    return json_response({"new": received.new, "repeated": received.repeated, "rejected": rejected})


def refusal_problem(reason: EventRefusal, event: Event) -> ProblemError:
    """Why an event is not taken, in words."""
    match reason:
        case EventRefusal.IN_THE_FUTURE:
            error: ChambaError = InvalidInputError(
                "the event is of the future", expected="a time that has come", got=event.occurred_at.isoformat()
            )
        case EventRefusal.TOO_OLD:
            error = InvalidInputError(
                "the event is too old", expected="one of the last year", got=event.occurred_at.isoformat()
            )
        case EventRefusal.NOT_YOUR_SEEKER:
            error = NotFoundError("no such seeker", got=repr(event.seeker_id))
        case EventRefusal.UNKNOWN_JOB:
            error = NotFoundError("no such job", got=repr(event.job_id))
        case _:
            error = NotFoundError("no such recommendation of that person", got=repr(event.recommendation_id))
    kind = ProblemKind.INVALID_INPUT if isinstance(error, InvalidInputError) else ProblemKind.NOT_FOUND
    return ProblemError(kind, error)
