"""Documents read where they are stored: by the same definition, whatever their length.

What was stored or imported once is read again, also when a text is longer than what may be sent today. No model is
made on the way: the checked fields go straight to the value of the domain.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import SchemaValidator, core_schema

from engine.documents.conversion import stated
from engine.documents.faults import document_error
from engine.documents.kinds import kind_of

LONGEST, UNKNOWN_KEY = "max_length", "extra_forbidden"


def read_stored(document: type[BaseModel], value: object) -> dict[str, Any]:
    """What a JSON value states as a document; raises InvalidInputError naming the first field that cannot be used."""
    return _read(document, _validator(document).validate_python, value)


def read_stored_json(document: type[BaseModel], text: str | bytes) -> dict[str, Any]:
    """What a text of JSON states, read at once; raises InvalidInputError as `read_stored` does."""
    return _read(document, _validator(document).validate_json, text)


def _read(document: type[BaseModel], validate: Callable[[Any], Any], value: object) -> dict[str, Any]:
    try:
        return stated(validate(value))
    except ValidationError as error:
        # A key that is misspelt is said first: it is why another is missing.
        details = min(error.errors(include_url=False), key=lambda one: one["type"] != UNKNOWN_KEY)
    is_unknown = details["type"] == UNKNOWN_KEY
    raise document_error(details, _keys(document, details["loc"][:-1]) if is_unknown else ())


@cache
def _validator(document: type[BaseModel]) -> SchemaValidator:
    return SchemaValidator(_of_stored(document.__pydantic_core_schema__))


def _of_stored(schema: Any) -> Any:
    """A schema of pydantic's core without bounds on how much there may be, whose models are only their fields."""
    if isinstance(schema, list):
        return [_of_stored(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    changed = {key: _of_stored(part) for key, part in schema.items() if key != LONGEST}
    if schema.get("type") != "model":
        return changed
    fields = {**changed["schema"], "extra_behavior": schema["config"]["extra_fields_behavior"]}
    return core_schema.no_info_after_validator_function(itemgetter(0), fields, ref=schema.get("ref"))


def _keys(document: type[BaseModel], path: Sequence[int | str]) -> list[str]:
    """The keys that the document at `path` may have."""
    for place in path:
        kind = kind_of(document.model_fields[place]) if isinstance(place, str) else None
        document = kind.document if kind and kind.document else document
    return list(document.model_fields)
