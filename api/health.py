"""For operators: is the process up, can it answer, and what has it measured.

All three are answered while every worker thread is taken and the database does not answer: the event loop asks memory
alone, and metrics are written out on a thread that does nothing else.
"""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request, Response
from prometheus_client.exposition import choose_encoder

from api.access.rules import Anybody, Operator
from api.http.problems import RETRY_AFTER, ProblemError, ProblemKind
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer
from api.schemas.health import Health, Readiness
from api.services.services import Services, ServicesOfApp
from engine.errors import Message


class ProbeRoute(TypedRoute):
    """Is answered at once, whoever else waits."""

    takes_turns = False


router = APIRouter(tags=["operations"], route_class=ProbeRoute)


@router.get("/healthz", **operation("Is the process up", answer="It is"))
async def healthz(_caller: Anybody) -> WrittenAnswer[Health]:
    """Answers from the event loop itself, whatever the worker threads are doing."""
    return WrittenAnswer(b'{"status":"ok"}')


@router.get(
    "/readyz",
    **operation("Can requests be answered", ProblemKind.NOT_READY, answer="They can"),
)
async def readyz(_caller: Anybody, services: ServicesOfApp) -> Readiness:
    """503 names everything that is missing: the bundle, the database, as it was seen within the last half minute."""
    missing = services.missing()
    if missing:
        detail = Message("missing: {missing}", missing="; ".join(f"{name}: {why}" for name, why in missing.items()))
        raise ProblemError(ProblemKind.NOT_READY, detail, {"missing": missing}, RETRY_AFTER)
    bundle = services.bundle()
    return Readiness(
        status="ready",
        bundle=bundle.version,
        model=bundle.model_id,
        learning_paths=services.learning_paths.state,
    )


@router.get(
    "/metrics",
    **operation(
        "Prometheus metrics",
        ProblemKind.UNAUTHENTICATED,
        ProblemKind.FORBIDDEN,
        answer="The metrics",
        content=dict.fromkeys(("text/plain", "application/openmetrics-text")),
    ),
    response_class=Response,
)
async def metrics(_caller: Operator, request: Request, services: ServicesOfApp) -> Response:
    """In the text format that the scraper's Accept header asks for.

    For who shows `CHAMBA_METRICS_TOKEN` as a bearer token; where none is set, from the machine itself.
    """
    # Tens of milliseconds of writing, in which the event loop would answer nobody.
    return await services.scraping.run(partial(_scraped, services, request.headers.get("accept", "")))


def _scraped(services: Services, accepted: str) -> Response:
    try:
        encode, content_type = choose_encoder(accepted)
    except (ValueError, TypeError):  # of a version that is no number
        encode, content_type = choose_encoder("")
    return Response(encode(services.metrics.scraped()), headers={"Content-Type": content_type})
