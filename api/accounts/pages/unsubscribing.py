"""`/v1/unsubscribe/…`: the address in a mail that stops mails of its kind without a login (RFC 8058).

A mail program posts to it by itself, so it asks for no token of a form: what it stops is signed in the address.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response
from sqlalchemy import Connection

from api.access.rules import Visitor
from api.accounts.service.unsubscribing import language_of, stop_mails
from api.services.services import ServicesOfApp
from api.web.cookies import Cookie, shown_cookie
from api.web.frame import Frame, PageFrame
from api.web.page_routes import MailedPageRoute
from api.web.translations import Language
from engine.explain import Locale
from store.notices.texts import NoticeGroup
from store.notices.texts import frame as words_around
from store.notices.unsubscribing import PATH, read_unsubscription

router = APIRouter(route_class=MailedPageRoute)

Token = Annotated[str, Path(pattern="^[A-Za-z0-9._-]{1,300}$")]


@router.get(PATH)
def get_unsubscription(_caller: Visitor, token: Token, frame: Frame, services: ServicesOfApp) -> Response:
    """Changes nothing: programs that look for viruses open every address of a mail."""
    wanted = read_unsubscription(services.cipher, token)
    locale = services.read(lambda connection: language_of(connection, wanted.account_id))
    return _page(frame, wanted.group, locale, is_done=False)


@router.post(PATH)
def post_unsubscription(_caller: Visitor, token: Token, frame: Frame, services: ServicesOfApp) -> Response:
    """By the page's button or the mail program's own; once or many times. What is sent along is not read."""
    wanted = read_unsubscription(services.cipher, token)

    def work(connection: Connection) -> Locale | None:
        return stop_mails(connection, wanted, services.now())

    return _page(frame, wanted.group, services.write(work), is_done=True)


def _page(frame: PageFrame, group: NoticeGroup, locale: Locale | None, *, is_done: bool) -> Response:
    """In the language of the mail, where its reader chose none here."""
    if locale is not None and not shown_cookie(frame.request, Cookie.LANGUAGE):
        frame = PageFrame(frame.request, frame.services, Language(locale))
    around = words_around()[frame.language.locale]
    response = frame.page("accounts/unsubscribe.html", around=around, what=around[f"group_{group}"], is_done=is_done)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
