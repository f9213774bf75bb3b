"""The least a Python server does here: Starlette reads a body and answers with fixed bytes, under uvicorn as ours.

python -m benchmarks.http.baseline ANSWER.json 8766
"""

from __future__ import annotations

import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.http.people import ROUTE


def create_app(answer: bytes) -> Starlette:
    """An app that gives `answer` for every POST at the address of recommendations."""

    async def post(request: Request) -> Response:
        await request.body()
        return Response(answer, media_type="application/json")

    return Starlette(routes=[Route(ROUTE, post, methods=["POST"])])


def main() -> None:
    """Serve until stopped."""
    answer, port = Path(sys.argv[1]).read_bytes(), int(sys.argv[2])
    # uvicorn chooses loop and parser by what is installed, for this app as for ours (api/server.py).
    uvicorn.run(create_app(answer), host="127.0.0.1", port=port, access_log=False, log_level="warning")


if __name__ == "__main__":
    main()
