"""What administrators send and read of programmes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, JsonValue

from api.programmes.schemas import SUMMARY_EXAMPLE
from api.schemas.fields import EXAMPLE_ID, Document, examples
from engine.documents.kinds import some_text
from engine.programmes.days import Day

FACTS_EXAMPLE: dict[str, JsonValue] = {
    "name": "Conectados",
    "organisation": "Ministerio de Trabajo",
    "description": "Una computadora prestada por un año",
    "appeal_to": "Mesa de partes del ministerio",
    "ends_on": "2027-12-31",
}


class ProgrammeRequest(Document):
    """A programme; `appeal_to`: whom people turn to outside of Chamba. Its rules are published by its officers."""

    model_config = examples(FACTS_EXAMPLE)

    name: Annotated[str, some_text(300)]
    organisation: Annotated[str, some_text(300)]
    description: Annotated[str, some_text(4_000)]
    appeal_to: Annotated[str, some_text(1_000)]
    ends_on: Day | None = Field(None, description="its last day; null: it has none")


class AdministeredProgramme(ProgrammeRequest):
    """A programme with the accounts that act for it."""

    model_config = examples(
        FACTS_EXAMPLE | {"programme_id": EXAMPLE_ID, "version_in_force": 1, "officers": [EXAMPLE_ID]}
    )

    programme_id: str
    version_in_force: int | None
    officers: list[str]


class AdministeredProgrammes(Document):
    """A page of programmes."""

    model_config = examples(
        {
            "items": [
                SUMMARY_EXAMPLE | {"appeal_to": "Mesa de partes del ministerio", "officers": [EXAMPLE_ID]},
            ],
            "next_cursor": None,
        }
    )

    items: list[AdministeredProgramme]
    next_cursor: str | None
