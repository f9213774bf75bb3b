"""What pages of logging in hand on to the next one: the step that waits, and the session that begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
from fastapi import Response
from pydantic import JsonValue

from api.http.problems import ProblemError
from api.routing.typed_routes import WrittenAnswer
from api.web.cookies import Cookie, drop_cookie, set_cookie, shown_cookie
from api.web.forms import SentForm
from api.web.frame import PageFrame
from api.web.local_paths import local_path
from api.web.page_sessions import begin_session
from api.web.problem_view import is_suspension

STEP_SECONDS = 15 * 60
GOES_ON, LOG_IN = "sigue", "/entrar"
MOST_PASSKEY = 40_000
BY_PHONE, WAYS_BETWEEN = "sms", "+"
NAME, MOST_NAME, FEWEST_DIGITS = "email", 300, 6


@dataclass(frozen=True, slots=True)
class Step:
    """What waits for a code: the id of the step, the page that began it, where its owner goes on.

    `ways`: how a code was sent (`BY_PHONE`, or by mail), or by what the second step of a log-in can be taken.
    """

    step_id: str
    origin: str
    goes_on: str
    ways: tuple[str, ...] = ()

    @property
    def is_by_phone(self) -> bool:
        """Whether a code was sent to a phone."""
        return BY_PHONE in self.ways


def with_step(frame: PageFrame, response: Response, step: Step) -> Response:
    """`response`, and what the next page needs, kept in the browser for as long as a code is good."""
    drop_cookie(response, frame.request, Cookie.STEP)
    value = f"{step.step_id}|{WAYS_BETWEEN.join(step.ways)}|{step.origin}|{step.goes_on}"
    set_cookie(response, frame.request, Cookie.STEP, value, seconds=STEP_SECONDS)
    return response


def step_of(frame: PageFrame) -> Step | None:
    """The step that waits."""
    step_id, ways, origin, goes_on = (shown_cookie(frame.request, Cookie.STEP) + "|||").split("|")[:4]
    if not step_id:
        return None
    return Step(step_id, local_path(origin, LOG_IN), local_path(goes_on), tuple(ways.split(WAYS_BETWEEN)))


def asks_code(frame: PageFrame, step: Step) -> Response:
    """The way to the page that asks for the code that was sent."""
    return with_step(frame, frame.see("/codigo"), step)


def logged_in(
    frame: PageFrame, answer: WrittenAnswer[Any], goes_on: str, said: str = "", said_first: str = ""
) -> Response:
    """The way on for who showed the first factor: logged in, told `said`, or to the second step, told `said_first`."""
    document = orjson.loads(answer.body)
    if "challenge_id" in document:
        waiting = Step(document["challenge_id"], LOG_IN, goes_on, tuple(document["ways"]))
        return with_step(frame, frame.see("/segundo-paso", said=said_first), waiting)
    return begin_session(frame, frame.see(goes_on, said=said), document["access_token"], document["device_token"])


def shown_again(frame: PageFrame, template: str, error: Exception, form: SentForm, **values: Any) -> Response:
    """The form once more with what is wrong; for who is suspended, the one that asks for another look."""
    if isinstance(error, ProblemError) and is_suspension(error):
        return frame.page("accounts/appeal.html", error.kind.status, form=form, is_known=True)
    return frame.again(template, error, form, **values)


def log_in_name(form: SentForm) -> dict[str, str]:
    """The field "mobile or mail address": a number, however it is written, where there are digits and no @."""
    text = form.text(NAME)[:MOST_NAME]
    digits = "".join(character for character in text if character.isdigit() and character.isascii())
    if "@" in text or len(digits) < FEWEST_DIGITS:
        return {"email": text}
    return {"phone": f"+{digits}" if text.startswith("+") else digits}


def shown_factor(form: SentForm) -> dict[str, JsonValue]:
    """What a form shows: a code of six digits, a recovery code, a passkey's answer, or the password."""
    if form.text("passkey"):
        return passkey_of(form)
    code = "".join(form.text("code").split())
    if code.isdigit() and len(code) == 6:
        return {"code": code}
    return {"recovery_code": form.text("code")} if code else dict(form.stated("password"))


def passkey_of(form: SentForm, name: str = "passkey") -> dict[str, JsonValue]:
    """What the script of passkeys put into a form; a text that is none is nothing."""
    try:
        shown = orjson.loads(form.text("passkey")[:MOST_PASSKEY])
    except orjson.JSONDecodeError:
        shown = None
    return {"challenge_id": form.text("challenge_id"), name: shown}
