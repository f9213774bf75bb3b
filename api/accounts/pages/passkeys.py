"""Passkeys on pages: the challenge that the script of passkeys asks for, and the forms that it fills in.

The script (`passkeys.js`) fetches a challenge by the form's own token, has the device answer it, and sends the form.
"""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel

from api.access.rules import EnrollingCaller, FreshEnrollingCaller, Visitor
from api.accounts.endpoints import factors, second_step
from api.accounts.pages.security import codes_page
from api.accounts.pages.steps import GOES_ON, passkey_of, shown_again, step_of
from api.accounts.schemas.factors import PasskeyLogIn, PasskeyToAdd
from api.accounts.service.second_step import second_step_challenge
from api.http.problems import ProblemError
from api.services.services import ServicesOfApp
from api.web.forms import Form
from api.web.frame import Frame, checked
from api.web.local_paths import local_path
from api.web.page_routes import PageRoute
from api.web.page_sessions import begin_session
from api.web.translations import marked
from engine.errors import ChambaError

router = APIRouter(route_class=PageRoute)

NOT_KEPT = {"Cache-Control": "no-store"}


@router.post("/entrar/llave/reto")
def post_log_in_challenge(caller: Visitor, frame: Frame, services: ServicesOfApp) -> Response:
    """What any passkey of this site may sign."""
    return _json(second_step.post_passkey_challenge(caller, frame.request, services))


@router.post("/entrar/llave")
def post_log_in(caller: Visitor, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """A passkey alone logs in: the device verified who holds it."""
    goes_on = local_path(form.text(GOES_ON))
    try:
        body = checked(PasskeyLogIn, passkey_of(form))
        tokens = second_step.post_passkey_log_in(caller, frame.request, body, services)
    except (ProblemError, ChambaError) as error:
        return shown_again(frame, "accounts/log_in.html", error, form, goes_on=goes_on)
    return begin_session(frame, frame.see(goes_on), tokens.access_token, tokens.device_token)


@router.get("/entrar/llave")
def get_log_in(_caller: Visitor, frame: Frame) -> Response:
    """Whoever comes back here logs in."""
    return frame.see("/entrar")


@router.post("/segundo-paso/llave")
def post_second_step_challenge(_caller: Visitor, frame: Frame, services: ServicesOfApp) -> Response:
    """What a passkey of the account that waits for its second step signs."""
    step = step_of(frame)
    return _json(second_step_challenge(step.step_id if step else "", services))


@router.post("/confirmar/llave")
def post_step_up_challenge(caller: EnrollingCaller, services: ServicesOfApp) -> Response:
    """What a passkey of the account signs again."""
    return _json(factors.post_step_up_challenge(caller, services))


@router.get("/mi-cuenta/seguridad/llave")
def get_passkey(_caller: FreshEnrollingCaller, frame: Frame) -> Response:
    """Where a passkey is named and made."""
    return frame.page("accounts/passkey.html")


@router.post("/mi-cuenta/seguridad/llave/reto")
def post_registration_challenge(caller: FreshEnrollingCaller, services: ServicesOfApp) -> Response:
    """What a device is asked for that makes one."""
    return _json(factors.post_registration_challenge(caller, services))


@router.post("/mi-cuenta/seguridad/llave")
def post_passkey(caller: FreshEnrollingCaller, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """It is a factor from now on; recovery codes are shown this once, if there were none."""
    try:
        body = checked(PasskeyToAdd, passkey_of(form, "credential") | {"name": form.text("name")})
        added = factors.post_passkey(caller, body, services, Response())
    except (ProblemError, ChambaError) as error:
        return frame.again("accounts/passkey.html", error, form)
    return codes_page(frame, added.recovery_codes, marked("Agregaste una llave de acceso."))


def _json(document: BaseModel) -> Response:
    return Response(document.model_dump_json(by_alias=True), headers=NOT_KEPT, media_type="application/json")
