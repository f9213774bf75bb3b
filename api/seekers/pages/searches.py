"""`/mis-busquedas`: searches that somebody keeps, and how often they are told of new jobs."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, Response

from api.access.rules import SeekerCaller
from api.http.problems import ProblemError
from api.schemas.fields import RowIdInPath
from api.seekers.endpoints import searches as endpoints
from api.seekers.pages.drafts import keep_draft, read_draft
from api.seekers.pages.wanted import WORDS, active_chips, wanted_of_form
from api.seekers.pages.words import PATH as BY_WORDS
from api.seekers.pages.words import WordSearch, keep_words, read_words
from api.seekers.search_schemas import SavedSearchDocument, SavedSearchRequest
from api.services.services import ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.translations import marked
from engine.errors import ChambaError
from store.alerts.times import Alert

router = APIRouter(route_class=PageRoute)

SearchId = RowIdInPath
LIST = "/mis-busquedas"
ALERTS = (
    (Alert.NONE, marked("No avisarme")),
    (Alert.AT_ONCE, marked("Apenas salga uno")),
    (Alert.DAILY, marked("Una vez al día")),
    (Alert.WEEKLY, marked("Una vez por semana")),
)
OFFERED = frozenset(name for name, _ in WORDS)


@router.get(LIST)
def get_searches(caller: SeekerCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """The first first."""
    found = [(one, active_chips(_filters(one))) for one in endpoints.get_searches(caller, services).items]
    return frame.page("seekers/searches.html", found=found, alerts=dict(ALERTS))


@router.get(LIST + "/nueva")
def get_new_search(_caller: SeekerCaller, frame: Frame, de: Literal["palabras", ""] = "") -> Response:
    """The form, with the words that were looked for last, or with the filters of the list."""
    words = read_words(frame) if de else WordSearch(filters=read_draft(frame).filters)
    return _form(frame, LIST, words.query, words.filters, name=words.query[:80], alert=Alert.DAILY)


@router.post(LIST)
def post_search(caller: SeekerCaller, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """It is kept."""
    try:
        endpoints.post_search(caller, _asked(form, {}), frame.creation(form), services)
    except (ProblemError, ChambaError) as error:
        return _form_again(frame, LIST, form, error)
    return frame.see(LIST, said=marked("Guardamos la búsqueda."))


@router.get(LIST + "/{search_id}")
def get_one_search(caller: SeekerCaller, frame: Frame, search_id: SearchId, services: ServicesOfApp) -> Response:
    """The form to change it."""
    found = endpoints.get_one_search(caller, search_id, services)
    where = f"{LIST}/{search_id}"
    return _form(frame, where, found.query or "", _filters(found), name=found.name, alert=found.alert)


@router.post(LIST + "/{search_id}")
def post_change(
    caller: SeekerCaller, form: Form, frame: Frame, search_id: SearchId, services: ServicesOfApp
) -> Response:
    """It is another; filters that the form does not offer stay."""
    before = _filters(endpoints.get_one_search(caller, search_id, services))
    try:
        endpoints.put_search(caller, search_id, _asked(form, before), services)
    except (ProblemError, ChambaError) as error:
        return _form_again(frame, f"{LIST}/{search_id}", form, error)
    return frame.see(LIST, said=marked("Guardamos el cambio."))


@router.post(LIST + "/{search_id}/ver")
def post_run(caller: SeekerCaller, frame: Frame, search_id: SearchId, services: ServicesOfApp) -> Response:
    """What there is for it now."""
    found = endpoints.get_one_search(caller, search_id, services)
    filters = _filters(found)
    if found.query is None:
        return keep_draft(frame, frame.see("/trabajos"), read_draft(frame).model_copy(update={"filters": filters}))
    return keep_words(frame, frame.see(BY_WORDS), WordSearch(query=found.query, filters=filters))


@router.post(LIST + "/{search_id}/borrar")
def post_deletion(caller: SeekerCaller, frame: Frame, search_id: SearchId, services: ServicesOfApp) -> Response:
    """It is gone, and its alerts with it."""
    endpoints.delete_one_search(caller, search_id, services)
    return frame.see(LIST, said=marked("Borramos la búsqueda y sus avisos."))


def _filters(found: SavedSearchDocument) -> dict[str, Any]:
    return found.filters.model_dump(mode="json", exclude_unset=True)


def _asked(form: SentForm, before: dict[str, Any]) -> SavedSearchRequest:
    others = {name: value for name, value in before.items() if name not in OFFERED}
    document = {"name": form.text("name"), **form.stated("query", "alert")}
    return checked(SavedSearchRequest, document | {"filters": others | wanted_of_form(form, {})[0]})


def _form(frame: PageFrame, where: str, query: str, filters: dict[str, Any], **values: Any) -> Response:
    chosen = {(name, value) for name, value, _ in active_chips(filters)}
    return frame.page(
        "seekers/search.html", where=where, query=query, chosen=chosen, offered=WORDS, alerts=ALERTS, **values
    )


def _form_again(frame: PageFrame, where: str, form: SentForm, error: Exception) -> Response:
    values: dict[str, Any] = {"where": where, "query": "", "chosen": set(), "name": "", "alert": Alert.NONE}
    return frame.again("seekers/search.html", error, form, **values, offered=WORDS, alerts=ALERTS)
