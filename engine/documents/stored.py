"""Documents read where they are stored: by the same definition, whatever their length.

What was stored or imported once is read again, also when a text is longer than what may be sent today.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import SchemaValidator

from engine.documents.faults import document_error
from engine.documents.kinds import kind_of

LONGEST = "max_length"

Model = TypeVar("Model", bound=BaseModel)


def read_stored(document: type[Model], value: object) -> Model:
    """The document of a JSON value; raises InvalidInputError naming the first field that cannot be used."""
    try:
        return _validator(document).validate_python(value)  # type: ignore[no-any-return]
    except ValidationError as error:
        details = error.errors(include_url=False)[0]
    is_unknown = details["type"] == "extra_forbidden"
    raise document_error(details, _keys(document, details["loc"][:-1]) if is_unknown else ())


@cache
def _validator(document: type[BaseModel]) -> SchemaValidator:
    return SchemaValidator(_of_any_length(document.__pydantic_core_schema__))


def _of_any_length(schema: Any) -> Any:
    """A schema of pydantic's core without bounds on how much there may be."""
    if isinstance(schema, dict):
        return {key: _of_any_length(part) for key, part in schema.items() if key != LONGEST}
    return [_of_any_length(part) for part in schema] if isinstance(schema, list) else schema


def _keys(document: type[BaseModel], path: Sequence[int | str]) -> list[str]:
    """The keys that the document at `path` may have."""
    for place in path:
        kind = kind_of(document.model_fields[place]) if isinstance(place, str) else None
        document = kind.document if kind and kind.document else document
    return list(document.model_fields)
