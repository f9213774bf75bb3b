"""What a gateway hands over: who wrote, what, and by which id it knows the message."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.schemas.fields import Document, examples

Sender = Annotated[str, Field(min_length=1, max_length=40)]
# Sixteen parts of an SMS; a reader of ours looks at no more than ten.
MessageText = Annotated[str, Field(max_length=2_600)]
GatewayId = Annotated[str, Field(min_length=1, max_length=200)]
Charset = Annotated[str, Field(max_length=40)]


class IncomingMessage(Document):
    """A message from a phone; the same `id` again is the same message."""

    model_config = examples({"from": "+51987654321", "text": "postular 2", "id": "a1b2c3"})

    sender: Sender = Field(alias="from")
    text: MessageText
    id: GatewayId
