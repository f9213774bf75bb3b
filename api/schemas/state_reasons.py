"""Why something is in the state that it is in: a code, and what it means in the language of whoever asks."""

from __future__ import annotations

from pydantic import JsonValue

from api.schemas.fields import Document, examples

REASON_EXAMPLE: dict[str, JsonValue] = {
    "code": "employer_not_verified",
    "text": "Una persona todavía tiene que verificar tu empresa. Después se muestra sin que hagas nada.",
}


class StateReason(Document):
    """A reason for a state."""

    model_config = examples(REASON_EXAMPLE)

    code: str
    text: str
