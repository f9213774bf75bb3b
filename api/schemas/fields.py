"""The kinds of values that the API's documents hold: those of jobs and people, and its own."""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Path
from pydantic import ConfigDict, Field, JsonValue

from engine.documents.fields import Address, Amount, Count, CountryCode, Document, Flag, Moment

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

Share = Annotated[float, Field(strict=True, ge=0, le=1)]
FreeText = Annotated[str, Field(min_length=1, max_length=2_000)]


class ToldOnce(Document):
    """A document with a secret that is told when it is made, and never again: it is stored nowhere."""

    made: ClassVar[str]  # what was made, with the field that names it
    next_step: ClassVar[str]  # what whoever missed the secret does

    def done_already(self) -> str:
        """What a repeat of the request is told."""
        made = self.made.format(**dict(self))
        return f"{made} was made by this request before, and its secret was told then, once; {self.next_step}"


def examples(*shown: JsonValue) -> ConfigDict:
    """The configuration of a document with some examples."""
    return ConfigDict(json_schema_extra={"examples": list(shown)})
