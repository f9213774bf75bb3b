"""Style, scripts and icons: read and packed once, named by what they hold, and kept by browsers for a year."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from api.access.rules import Anybody
from api.http.problems import ProblemError, ProblemKind
from api.web.page_routes import PageRoute

router = APIRouter(route_class=PageRoute)

PATH = "/static"
MEDIA_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
}
HASH_LENGTH = 10
# Scripts and pictures of ours, and htmx as its package has it.
HTMX = ("js_lib_htmx", "static/htmx/htmx.min.js")


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file: what it holds, packed and not, and the beginning of its SHA-256."""

    content: bytes
    packed: bytes
    media_type: str
    version: str


@cache
def static_files() -> dict[str, StaticFile]:
    """Every file, by its name."""
    ours = {one.name: one.read_bytes() for one in files("api.web").joinpath("static").iterdir() if one.is_file()}
    package, path = HTMX
    contents = ours | {"htmx.js": files(package).joinpath(path).read_bytes()}
    return {name: _static_file(name, content) for name, content in contents.items()}


def static_url(name: str) -> str:
    """The address of a file, which changes with what it holds."""
    return f"{PATH}/{name}?v={static_files()[name].version}"


@router.get(PATH + "/{name}")
async def get_static_file(
    _caller: Anybody, name: Annotated[str, Path(max_length=80, examples=["chamba.css"])], request: Request
) -> Response:
    """A file; nobody's in particular, so that every cache may keep it."""
    found = static_files().get(name)
    if found is None:
        raise ProblemError(ProblemKind.NOT_FOUND, "no such file")
    is_this_version = request.query_params.get("v") == found.version
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable" if is_this_version else "public, max-age=300",
        "Vary": "Accept-Encoding",
        "Content-Type": found.media_type,
    }
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.packed, headers=headers | {"Content-Encoding": "gzip"})
    return Response(found.content, headers=headers)


def _static_file(name: str, content: bytes) -> StaticFile:
    version = hashlib.sha256(content).hexdigest()[:HASH_LENGTH]
    packed = gzip.compress(content, 9, mtime=0)
    return StaticFile(content, packed, MEDIA_TYPES[name.rpartition(".")[2]], version)
