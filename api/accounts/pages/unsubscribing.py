"""`/v1/unsubscribe/…`: the address in a mail that stops mails of its kind without a login (RFC 8058).

A mail program posts to it by itself, so it asks for no token of a form: what it stops is signed in the address.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from api.access.rules import Visitor
from api.accounts.service.unsubscribing import stop_mails
from api.services.services import ServicesOfApp
from api.web.frame import Frame, PageFrame
from api.web.page_routes import MailedPageRoute
from store.notices.texts import NoticeGroup
from store.notices.texts import frame as words_around
from store.notices.unsubscribing import PATH, read_unsubscription

router = APIRouter(route_class=MailedPageRoute)

Token = Annotated[str, Path(pattern="^[A-Za-z0-9._-]{1,300}$")]


@router.get(PATH)
def get_unsubscription(_caller: Visitor, token: Token, frame: Frame, services: ServicesOfApp) -> Response:
    """Changes nothing: programs that look for viruses open every address of a mail."""
    return _page(frame, read_unsubscription(services.cipher, token).group, is_done=False)


@router.post(PATH)
def post_unsubscription(_caller: Visitor, token: Token, frame: Frame, services: ServicesOfApp) -> Response:
    """By the page's button or the mail program's own; once or many times. What is sent along is not read."""
    wanted = read_unsubscription(services.cipher, token)
    services.write(lambda connection: stop_mails(connection, wanted, services.now()))
    return _page(frame, wanted.group, is_done=True)


def _page(frame: PageFrame, group: NoticeGroup, *, is_done: bool) -> Response:
    around = words_around()[frame.language.locale]
    response = frame.page("accounts/unsubscribe.html", around=around, what=around[f"group_{group}"], is_done=is_done)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
