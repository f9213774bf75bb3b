"""Logging in and out on pages: the session is one as apps have, its token a cookie that no script reads."""

from __future__ import annotations

from fastapi import Response

from api.credentials.sessions import lifetimes_of
from api.credentials.tokens import read_page_token, read_token, signed_page_token
from api.web.cookies import YEAR_SECONDS, Cookie, drop_cookie, set_cookie, shown_cookie
from api.web.frame import PageFrame
from store.people.accounts import STAFF, get_account
from store.people.sessions import end_session

# The page of nobody in particular stays; all else that a browser keeps of somebody who leaves is dropped.
CLEARED = '"cache", "storage"'


def begin_session(frame: PageFrame, response: Response, access_token: str, device_token: str | None) -> Response:
    """`response`, which logs the browser in to the session of an access token; it knows the device again later.

    Staff are logged out with their browser; the session of others is kept as long as it may last. A browser has one:
    that of before ends.
    """
    services, now = frame.services, frame.services.now()
    _end_shown_session(frame)
    named = read_token(services.cipher, access_token, now)
    assert named is not None
    account = services.read(lambda connection: get_account(connection, named.account_id))
    longest = lifetimes_of(account, services.settings).longest
    is_staff = not account.roles.isdisjoint(STAFF)
    token = signed_page_token(services.cipher, named, now, longest)
    seconds = None if is_staff else int(longest.total_seconds())
    set_cookie(response, frame.request, Cookie.SESSION, token, seconds=seconds)
    if device_token is not None:
        set_cookie(response, frame.request, Cookie.DEVICE, device_token, seconds=YEAR_SECONDS)
    drop_cookie(response, frame.request, Cookie.STEP)
    if not shown_cookie(frame.request, Cookie.LANGUAGE):
        set_cookie(response, frame.request, Cookie.LANGUAGE, account.locale.value, seconds=YEAR_SECONDS)
    return response


def forget_session(frame: PageFrame, response: Response) -> Response:
    """`response`, after which nothing of whoever was logged in is kept in the browser."""
    for cookie in (Cookie.SESSION, Cookie.STEP, Cookie.SEARCH, Cookie.WORDS, Cookie.ANSWER, Cookie.VISIT):
        drop_cookie(response, frame.request, cookie)
    response.headers["Clear-Site-Data"] = CLEARED
    return response


def _end_shown_session(frame: PageFrame) -> None:
    services, now = frame.services, frame.services.now()
    shown = read_page_token(services.cipher, shown_cookie(frame.request, Cookie.SESSION), now)
    if shown is not None:
        services.write(lambda connection: end_session(connection, shown.session_id, now))
