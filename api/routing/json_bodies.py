"""Request bodies: read with a size limit, parsed as strict JSON (no NaN, valid UTF-8), held against a schema.

Nothing in them is nested deeper than `DEEPEST`, and no text holds a NUL, which no database keeps in a text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import orjson
from pydantic import BaseModel, ValidationError
from starlette.types import Receive, Scope

from api.http.problems import LONGEST_SHOWN, ProblemError, ProblemKind, invalid_input, schema_errors
from engine.errors import Message

JSON, JSON_LD = "application/json", "application/ld+json"

# Our own documents take six levels. What reads or writes JSON calls itself once a level, and gives up at 250 or so.
DEEPEST = 50
NUL_ESCAPED = b"\\u0000"  # bare ones are no JSON

Schema = TypeVar("Schema", bound=BaseModel)


async def read_json(scope: Scope, receive: Receive, max_bytes: int, media_types: Sequence[str] = (JSON,)) -> Any:
    """The parsed body; raises ProblemError for one that is too large, not declared as JSON, not JSON or not usable."""
    body = await read_body(scope, receive, max_bytes, media_types)
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        where = Message("it ends being that at line {line}, column {column}", line=error.lineno, column=error.colno)
        detail = Message("expected JSON in UTF-8, without NaN or Infinity; {error}", error=where)
        raise ProblemError(ProblemKind.MALFORMED_BODY, detail) from None
    # Nearly every body has neither, and is not walked through.
    if NUL_ESCAPED in body or body.count(b"[") + body.count(b"{") > DEEPEST:
        _require_usable(document)
    return document


def validated(schema: type[Schema], document: object, above: str = "body") -> Schema:
    """The document, which `above` names, as `schema`; raises the ProblemError that names everything wrong with it."""
    try:
        return schema.model_validate(document)
    except ValidationError as error:
        raise invalid_input(schema_errors(error.errors(include_url=False), above)) from None


async def read_body(scope: Scope, receive: Receive, max_bytes: int, media_types: Sequence[str]) -> bytes:
    """The bytes of a body; raises ProblemError for one that is too large or is not declared as one of `media_types`."""
    content_type = declared_length = ""
    for name, value in scope["headers"]:
        if name == b"content-type":
            content_type = value.decode("latin-1")
        elif name == b"content-length":
            declared_length = value.decode("latin-1")
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type not in media_types:
        detail = Message(
            "expected Content-Type: {expected}; got {got}",
            expected=", ".join(media_types),
            got=media_type[:LONGEST_SHOWN] or Message("none"),
        )
        raise ProblemError(ProblemKind.WRONG_CONTENT_TYPE, detail)
    return await _read(receive, declared_length, max_bytes)


def _require_usable(document: object) -> None:
    """Raises the 422 problem for a text with NUL in it, by where it is, and for what is nested too deeply."""
    waiting: list[tuple[object, tuple[str, ...]]] = [(document, ())]
    while waiting:
        value, path = waiting.pop()
        for name, inner in _items(value):
            if "\0" in name:
                raise _unusable(path, "a key with NUL in it")
            if isinstance(inner, str) and "\0" in inner:
                raise _unusable((*path, name), "a text with NUL in it")
            if isinstance(inner, dict | list):
                if len(path) == DEEPEST:
                    raise _unusable((), Message("nested deeper than {most} levels", most=DEEPEST))
                waiting.append((inner, (*path, name)))


def _items(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from ((str(index), inner) for index, inner in enumerate(value))


def _unusable(path: Sequence[str], message: str) -> ProblemError:
    return invalid_input([{"field": ".".join(path)[:LONGEST_SHOWN] or "body", "message": message}])


async def _read(receive: Receive, declared: str, max_bytes: int) -> bytes:
    """The body; refused at once by its declared length, else as soon as more than `max_bytes` came."""
    if declared.isdigit() and len(declared) < 20 and int(declared) > max_bytes:
        raise _too_large(max_bytes, Message("{count} bytes", count=declared))
    body, more = bytearray(), True  # grows in place, however small the pieces are that come
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            # Nobody is left to read it, but the metrics should not call it our failure.
            raise ProblemError(ProblemKind.MALFORMED_BODY, "the body ended before it was whole")
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > max_bytes:
            raise _too_large(max_bytes, Message("more"))
    return bytes(body)


def _too_large(max_bytes: int, got: Message) -> ProblemError:
    # The rest of the body is never read, so the connection cannot be used again.
    detail = Message("expected at most {most} bytes; got {got}", most=max_bytes, got=got)
    return ProblemError(ProblemKind.BODY_TOO_LARGE, detail, headers={"Connection": "close"})
