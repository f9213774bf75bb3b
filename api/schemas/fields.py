"""The kinds of values that the API's documents hold: those of jobs and people, and its own."""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Path
from pydantic import ConfigDict, Field, JsonValue

from engine.documents.fields import Address, Amount, Count, CountryCode, Document, Flag, Moment
from engine.errors import Message

__all__ = [
    "EXAMPLE_ID",
    "ID_PATTERN",
    "WHEN",
    "Address",
    "Amount",
    "Count",
    "CountryCode",
    "Document",
    "Flag",
    "FreeText",
    "IdInPath",
    "Moment",
    "RowId",
    "RowIdInPath",
    "Share",
    "StoredId",
    "ToldOnce",
    "examples",
]

EXAMPLE_ID = "0197a6b2-5c1e-7d4a-9b3f-2f6c1d0e8a47"
WHEN = "2026-11-25T19:00:00+00:00"
ID_PATTERN = "^[A-Za-z0-9._:~-]{1,128}$"
ROW_ID_PATTERN = r"^[0-9a-f-]{36}$"  # of ids that are ours: UUIDs
# What addresses name.
IdInPath = Annotated[str, Path(pattern=ID_PATTERN)]
RowIdInPath = Annotated[str, Path(pattern=ROW_ID_PATTERN)]
RowId = Annotated[str, Field(pattern=ROW_ID_PATTERN, examples=[EXAMPLE_ID])]
StoredId = Annotated[str, Field(pattern=ID_PATTERN, examples=[EXAMPLE_ID])]  # of jobs and people, whoever named them

Share = Annotated[float, Field(strict=True, ge=0, le=1)]
FreeText = Annotated[str, Field(min_length=1, max_length=2_000)]


class ToldOnce(Document):
    """A document with a secret that is told when it is made, and never again: it is stored nowhere."""

    made: ClassVar[str]  # what a repeat of the request is told: what was made, and what whoever missed the secret does
    named_by: ClassVar[str]  # the field with the id of what was made

    def done_already(self) -> Message:
        """What a repeat of the request is told."""
        return Message(self.made, made_id=getattr(self, self.named_by))


def examples(*shown: JsonValue) -> ConfigDict:
    """The configuration of a document with some examples."""
    return ConfigDict(json_schema_extra={"examples": list(shown)})
