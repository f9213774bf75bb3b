"""Request bodies: read with a size limit, parsed as strict JSON (no NaN, valid UTF-8), held against a schema."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

import orjson
from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError
from starlette.types import Receive, Scope

from api.problems import ProblemError, ProblemKind, invalid_input, schema_errors
from api.services import ServicesOfApp

JSON, JSON_LD = "application/json", "application/ld+json"

Schema = TypeVar("Schema", bound=BaseModel)


async def json_body(request: Request, services: ServicesOfApp) -> Any:
    """The parsed body of a request, as `read_json` has it."""
    body = await read_json(request.scope, request.receive, services.settings.max_body_bytes)
    request.state.body = body  # for what makes a request safe to repeat
    return body


async def linked_data_body(request: Request, services: ServicesOfApp) -> Any:
    """The parsed body of a request that may be declared as JSON-LD too."""
    media_types = (JSON, JSON_LD)
    body = await read_json(request.scope, request.receive, services.settings.max_body_bytes, media_types)
    request.state.body = body
    return body


async def read_json(scope: Scope, receive: Receive, max_bytes: int, media_types: Sequence[str] = (JSON,)) -> Any:
    """The parsed body; raises ProblemError for one that is too large, not declared as JSON, or not JSON."""
    content_type = declared_length = ""
    for name, value in scope["headers"]:
        if name == b"content-type":
            content_type = value.decode("latin-1")
        elif name == b"content-length":
            declared_length = value.decode("latin-1")
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type not in media_types:
        detail = f"expected Content-Type: {' or '.join(media_types)}; got {media_type[:80] or 'none'}"
        raise ProblemError(ProblemKind.WRONG_CONTENT_TYPE, detail)
    body = await _read(receive, declared_length, max_bytes)
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        detail = f"expected JSON in UTF-8, without NaN or Infinity; {error}"
        raise ProblemError(ProblemKind.MALFORMED_BODY, detail) from None


JsonBody = Annotated[Any, Depends(json_body)]
LinkedDataBody = Annotated[Any, Depends(linked_data_body)]


def validated(schema: type[Schema], document: object) -> Schema:
    """The document as `schema`; raises the ProblemError that names everything wrong with it."""
    try:
        return schema.model_validate(document)
    except ValidationError as error:
        raise invalid_input(schema_errors(error.errors(include_url=False), above="body")) from None


async def read_body(request: Request, max_bytes: int) -> bytes:
    """A body of any kind; raises ProblemError for one that is too large."""
    return await _read(request.receive, request.headers.get("content-length", ""), max_bytes)


async def _read(receive: Receive, declared: str, max_bytes: int) -> bytes:
    """The body; refused at once by its declared length, else as soon as more than `max_bytes` came."""
    if declared.isdigit() and len(declared) < 20 and int(declared) > max_bytes:
        raise _too_large(max_bytes, f"{declared} bytes")
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            # Nobody is left to read it, but the metrics should not call it our failure.
            raise ProblemError(ProblemKind.MALFORMED_BODY, "the body ended before it was whole")
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > max_bytes:
            raise _too_large(max_bytes, "more")
    return body


def _too_large(max_bytes: int, got: str) -> ProblemError:
    # The rest of the body is never read, so the connection cannot be used again.
    detail = f"expected at most {max_bytes} bytes; got {got}"
    return ProblemError(ProblemKind.BODY_TOO_LARGE, detail, headers={"Connection": "close"})
