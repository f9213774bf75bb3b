"""`/mi-cuenta/datos`: taking all of one's data away, erasing them all, and the receipt of that."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.access.hashing_places import HashingPlace
from api.access.rules import AccountCaller, Anybody, FreshAccountCaller
from api.accounts.endpoints import own_data
from api.accounts.schemas.own_data import ErasureRequest
from api.http.problems import ProblemError
from api.schemas.fields import RowIdInPath
from api.services.services import ServicesOfApp
from api.web.cookies import Cookie, drop_cookie
from api.web.forms import Form
from api.web.frame import Frame, checked
from api.web.page_routes import PageRoute
from api.web.page_sessions import forget_session
from api.web.translations import marked
from engine.errors import ChambaError, InvalidInputError

router = APIRouter(route_class=PageRoute)

WORD = marked("BORRAR")


@router.get("/mi-cuenta/datos")
def get_own_data(_caller: AccountCaller, frame: Frame) -> Response:
    """What may be taken away and what may be erased, and by which law."""
    return frame.page("accounts/own_data.html")


@router.get("/mi-cuenta/datos/copia")
def get_export(_caller: FreshAccountCaller, frame: Frame) -> Response:
    """Where the copy is asked for, after a fresh proof."""
    return frame.page("accounts/export.html")


@router.post("/mi-cuenta/datos/copia")
def post_export(caller: FreshAccountCaller, services: ServicesOfApp) -> Response:
    """Everything as a file, as the API gives it; nothing keeps it on the way."""
    answer = Response(media_type="application/json")
    answer.body = own_data.get_export(caller, services, answer).model_dump_json().encode()
    answer.headers["Content-Length"] = str(len(answer.body))
    return answer


@router.get("/mi-cuenta/datos/borrar")
def get_erasure(_caller: FreshAccountCaller, frame: Frame) -> Response:
    """What goes, what stays and why, before anybody types the word."""
    return frame.page("accounts/erasure.html", word=frame.words(WORD))


@router.post("/mi-cuenta/datos/borrar")
def post_erasure(
    caller: FreshAccountCaller, form: Form, frame: Frame, _place: HashingPlace, services: ServicesOfApp
) -> Response:
    """All of it, at once and for good; the browser forgets too, and shows the receipt."""
    word = frame.words(WORD)
    try:
        if form.text("word").strip(" .\"'«»").casefold() not in {word.casefold(), WORD.casefold()}:
            raise InvalidInputError("the word is another", expected=word, field="word")
        body = checked(ErasureRequest, {"password": form.text("password")})
        receipt = own_data.post_erasure(caller, body, None, services, Response())
    except (ProblemError, ChambaError) as error:
        return frame.again("accounts/erasure.html", error, form, word=word)
    response = forget_session(frame, frame.see(f"/constancia-de-borrado/{receipt.receipt_id}"))
    drop_cookie(response, frame.request, Cookie.DEVICE)
    return response


@router.get("/constancia-de-borrado/{receipt_id}")
def get_receipt(caller: Anybody, receipt_id: RowIdInPath, frame: Frame, services: ServicesOfApp) -> Response:
    """For whoever kept its address: it names nobody."""
    return frame.page("accounts/receipt.html", receipt=own_data.get_receipt(caller, receipt_id, services))
