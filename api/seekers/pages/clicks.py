"""Which answer a browser saw last, and that a job of it was opened: what is learned from, by consent."""

from __future__ import annotations

import re

from fastapi import Response
from sqlalchemy import Connection

from api.credentials.callers import Caller
from api.web.cookies import Cookie, set_cookie, shown_cookie
from api.web.frame import PageFrame
from store.matching.events import note_click
from store.people.accounts import Role
from store.people.consents import ConsentPurpose, agreed_purposes
from store.people.seeker_accounts import seeker_of

SECONDS = 24 * 3600
_SEEN = re.compile(r"([0-9a-f-]{36})")


def remember_answer(frame: PageFrame, response: Response, recommendation_id: str) -> Response:
    """`response`, with which the browser keeps the id of the answer that it shows."""
    set_cookie(response, frame.request, Cookie.ANSWER, recommendation_id, seconds=SECONDS)
    return response


def answer_seen(frame: PageFrame) -> str | None:
    """The id of the answer that the browser showed last; it may be any id."""
    shown = shown_cookie(frame.request, Cookie.ANSWER)
    return shown if _SEEN.fullmatch(shown) else None


def note_opened(frame: PageFrame, caller: Caller, job_id: str) -> None:
    """Note that a job of the last answer was opened, by somebody who agreed that Chamba learns from it."""
    recommendation_id = answer_seen(frame)
    if recommendation_id is None or not caller.has(Role.SEEKER):
        return

    def agrees(connection: Connection) -> bool:
        return ConsentPurpose.TRAINING in agreed_purposes(connection, caller.account_id)

    def note(connection: Connection) -> None:
        if agrees(connection):
            seeker_id, now = seeker_of(connection, caller.account_id), frame.services.now()
            note_click(connection, seeker_id, job_id, recommendation_id, None, now)

    # Who did not agree waits for no other's write.
    if frame.services.read(agrees):
        frame.services.write(note, durable=False)
