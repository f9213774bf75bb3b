"""`/mi-cuenta/seguridad`: what proves somebody beside their password; staff without it are led here first."""

from __future__ import annotations

import re
from typing import Any

from fastapi import APIRouter, Response

from api.access.rules import EnrollingCaller, FreshAccountCaller, FreshEnrollingCaller
from api.accounts.endpoints import factors
from api.accounts.schemas.factors import TotpCode
from api.accounts.service.factors import app_uri
from api.accounts.service.qr_codes import qr_drawing
from api.http.problems import ProblemError
from api.schemas.fields import RowIdInPath
from api.services.services import ServicesOfApp
from api.web.forms import Form
from api.web.frame import Frame, PageFrame, checked
from api.web.local_paths import local_path
from api.web.page_routes import PageRoute
from api.web.translations import marked
from engine.errors import ChambaError, ConflictError

router = APIRouter(route_class=PageRoute)

SECURITY = "/mi-cuenta/seguridad"
GROUP = 4
_SECRET = re.compile(r"[A-Z2-7]{32}")


@router.get(SECURITY)
def get_security(caller: EnrollingCaller, frame: Frame, services: ServicesOfApp, sigue: str = "") -> Response:
    """What the account has; `sigue`: where staff wanted to go, who need a factor first."""
    held = factors.get_second_factors(caller, services)
    has_factor = held.totp_since is not None or bool(held.passkeys)
    if held.is_needed and has_factor and caller.session is not None and not caller.session.is_two_factor:
        return frame.see(f"/confirmar?sigue={local_path(sigue, SECURITY)}")
    return frame.page("accounts/security.html", held=held, has_factor=has_factor, goes_on=local_path(sigue, ""))


@router.get("/mi-cuenta/seguridad/aplicacion")
def get_app(_caller: FreshEnrollingCaller, frame: Frame) -> Response:
    """What an authenticator app is, and where to get one."""
    return frame.page("accounts/app.html")


@router.post("/mi-cuenta/seguridad/aplicacion")
def post_app(caller: FreshEnrollingCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """The secret, as a drawing and as text; nothing has changed yet."""
    try:
        told = factors.post_totp(caller, services, Response())
    except ConflictError:
        return frame.see(SECURITY, said=marked("Ya tienes una aplicación de códigos."))
    return frame.page("accounts/app_secret.html", **_secret(told.secret, told.otpauth_uri))


@router.get("/mi-cuenta/seguridad/aplicacion/codigo")
def get_app_code(_caller: EnrollingCaller, frame: Frame) -> Response:
    """Whoever comes back here begins again: a secret is told once."""
    return frame.see("/mi-cuenta/seguridad/aplicacion")


@router.post("/mi-cuenta/seguridad/aplicacion/codigo")
def post_app_code(caller: FreshEnrollingCaller, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """The first code makes the app a factor; recovery codes are shown this once."""
    digits = "".join(filter(str.isdigit, form.text("code")))
    try:
        told = factors.post_totp_confirm(caller, checked(TotpCode, {"code": digits}), services, Response())
    except (ProblemError, ChambaError) as error:
        secret = form.text("secret")
        if not _SECRET.fullmatch(secret):
            return frame.see("/mi-cuenta/seguridad/aplicacion")
        uri = app_uri(caller, secret, services)
        return frame.again("accounts/app_secret.html", error, form, **_secret(secret, uri))
    return codes_page(frame, told.recovery_codes, marked("Listo: tu cuenta pide ahora un código al entrar."))


@router.post("/mi-cuenta/seguridad/aplicacion/quitar")
def post_remove_app(caller: FreshAccountCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """Every other session ends; staff keep one factor."""
    try:
        factors.delete_totp(caller, services)
    except ConflictError:
        return frame.see(SECURITY, said=marked("No se puede quitar la última: agrega antes otra forma."))
    return frame.see(SECURITY, said=marked("Quitaste la aplicación de códigos."))


@router.get("/mi-cuenta/seguridad/codigos")
def get_recovery_codes(caller: FreshAccountCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """Asks first: those of before are void once there are others."""
    left = factors.get_second_factors(caller, services).recovery_codes_left
    return frame.page("accounts/new_codes.html", left=left)


@router.post("/mi-cuenta/seguridad/codigos")
def post_recovery_codes(caller: FreshAccountCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """Ten others, shown this once."""
    try:
        told = factors.post_recovery_codes(caller, services, Response())
    except ConflictError:
        return frame.see(SECURITY, said=marked("Primero agrega una aplicación de códigos o una llave de acceso."))
    return codes_page(frame, told.recovery_codes, marked("Los códigos de antes ya no sirven."))


@router.post("/mi-cuenta/seguridad/llaves/{passkey_id}/quitar")
def post_remove_passkey(
    caller: FreshAccountCaller, passkey_id: RowIdInPath, frame: Frame, services: ServicesOfApp
) -> Response:
    """Every other session ends; staff keep one factor."""
    try:
        factors.delete_passkey(caller, passkey_id, services)
    except ConflictError:
        return frame.see(SECURITY, said=marked("No se puede quitar la última: agrega antes otra forma."))
    return frame.see(SECURITY, said=marked("Quitaste la llave de acceso."))


def codes_page(frame: PageFrame, codes: list[str], said: str) -> Response:
    """Recovery codes this once, to be printed or written down; the account's page where those of before still hold."""
    if not codes:
        return frame.see(SECURITY, said=said)
    return frame.page("accounts/recovery_codes.html", codes=codes, said=frame.words(said))


def _secret(secret: str, uri: str) -> dict[str, Any]:
    groups = " ".join(secret[start : start + GROUP] for start in range(0, len(secret), GROUP))
    return {"secret": secret, "groups": groups, "uri": uri, "qr": qr_drawing(uri)}
