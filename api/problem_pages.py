"""`/problems/{kind}`: the pages that the `type` of a problem leads to: what it is, and what to do about it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from api.access.rules import Anybody
from api.http.problems import ProblemError, ProblemKind
from api.language.catalogue import in_language
from api.language.reader import reader_locale
from api.routing.json_bodies import JSON
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute
from api.schemas.problems import ProblemPage
from api.services.services import ServicesOfApp
from api.web.frame import PageFrame
from engine.explain import Locale

router = APIRouter(tags=["operations"], route_class=TypedRoute)

HTML = "text/html"
KINDS = {kind.slug: kind for kind in ProblemKind}


@router.get(
    "/problems/{kind}",
    **operation(
        "What a kind of problem is, and what to do",
        ProblemKind.NOT_FOUND,
        answer="The page, in the language that is accepted",
        content={JSON: ProblemPage, HTML: None},
    ),
    response_class=Response,
)
async def get_problem_page(
    _caller: Anybody,
    kind: Annotated[str, Path(max_length=40, examples=["not-found"])],
    request: Request,
    services: ServicesOfApp,
) -> Response:
    """The `type` of every problem is such an address. A page of HTML for whoever accepts it, JSON otherwise."""
    found, locale = KINDS.get(kind), reader_locale(request.scope)
    if found is None:
        raise ProblemError(ProblemKind.NOT_FOUND, "no such kind of problem")
    if HTML in request.headers.get("accept", ""):
        frame = PageFrame(request, services)
        response = frame.page("web/kind_of_problem.html", kind=problem_page(found, frame.language.locale))
        response.headers["Vary"] += ", Accept"
        return response
    headers = {"Content-Language": locale.value, "Vary": "Accept, Accept-Language"}
    return Response(problem_page(found, locale).model_dump_json(), 200, headers, JSON)


def problem_page(kind: ProblemKind, locale: Locale) -> ProblemPage:
    """What a kind of problem is and what to do about it, in a language."""
    words = _texts()[kind.slug]
    return ProblemPage(
        type=f"/problems/{kind.slug}",
        title=in_language(kind.title, locale),
        status=kind.status,
        what=words[f"what_{locale.value}"],
        fix=words[f"fix_{locale.value}"],
    )


@cache
def _texts() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(files("api.language").joinpath("problem_pages.toml").read_text("utf-8"))
