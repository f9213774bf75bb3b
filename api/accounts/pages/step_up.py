"""`/confirmar`: somebody proves again who they are, before what needs that."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.access.hashing_places import HashingPlace
from api.access.rules import EnrollingCaller
from api.accounts.endpoints import factors
from api.accounts.pages.steps import GOES_ON, shown_factor
from api.accounts.schemas.factors import StepUp
from api.credentials.callers import Caller
from api.http.problems import ProblemError
from api.services.services import Services, ServicesOfApp
from api.web.forms import Form
from api.web.frame import Frame, checked
from api.web.local_paths import local_path
from api.web.page_routes import PageRoute
from engine.errors import ChambaError

router = APIRouter(route_class=PageRoute)

PAGE, ACCOUNT = "accounts/step_up.html", "/mi-cuenta"


@router.get("/confirmar")
def get_step_up(caller: EnrollingCaller, frame: Frame, services: ServicesOfApp, sigue: str = ACCOUNT) -> Response:
    """Asks for what the account has."""
    return frame.page(PAGE, goes_on=local_path(sigue, ACCOUNT), ways=_ways(caller, services))


@router.post("/confirmar")
def post_step_up(
    caller: EnrollingCaller, form: Form, frame: Frame, _place: HashingPlace, services: ServicesOfApp
) -> Response:
    """The proof holds for a quarter of an hour."""
    goes_on = local_path(form.text(GOES_ON), ACCOUNT)
    try:
        factors.post_step_up(caller, frame.request, checked(StepUp, shown_factor(form)), None, services)
    except (ProblemError, ChambaError) as error:
        return frame.again(PAGE, error, form, goes_on=goes_on, ways=_ways(caller, services))
    return frame.see(goes_on)


def _ways(caller: Caller, services: Services) -> frozenset[str]:
    """What the account can prove it by: app, passkey and recovery; or the password."""
    held = factors.get_second_factors(caller, services)
    named = {"app": held.totp_since, "passkey": held.passkeys, "recovery": held.recovery_codes_left}
    ways = frozenset(name for name, has in named.items() if has)
    return ways if held.totp_since or held.passkeys else frozenset({"password"})
