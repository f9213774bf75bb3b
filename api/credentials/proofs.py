"""What is answered where a session is not proved well enough: not lately, or not by two factors."""

from __future__ import annotations

from api.http.problems import ProblemError, ProblemKind
from engine.errors import Message

STEP_UP, SECOND_FACTORS = "/v1/me/step-up", "/v1/me/second-factors"
_SECONDS_PER_MINUTE = 60


def step_up_needed(minutes: int) -> ProblemError:
    """The problem of a log-in that is too old for what is asked, as RFC 9470 tells it."""
    detail = Message(
        "this asks for a proof of who you are that is no older than {minutes} minutes: give your code, your passkey "
        "or, without a second factor, your password at {at}, then ask again",
        minutes=minutes,
        at=STEP_UP,
    )
    challenge = f'Bearer error="insufficient_user_authentication", max_age="{minutes * _SECONDS_PER_MINUTE}"'
    return ProblemError(ProblemKind.STEP_UP_NEEDED, detail, {"at": STEP_UP}, {"WWW-Authenticate": challenge})


def second_factor_needed() -> ProblemError:
    """The problem of a session of staff without a second factor."""
    detail = Message(
        "whoever sees or decides what is other people's needs a second factor: add an authenticator app "
        "(POST /v1/me/totp) or a passkey (POST /v1/me/passkeys), or show the one that you have at {at}",
        at=STEP_UP,
    )
    return ProblemError(ProblemKind.SECOND_FACTOR_NEEDED, detail, {"at": SECOND_FACTORS})
