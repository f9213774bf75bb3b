"""`/desarrolladores/probar`: asks for recommendations as a partner's app would, within its limits, shown as text."""

from __future__ import annotations

from shlex import quote
from typing import Any

import orjson
from fastapi import APIRouter, Response
from starlette.concurrency import run_in_threadpool

from api.access.rules import DeveloperCaller
from api.credentials.callers import Caller
from api.http.problems import problem_of
from api.partners.service.developers import acting, count_request
from api.recommendations.schemas.requests import RecommendationRequest
from api.recommendations.service.recommending import recommend
from api.services.services import Services, ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.translations import marked
from engine.jobs import Modality

router = APIRouter(route_class=PageRoute)

TRYING = "/desarrolladores/probar"
LIMITS = tuple((str(limit), str(limit)) for limit in (1, 3, 10))
MODALITIES = (
    (Modality.REMOTE, marked("Remoto")),
    (Modality.HYBRID, marked("Parte en el local, parte en casa")),
    (Modality.ON_SITE, marked("En el local")),
)
CHOICES: dict[str, Any] = {"limits": LIMITS, "modalities": MODALITIES}


@router.get(TRYING)
def get_trying(caller: DeveloperCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """The form."""
    acting(caller, services)
    return frame.page("partners/trying.html", asked=None, **CHOICES)


@router.post(TRYING)
async def post_trying(caller: DeveloperCaller, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """What was asked and what was answered, as text."""
    partner = await run_in_threadpool(acting, caller, services)
    asked = _asked(form, frame)
    status, answer = await _answered(partner, asked, frame, services)
    base = services.settings.public_address or str(frame.request.base_url)
    values: dict[str, Any] = {"asked": _indented(asked), "curl": _curl(base.rstrip("/"), asked), "http_status": status}
    return frame.page("partners/trying.html", form=form, answer=_indented(answer), **values, **CHOICES)


async def _answered(partner: Caller, asked: dict[str, Any], frame: PageFrame, services: Services) -> tuple[int, Any]:
    """The status and the document that an app would get."""
    try:
        await run_in_threadpool(count_request, partner, services)
        body = checked(RecommendationRequest, asked)
        status, answer = 200, orjson.loads(await recommend(body, services, partner))
    except Exception as error:
        problem = problem_of(error)
        if problem is None:
            raise
        status, answer = problem.kind.status, problem.document(frame.language.locale)
        if "RateLimit" in problem.headers:  # which was counted when it was found
            return status, answer
    services.partner_keys.answered(partner.of_partner, status)
    return status, answer


def _asked(form: SentForm, frame: PageFrame) -> dict[str, Any]:
    limit, profile = form.text("limit"), {"text": form.text("text"), "skills": form.lines("skills")}
    filters = {"modalities": form.texts("modalities")} if form.texts("modalities") else {}
    return {
        "profile": {name: value for name, value in profile.items() if value},
        "limit": int(limit) if limit.isdecimal() and len(limit) < 5 else 3,
        **({"filters": filters} if filters else {}),
        "locale": frame.language.locale.value,
    }


def _curl(base: str, asked: dict[str, Any]) -> str:
    headers = "-H \"Authorization: Bearer $CHAMBA_KEY\" -H 'Content-Type: application/json'"
    return f"curl -s {quote(base + '/v1/recommendations')} {headers} -d {quote(orjson.dumps(asked).decode())}"


def _indented(document: Any) -> str:
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()
