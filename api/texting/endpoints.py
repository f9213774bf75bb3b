"""`/v1/messages/incoming`: where gateways hand over what phones send. Answers go out as messages do."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Query, Request

from api.access.rules import Gateway
from api.http.problems import ProblemKind
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute
from api.services.services import ServicesOfApp
from api.texting.answering import answer_message
from api.texting.schemas import Charset, GatewayId, IncomingMessage, MessageText, Sender

router = APIRouter(tags=["messages"], route_class=TypedRoute)

INCOMING = "/v1/messages/incoming"
WIDE = frozenset({"UTF-16BE", "UCS-2"})
REFUSED = (ProblemKind.UNAUTHENTICATED, ProblemKind.FORBIDDEN, ProblemKind.TOO_MANY_REQUESTS)
TAKEN = "It is taken, whatever it says"


@router.get(INCOMING, **operation("Hand over a message, as Kannel does", *REFUSED, answer=TAKEN, status=204))
def get_incoming(
    _caller: Gateway,
    request: Request,
    services: ServicesOfApp,
    sender: Annotated[Sender, Query(alias="from")],
    message_id: Annotated[GatewayId, Query(alias="id")],
    text: Annotated[MessageText, Query()] = "",
    charset: Annotated[Charset, Query(description="that of the text's bytes: UTF-8, or UTF-16BE")] = "UTF-8",
) -> None:
    """Kannel's `get-url` with %p, %b, %I and %C; the secret is the password in it, which Kannel shows by HTTP Basic."""
    words = wide_text(request.scope["query_string"]) if charset.upper() in WIDE else text
    answer_message(sender, words, message_id, services)


@router.post(INCOMING, **operation("Hand over a message", *REFUSED, answer=TAKEN, status=204))
def post_incoming(_caller: Gateway, body: IncomingMessage, services: ServicesOfApp) -> None:
    """For any gateway that sends JSON. The same id again does nothing."""
    answer_message(body.sender, body.text, body.id, services)


def wide_text(query: bytes) -> str:
    """The text of a query whose bytes are UTF-16, as phones write what has an á or an emoji."""
    values = dict(parse_qsl(query.decode("latin-1"), encoding="latin-1"))
    return values.get("text", "").encode("latin-1").decode("utf-16-be", "replace")
