"""For operators: is the process up, can it answer, and what has it measured."""

from __future__ import annotations

import orjson
from fastapi import APIRouter, Request, Response
from prometheus_client.exposition import choose_encoder

from api.access.rules import Anybody
from api.openapi import described
from api.problems import RETRY_AFTER, ProblemError, ProblemKind
from api.schemas.answers import Health, Readiness
from api.services import ServicesOfApp

router = APIRouter(tags=["operations"])


@router.get("/healthz", **described("Is the process up", answered={200: ("It is", Health)}))
async def healthz(_caller: Anybody) -> Response:
    """Answers from the event loop itself, whatever the worker threads are doing."""
    return Response(b'{"status":"ok"}', media_type="application/json")


@router.get(
    "/readyz",
    **described("Can requests be answered", ProblemKind.NOT_READY, answered={200: ("They can", Readiness)}),
)
def readyz(_caller: Anybody, services: ServicesOfApp) -> Response:
    """503 names everything that is missing: the bundle, the database."""
    missing = services.missing()
    if missing:
        detail = "; ".join(f"{name}: {why}" for name, why in missing.items())
        raise ProblemError(ProblemKind.NOT_READY, detail, {"missing": missing}, RETRY_AFTER)
    bundle = services.bundle()
    answer = {"status": "ready", "bundle": bundle.version, "model": bundle.model_id}
    return Response(orjson.dumps(answer), media_type="application/json")


@router.get(
    "/metrics",
    **described("Prometheus metrics", files=("The metrics", ["text/plain", "application/openmetrics-text"])),
)
def metrics(_caller: Anybody, request: Request, services: ServicesOfApp) -> Response:
    """In the text format that the scraper's Accept header asks for."""
    try:
        encode, content_type = choose_encoder(request.headers.get("accept", ""))
    except (ValueError, TypeError):  # of a version that is no number
        encode, content_type = choose_encoder("")
    return Response(encode(services.metrics.scraped()), headers={"Content-Type": content_type})
