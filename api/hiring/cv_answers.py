"""CV files as they are sent and given out: a body of bytes, and an attachment that no browser shows."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Request, Response

from api.routing.json_bodies import read_body
from store.importers.cv.formats import MOST_BYTES, SUFFIXES, CvKind
from store.people.cv_files import CvFile

ANY = "application/octet-stream"
BINARY = {"schema": {"type": "string", "format": "binary"}}
CV_BODY: dict[str, Any] = {"requestBody": {"required": True, "content": {kind.value: BINARY for kind in CvKind}}}
CV_CONTENT: dict[str, None] = dict.fromkeys(kind.value for kind in CvKind)


async def cv_body(request: Request) -> bytes:
    """The bytes of a file; raises the 413 and 415 problems for one that is too large, or is declared as another."""
    return await read_body(request.scope, request.receive, MOST_BYTES, (*CvKind, ANY))


CvBody = Annotated[bytes, Depends(cv_body)]


def cv_response(file: CvFile, content: bytes) -> Response:
    """The file, to be saved."""
    name = f'attachment; filename="cv.{SUFFIXES[file.kind]}"'
    policy = "default-src 'none'; sandbox; frame-ancestors 'none'"
    headers = {"Content-Disposition": name, "Content-Security-Policy": policy}
    return Response(content, media_type=file.kind, headers=headers)
