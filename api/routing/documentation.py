"""`/docs` (Swagger UI) and `/redoc` (ReDoc) from files that are installed with the app: no other host is asked; and
`/openapi.json`, which they load.

The files are those of the package `fastapi-offline`; the pages' policy keeps what runs in them from asking elsewhere.
"""

from __future__ import annotations

import gzip
from importlib.resources import files
from threading import Lock

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.openapi.docs import get_redoc_html, get_swagger_ui_html
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

DOCS, REDOC, OPENAPI, SCRIPTS = "/docs", "/redoc", "/openapi.json", "/docs-files"
# The pages start their script with a line of it, and both scripts write styles; ReDoc searches in a worker.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; frame-ancestors 'none'"
)


class _WrittenOpenApi:
    """`/openapi.json` as it is sent, for each root path: to make it takes a second, to write it hundredths."""

    def __init__(self, app: FastAPI) -> None:
        self._app, self._lock = app, Lock()
        self._written: dict[str, tuple[bytes, bytes]] = {}

    def written(self, root: str) -> tuple[bytes, bytes]:
        """The document, and the same packed with gzip."""
        with self._lock:
            if root not in self._written:
                servers = {"servers": [{"url": root}]} if root else {}
                content = orjson.dumps(self._app.openapi() | servers)
                self._written[root] = content, gzip.compress(content, mtime=0)
            return self._written[root]


def add_documentation(app: FastAPI) -> None:
    """Serve the pages and what they load."""
    openapi = _WrittenOpenApi(app)

    # On a thread: while it is made, the event loop answers others.
    @app.get(OPENAPI, include_in_schema=False)
    def document(request: Request) -> Response:
        """What the API is, for programs."""
        content, packed = openapi.written(_root(request))
        headers = {"Vary": "Accept-Encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(packed, headers=headers | {"Content-Encoding": "gzip"}, media_type="application/json")
        return Response(content, headers=headers, media_type="application/json")

    app.mount(SCRIPTS, StaticFiles(directory=str(files("fastapi_offline") / "static")))

    @app.get(DOCS, include_in_schema=False)
    async def docs(request: Request) -> HTMLResponse:
        """Swagger UI: every route can be tried there."""
        root = _root(request)
        page = get_swagger_ui_html(
            openapi_url=root + OPENAPI,
            title=app.title,
            swagger_js_url=f"{root}{SCRIPTS}/swagger-ui-bundle.js",
            swagger_css_url=f"{root}{SCRIPTS}/swagger-ui.css",
            swagger_favicon_url=f"{root}{SCRIPTS}/favicon.png",
            swagger_ui_parameters={"validatorUrl": None},
        )
        return _guarded(page)

    @app.get(REDOC, include_in_schema=False)
    async def redoc(request: Request) -> HTMLResponse:
        """ReDoc: to read."""
        root = _root(request)
        page = get_redoc_html(
            openapi_url=root + OPENAPI,
            title=app.title,
            redoc_js_url=f"{root}{SCRIPTS}/redoc.standalone.js",
            redoc_favicon_url=f"{root}{SCRIPTS}/favicon.png",
            with_google_fonts=False,
        )
        return _guarded(page)


def _root(request: Request) -> str:
    root: str = request.scope.get("root_path", "")
    return root.rstrip("/")


def _guarded(page: HTMLResponse) -> HTMLResponse:
    page.headers["Content-Security-Policy"] = POLICY
    return page
