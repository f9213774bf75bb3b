"""What somebody who reads pages is told when something is wrong: a page that says what and what to do."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Request, Response

from api.credentials.standing import APPEAL
from api.http.problems import ProblemError, ProblemKind
from api.services.services import Services
from api.web.cookies import Cookie, drop_cookie, shown_cookie
from api.web.frame import PageFrame
from api.web.local_paths import came_from
from api.web.page_routes import PageRoute
from engine.errors import ChambaError

CONSENT = "consents"
LOG_IN, STEP_UP, SECOND_FACTOR, REVIEW = "/entrar", "/confirmar", "/mi-cuenta/seguridad", "/pedir-revision"
HTML, API_PATHS = "text/html", ("/v1/", "/openapi.json", "/metrics", "/healthz", "/readyz", "/problems/")
WAYS_ON = {
    ProblemKind.UNAUTHENTICATED: LOG_IN,
    ProblemKind.STEP_UP_NEEDED: STEP_UP,
    ProblemKind.SECOND_FACTOR_NEEDED: SECOND_FACTOR,
}


def problem_response(request: Request, problem: ProblemError) -> Response:
    """The problem as a page where a page was asked for, as JSON otherwise."""
    if not _wants_page(request):
        return problem.response(request.scope)
    services: Services = request.app.state.services
    frame = PageFrame(request, services)
    way_on = WAYS_ON.get(problem.kind)
    if way_on is not None:
        response = frame.see(f"{way_on}?sigue={quote(came_from(request), safe='/')}")
        if problem.kind is ProblemKind.UNAUTHENTICATED and shown_cookie(request, Cookie.SESSION):
            drop_cookie(response, request, Cookie.SESSION)
        return response
    if is_suspension(problem):
        return frame.see(REVIEW)
    document = problem.document(frame.language.locale)
    kind = CONSENT if _lacks_consent(problem) else problem.kind.slug
    response = frame.page("web/problem.html", problem.kind.status, problem=document, kind=kind)
    response.headers.update({name: value for name, value in problem.headers.items() if name != "WWW-Authenticate"})
    return response


def is_suspension(problem: ProblemError) -> bool:
    """Whether it is that of a suspended account, which somebody can look at again."""
    return problem.members.get("at") == APPEAL


def _lacks_consent(problem: ProblemError) -> bool:
    """Whether it is that of somebody who has not agreed to what they ask for."""
    return isinstance(problem.detail, ChambaError) and problem.detail.field == CONSENT


def _wants_page(request: Request) -> bool:
    route = request.scope.get("route")
    if route is not None:
        return isinstance(route, PageRoute)
    return HTML in request.headers.get("accept", "") and not request.url.path.startswith(API_PATHS)
