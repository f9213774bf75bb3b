"""`/desarrolladores/claves`: a partner's keys, made, changed for others and revoked by who acts for it."""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import APIRouter, Response

from api.access.rules import DeveloperCaller, FreshDeveloperCaller
from api.credentials.callers import Scope
from api.http.problems import ProblemError
from api.partners.endpoints import account
from api.partners.schemas.account import KeyRotation, KeyWanted, PartnerDocument, PartnerKeyDocument
from api.partners.service.developers import acting
from api.partners.service.keys import end_key, make_key
from api.routing.typed_routes import WrittenAnswer
from api.schemas.fields import RowIdInPath
from api.services.services import ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.translations import marked
from engine.errors import ChambaError, NotFoundError

router = APIRouter(route_class=PageRoute)

KEYS = "/desarrolladores/claves"
NEW_KEY, KEY = KEYS + "/nueva", KEYS + "/{key_id}"
KeyId = RowIdInPath
SCOPES = (
    (Scope.RECOMMEND, marked("Pedir recomendaciones")),
    (Scope.SEEKERS, marked("Guardar a tus personas y buscar quién puede hacer un trabajo")),
    (Scope.JOBS, marked("Publicar tus trabajos y leer sus postulaciones")),
    (Scope.EVENTS, marked("Contar qué pasó con las recomendaciones")),
    (Scope.WEBHOOKS, marked("Recibir avisos de lo que pasa")),
)
DAYS = (("", marked("Hasta que la anules")), ("90", marked("90 días")), ("365", marked("Un año")))
GRACE_HOURS = (("24", marked("Un día")), ("168", marked("Una semana")), ("0", marked("Nada: alguien más la conoce")))


@router.get(KEYS)
def get_keys(caller: DeveloperCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """All of them, without their secrets."""
    partner = account.get_own_partner(acting(caller, services), services)
    keys = [(key, _is_live(key, frame)) for key in reversed(partner.keys)]
    return frame.page("partners/keys.html", partner=partner, keys=keys, scopes=SCOPES)


@router.get(NEW_KEY)
def get_new_key(caller: FreshDeveloperCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """What the key is to open, and until when."""
    acting(caller, services)
    return frame.page("partners/new_key.html", scopes=SCOPES, days=DAYS)


@router.post(NEW_KEY)
def post_new_key(caller: FreshDeveloperCaller, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """The key, which is shown this once."""
    partner = acting(caller, services)
    try:
        wanted = checked(KeyWanted, {"scopes": form.texts("scopes"), "days": form.text("days") or None})
        made = make_key(partner, wanted, frame.creation(form), services)
    except (ProblemError, ChambaError) as error:
        return frame.again("partners/new_key.html", error, form, scopes=SCOPES, days=DAYS)
    return _shown_once(frame, made)


@router.get(KEY)
def get_key(caller: FreshDeveloperCaller, frame: Frame, key_id: KeyId, services: ServicesOfApp) -> Response:
    """One key: changed for another, or revoked."""
    return _key_page(frame, account.get_own_partner(acting(caller, services), services), key_id)


@router.post(KEY + "/cambiar")
def post_rotation(
    caller: FreshDeveloperCaller, form: Form, frame: Frame, key_id: KeyId, services: ServicesOfApp
) -> Response:
    """Another key of the same scopes; the old one goes on for a while."""
    partner = acting(caller, services)
    try:
        hours = form.text("grace_hours")
        body = checked(KeyRotation, {"grace_hours": int(hours) if hours.isdecimal() and len(hours) < 5 else hours})
        made = account.post_key_rotation(partner, key_id, body, frame.creation(form), services)
    except (ProblemError, ChambaError) as error:
        return _key_page(frame, account.get_own_partner(partner, services), key_id, form, error)
    return _shown_once(frame, made)


@router.post(KEY + "/anular")
def post_end(caller: FreshDeveloperCaller, frame: Frame, key_id: KeyId, services: ServicesOfApp) -> Response:
    """It opens nothing any more."""
    end_key(acting(caller, services), key_id, services)
    return frame.see(KEYS, said=marked("Anulaste la clave. Ya no abre nada."))


def _key_page(
    frame: PageFrame,
    partner: PartnerDocument,
    key_id: str,
    form: SentForm | None = None,
    error: Exception | None = None,
) -> Response:
    key = next((one for one in partner.keys if one.key_id == key_id), None)
    if key is None:
        raise NotFoundError("no such key", got=repr(key_id), field="key_id")
    values: dict[str, Any] = {"key": key, "is_live": _is_live(key, frame), "scopes": SCOPES, "grace_hours": GRACE_HOURS}
    if form is None or error is None:
        return frame.page("partners/key.html", **values)
    return frame.again("partners/key.html", error, form, **values)


def _shown_once(frame: PageFrame, made: WrittenAnswer[Any]) -> Response:
    document = orjson.loads(made.body)
    return frame.page("partners/shown_once.html", secret=document["key"], back=KEYS, is_key=True)


def _is_live(key: PartnerKeyDocument, frame: PageFrame) -> bool:
    now = frame.services.now().isoformat()
    return key.revoked_at is None and (key.expires_at is None or key.expires_at > now)
