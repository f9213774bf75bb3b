"""What would open more jobs, as buttons: each changes one thing that was said, sealed so that only we can write it."""

from __future__ import annotations

from typing import Any

import orjson

from api.seekers.pages.drafts import SearchDraft
from api.services.services import Services
from api.web.frame import PageFrame
from api.web.sealed_cookies import open_text, seal_text
from api.web.translations import marked
from api.web.weeks import windows_of_documents
from engine.errors import ArtifactError, InvalidInputError
from engine.slots import local_minutes
from engine.week_windows import windows_of

PLACE = "pages.change_sealed"
WORDS = {
    "window": marked("También tengo esas horas"),
    "min_pay": marked("Acepto ese pago"),
    "languages": marked("Sí lo hablo"),
    "device": marked("Sí lo tengo"),
    "connection": marked("Sí la tengo"),
    "skill": marked("Sí sé usarlo"),
    "modalities": marked("Verlos también"),
    "contracts": marked("Verlos también"),
    "hours_types": marked("Verlos también"),
    "allow_unstated": marked("Verlos también"),
}


def opening_buttons(frame: PageFrame, unlocks: list[dict[str, Any]]) -> dict[int, tuple[str, str]]:
    """For the unlocks that a button can do: its words, and the change, sealed."""
    found = {}
    for number, unlock in enumerate(unlocks):
        name = next((name for name in WORDS if unlock["change"].get(name, name) is not name), None)
        if name is not None and (name != "window" or unlock["change"]["window"]):
            sealed = seal_text(frame.services.cipher, PLACE, orjson.dumps(unlock["change"]).decode())
            found[number] = (frame.words(WORDS[name]), sealed)
    return found


def opened(draft: SearchDraft, change: str, services: Services) -> SearchDraft:
    """The draft with a change that `opening_buttons` sealed; raises InvalidInputError for any other text."""
    try:
        opened_change = open_text(services.cipher, PLACE, change)
    except (ArtifactError, ValueError):
        raise InvalidInputError("the button is of another page", fix="open the jobs again", field="change") from None
    return _changed(draft, orjson.loads(opened_change))


def _changed(draft: SearchDraft, change: dict[str, Any]) -> SearchDraft:
    match change:
        case {"window": dict() as window}:
            more = windows_of_documents([window])
            return draft.with_hours(windows_of(local_minutes(draft.hours) | local_minutes(more)))
        case {"min_pay": {"amount": amount, "period": "month"}}:
            return draft.model_copy(update={"min_pay": amount})
        case {"min_pay": _}:
            return draft.model_copy(update={"min_pay": None})
        case {"languages": {"en": level}}:
            return draft.model_copy(update={"english": level})
        case {"device": device}:
            return draft.model_copy(update={"device": device})
        case {"connection": connection}:
            return draft.model_copy(update={"connection": connection})
        case {"skill": skill}:
            return draft.model_copy(update={"skills": (*draft.skills, skill)})
    return draft.model_copy(update={"filters": _loosened(draft.filters, change)})


def _loosened(filters: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """Filters with what a change states; null asks for any."""
    loosened = {**filters, **change}
    return {name: value for name, value in loosened.items() if value is not None}
