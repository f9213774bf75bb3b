"""Kinds of values: how one is read from JSON, how it is written back, and what OpenAPI says of it.

Checks run in pydantic's core; Python is called only for what has to become a value of the domain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Any, get_args

from pydantic import BaseModel, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from engine.documents.faults import MESSAGE_FORM, OURS, reading
from engine.documents.terms import moment_text, read_moment, term_name

ANYTHING = r"^[^\x00]*$"  # no database keeps a NUL in a text
NOT_BLANK = r"^[^\x00]*[^\s\x00\x1c-\x1f][^\x00]*$"
LONGEST_TERM, LONGEST_MOMENT = 40, 40

Change = Callable[[Any], Any]


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of value, to annotate a field with.

    Args:
        schema: what pydantic checks it by: a schema, or a type that has one.
        read: what makes a value of the domain of what was checked; raises InvalidInputError.
        write: how the value is written in a document; None: as it is.
        said: what OpenAPI says of it beside what follows from its schema.
        shown: the schema that OpenAPI is told of in place of `schema`.
        document: the document that the value is, or is a list of.
    """

    schema: Any
    read: Change | None = None
    write: Change | None = None
    schema_notes: Mapping[str, Any] = field(default_factory=dict)
    shown: CoreSchema | None = None
    document: type[BaseModel] | None = None

    def __get_pydantic_core_schema__(self, _source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        # pydantic writes into the metadata of what it is given: a kind's own would grow with each model that has it.
        schema: CoreSchema = (
            {**self.schema, "metadata": {**self.schema.get("metadata", {})}}
            if isinstance(self.schema, dict)
            else handler.generate_schema(self.schema)
        )
        if self.read is not None:
            schema = core_schema.no_info_after_validator_function(self.read, schema)
        if self.write is not None:
            writing = core_schema.plain_serializer_function_ser_schema(self.write)
            return {**schema, "serialization": writing}
        return schema

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        read = {key: part for key, part in schema.items() if key != "serialization"}
        return {**handler(self.shown or read), **self.schema_notes}


def kind_of(field: FieldInfo) -> Kind | None:
    """The kind of a model's field, which may be one of a value or nothing."""
    optional = [part for inner in get_args(field.annotation) for part in getattr(inner, "__metadata__", ())]
    return next((part for part in (*field.metadata, *optional) if isinstance(part, Kind)), None)


def text(longest: int) -> Kind:
    """A text of at most `longest` characters."""
    return _text(ANYTHING, longest, "a text of valid Unicode without NUL", "not a text", {})


def some_text(longest: int, **schema_notes: Any) -> Kind:
    """A text that is not blank."""
    return _text(NOT_BLANK, longest, "a text that is not empty", "{key} is empty, or not a text", schema_notes)


def code(form: str, words: str, longest: int) -> Kind:
    """A text that matches `form` as a whole; `words` say what that is."""
    form = f"^{form}$"
    return _text(form, longest, words, "not a valid {key}", {"description": words, "pattern": form})


def read_text(read: Callable[[str], Any], longest: int, write: Change | None = None, **schema_notes: Any) -> Kind:
    """A text that `read` makes something of; it raises InvalidInputError."""
    schema = core_schema.str_schema(strict=True, max_length=longest)
    return Kind(schema, reading(read, of_parts=False), write, schema_notes)


def term(choices: type[Enum], message: str = "not a valid {key}", field: str = "") -> Kind:
    """One of an enumeration, by its name in documents; `field` is where its error is, beside the term's own place."""
    terms = {term_name(one) or "": one for one in choices}
    names = {one: name for name, one in terms.items()}
    schema = _expecting(core_schema.literal_schema(list(terms)), ", ".join(terms), message, field)
    return Kind(schema, terms.__getitem__, names.__getitem__, {"maxLength": LONGEST_TERM})


def number(expected: str, **bounds: Any) -> Kind:
    """A finite number within `bounds` (ge, gt, le, lt)."""
    schema = core_schema.float_schema(strict=True, allow_inf_nan=False, **bounds)
    return Kind(_expecting(schema, expected, "{key} is impossible"), write=float)


def whole_number(expected: str, **bounds: Any) -> Kind:
    """A whole number within `bounds` (ge, gt, le, lt)."""
    return Kind(_expecting(core_schema.int_schema(strict=True, **bounds), expected, "{key} is impossible"))


def moment() -> Kind:
    """A time of ISO 8601, which becomes one of UTC."""
    return read_text(read_moment, LONGEST_MOMENT, moment_text, format="date-time")


def several(item: Any, most: int, least: int | None = None) -> Kind:
    """A list, which becomes a tuple."""
    kind = next((part for part in item.__metadata__ if isinstance(part, Kind)), Kind(item))
    change = kind.write

    def write(values: tuple[Any, ...]) -> list[Any]:
        return list(values) if change is None else [change(value) for value in values]

    checked = Annotated[list[item], Field(min_length=least, max_length=most)]
    return Kind(checked, tuple, write, document=kind.document)


def part(document: type[BaseModel], read: Change, write: Change) -> Kind:
    """What `read` makes of a document inside another."""
    return Kind(document, reading(read, of_parts=True), write, document=document)


def _text(pattern: str, longest: int, expected: str, message: str, schema_notes: Mapping[str, Any]) -> Kind:
    right = _expecting(core_schema.str_schema(strict=True, pattern=pattern), expected, message)
    short = core_schema.str_schema(max_length=longest)
    return Kind(core_schema.chain_schema([right, short]), schema_notes=schema_notes, shown=short)


def _expecting(schema: CoreSchema, expected: str, message: str, field: str = "") -> CoreSchema:
    """`schema`, whose every error says what is expected."""
    parts = {"message": message, "expected": expected, "field": field}
    return core_schema.custom_error_schema(
        schema,
        custom_error_type=OURS,
        custom_error_message=MESSAGE_FORM,
        custom_error_context=parts,
    )
