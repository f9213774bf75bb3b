"""`/problems/{kind}`: the pages that the `type` of a problem leads to: what it is, and what to do about it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse

from api.access.rules import Anybody
from api.http.problems import ProblemError, ProblemKind
from api.language.catalogue import in_language
from api.language.reader import reader_locale
from api.routing.json_bodies import JSON
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute
from api.schemas.problems import ProblemPage
from engine.explain import Locale

router = APIRouter(tags=["operations"], route_class=TypedRoute)

HTML = "text/html"
KINDS = {kind.slug: kind for kind in ProblemKind}
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_PAGE = """<!doctype html>
<html lang="{locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>body{{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}}</style></head>
<body><h1>{title}</h1><p>HTTP {status}</p><p>{what}</p><h2>{fix_title}</h2><p>{fix}</p></body>
</html>
"""
_FIX_TITLE = {Locale.ES: "Qué hacer", Locale.EN: "What to do"}


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
    _caller: Anybody, kind: Annotated[str, Path(max_length=40, examples=["not-found"])], request: Request
) -> Response:
    """The `type` of every problem is such an address. A page of HTML for whoever accepts it, JSON otherwise."""
    found, locale = KINDS.get(kind), reader_locale(request.scope)
    if found is None:
        raise ProblemError(ProblemKind.NOT_FOUND, "no such kind of problem")
    headers = {"Content-Language": locale.value, "Vary": "Accept, Accept-Language"}
    page = problem_page(found, locale)
    if HTML not in request.headers.get("accept", ""):
        return Response(page.model_dump_json(), 200, headers, JSON)
    values = {name: escape(str(value)) for name, value in page.model_dump().items()}
    content = _PAGE.format(locale=locale.value, fix_title=_FIX_TITLE[locale], **values)
    return HTMLResponse(content, 200, headers | {"Content-Security-Policy": POLICY})


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
