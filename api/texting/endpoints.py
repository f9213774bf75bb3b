"""`/v1/messages/incoming`: where gateways hand over what phones send. Answers go out as messages do."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.access.rules import Gateway
from api.http.problems import ProblemKind
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute
from api.services.services import ServicesOfApp
from api.texting.answering import answer_message
from api.texting.schemas import GatewayId, IncomingMessage, MessageText, Sender

router = APIRouter(tags=["messages"], route_class=TypedRoute)

INCOMING = "/v1/messages/incoming"
REFUSED = (ProblemKind.UNAUTHENTICATED, ProblemKind.FORBIDDEN, ProblemKind.TOO_MANY_REQUESTS)
TAKEN = "It is taken, whatever it says"


@router.get(INCOMING, **operation("Hand over a message, as Kannel does", *REFUSED, answer=TAKEN, status=204))
def get_incoming(
    _caller: Gateway,
    services: ServicesOfApp,
    sender: Annotated[Sender, Query(alias="from")],
    message_id: Annotated[GatewayId, Query(alias="id")],
    text: Annotated[MessageText, Query()] = "",
) -> None:
    """Kannel's `get-url` with %p, %b and %I; the secret is the password in it, which Kannel shows by HTTP Basic."""
    answer_message(sender, text, message_id, services)


@router.post(INCOMING, **operation("Hand over a message", *REFUSED, answer=TAKEN, status=204))
def post_incoming(_caller: Gateway, body: IncomingMessage, services: ServicesOfApp) -> None:
    """For any gateway that sends JSON. The same id again does nothing."""
    answer_message(body.sender, body.text, body.id, services)
