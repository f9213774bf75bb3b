"""Every message that a request can meet is in both languages, with the same values."""

from __future__ import annotations

import ast
from string import Formatter
from typing import Any

import pytest

from api.language.catalogue import VALIDATION, in_language, spanish
from api.language.reader import accepted_locale
from api.routes import api_routes
from engine.documents.faults import FOUND
from engine.errors import Message
from engine.explain import Locale
from store.people.sessions import Refusal
from tests.api.language.catalogued import (
    FOUND_BY,
    ONLY_WRAP,
    UnreadableMessageError,
    messages,
    messages_of,
    schemas_of,
)


def values_in(form: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(form) if name}


def route_types() -> list[Any]:
    """What routes take: their bodies and their parameters."""
    found: list[Any] = []
    for route in api_routes():
        if route.body_field is not None:
            found.append(route.body_field.field_info.annotation)
        waiting = [route.dependant]
        while waiting:
            dependant = waiting.pop()
            waiting += dependant.dependencies
            parameters = (*dependant.path_params, *dependant.query_params, *dependant.header_params)
            found += [parameter.field_info.annotation for parameter in parameters]
    return found


def test_every_message_is_in_spanish() -> None:
    assert {message: where for message, where in messages().items() if message not in spanish()} == {}
    assert [state.value for state in Refusal if state.value not in spanish()] == []


def test_a_translation_has_the_values_of_its_message_and_no_others() -> None:
    other = {key: form for key, form in spanish().items() if not key.startswith(VALIDATION)}
    assert {key: form for key, form in other.items() if values_in(key) != values_in(form)} == {}


def test_what_is_checked_of_documents_is_in_spanish() -> None:
    schemas = list(schemas_of(route_types()))
    said = {
        schema["custom_error_context"][part]
        for schema in schemas
        if schema["type"] == "custom-error"
        for part in ("message", "expected")
    }
    # Codes of ours, which are the same in every language, are lists with commas.
    lost = {text for text in said if not isinstance(text, Message) and ", " not in text and text not in spanish()}
    assert lost - {"block, note"} == set()


def test_what_is_found_of_a_stored_document_is_in_spanish() -> None:
    said = {text for texts in FOUND.values() for text in texts if not text.startswith("{expected")}
    assert said - spanish().keys() == set()


def test_every_kind_of_fault_that_a_schema_finds_is_in_spanish() -> None:
    types = {schema["type"] for schema in schemas_of(route_types())}
    assert types - FOUND_BY.keys() - ONLY_WRAP == set()
    found = {kind for type_ in types & FOUND_BY.keys() for kind in FOUND_BY[type_]}
    assert {kind for kind in found if VALIDATION + kind not in spanish()} == set()


def test_words_put_together_where_they_are_raised_are_found() -> None:
    raised = 'raise NotFoundError(f"no such {thing}", got="nothing")'
    with pytest.raises(UnreadableMessageError, match="Message"):
        list(messages_of(ast.parse(raised)))
    assert list(messages_of(ast.parse('E = "gone"\nraise ConflictError(E, got=f"{one}-{two}")'))) == ["gone"]


def test_a_value_is_never_read_as_a_message_or_a_form() -> None:
    told = Message("{field}: {message}", field="try again", message="no such {job}")
    assert in_language(told, Locale.ES) == "try again: no such {job}"
    inner = Message("expected at most {most} bytes; got {got}", most=3, got=Message("{count} bytes", count=4))
    assert in_language(inner, Locale.ES) == "se esperaban como máximo 3 bytes; llegó 4 bytes"
    assert inner == "expected at most 3 bytes; got 4 bytes"


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        ("es", Locale.ES),
        ("es-PE,es;q=0.9,en;q=0.8", Locale.ES),
        ("en-US,en;q=0.9,es;q=0.8", Locale.EN),
        ("fr, en;q=0.2, es;q=0.7", Locale.ES),
        ("ES-419", Locale.ES),
        ("es;q=0, en;q=0.1", Locale.EN),
        ("es; q=0.3 ,en; q=0.4", Locale.EN),
        ("en,es", Locale.EN),
        ("qu-PE, *;q=0.5", None),
        ("es;q=nan, en;q=2, es;q=-1", None),
        ("esperanto", None),
        ("", None),
        (";;;,,=;q", None),
        ("x," * 100_000 + "es", None),
    ],
)
def test_the_language_weighed_most_is_taken(header: str, locale: Locale | None) -> None:
    assert accepted_locale(header) is locale
