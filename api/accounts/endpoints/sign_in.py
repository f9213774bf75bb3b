"""`/v1/auth`: signing up, codes, logging in and out. Limited by address of the caller and by mail address."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.access.hashing_places import HASHING_PROBLEMS, HashingPlace
from api.access.limiting import (
    CODE_BY_ADDRESS,
    LOG_IN_BY_ADDRESS,
    LOG_IN_BY_EMAIL,
    MAIL_BY_ADDRESS,
    MAIL_BY_EMAIL,
    REFRESH_BY_ADDRESS,
    address_of,
    require_attempt,
)
from api.access.rules import Anybody
from api.accounts.schemas.accounts import (
    Appeal,
    CodeGiven,
    CodeMailed,
    ConsentTexts,
    LogIn,
    PasswordReset,
    RefreshGiven,
    SignUp,
    Tokens,
)
from api.accounts.service.sign_in import appeal, confirmed, log_in, log_out, refreshed, reset_password, sign_up
from api.http.problems import ProblemKind
from api.routing.idempotency import json_response
from api.routing.json_bodies import JsonBody, validated
from api.routing.openapi import described
from api.services.services import ServicesOfApp
from engine.explain import Locale
from store.identity_keys import email_key
from store.people.consents import NEEDED, consent_texts

router = APIRouter(tags=["accounts"])

MAILED = {202: ("A code was mailed, if the address can be written to", CodeMailed)}
SESSION = {200: ("A new session's tokens", Tokens)}
LIMITED = ProblemKind.TOO_MANY_REQUESTS


@router.get("/v1/consent-texts", **described("What people agree to", answered={200: ("The texts", ConsentTexts)}))
def get_consent_texts(_caller: Anybody, locale: Locale = Locale.ES) -> Response:
    """To be shown before anybody signs up: what an automatic system does with their data, for each purpose."""
    texts = [
        {"purpose": text.purpose, "version": text.version, "text": text.words[locale], "is_needed": purpose in NEEDED}
        for purpose, text in consent_texts().items()
    ]
    return json_response({"texts": texts})


@router.post("/v1/auth/sign-up", **described("Ask for an account", *HASHING_PROBLEMS, body=SignUp, answered=MAILED))
def post_sign_up(
    _caller: Anybody, request: Request, body: JsonBody, _place: HashingPlace, services: ServicesOfApp
) -> Response:
    """A code is mailed; the account is made when it is given at `/v1/auth/confirm`.

    The answer is the same for an address that has an account, which gets a mail that says so.
    """
    asked = validated(SignUp, body)
    _limit_mails(request, asked.email, services)
    return json_response(sign_up(asked, services), 202)


@router.post(
    "/v1/auth/confirm",
    **described(
        "Give the code that was mailed", ProblemKind.UNAUTHENTICATED, LIMITED, body=CodeGiven, answered=SESSION
    ),
)
def post_confirm(_caller: Anybody, request: Request, body: JsonBody, services: ServicesOfApp) -> Response:
    """Opens the account, sets the new password or the new address; five attempts a code."""
    asked = validated(CodeGiven, body)
    require_attempt(services, (CODE_BY_ADDRESS, address_of(request)))
    return json_response(confirmed(asked.confirmation_id, asked.code, services))


@router.post(
    "/v1/auth/log-in",
    **described(
        "Log in", ProblemKind.UNAUTHENTICATED, ProblemKind.FORBIDDEN, *HASHING_PROBLEMS, body=LogIn, answered=SESSION
    ),
)
def post_log_in(
    _caller: Anybody, request: Request, body: JsonBody, _place: HashingPlace, services: ServicesOfApp
) -> Response:
    """An unknown address and a wrong password are told apart by nothing, not even by time."""
    asked = validated(LogIn, body)
    by_address, by_email = (LOG_IN_BY_ADDRESS, address_of(request)), (LOG_IN_BY_EMAIL, email_key(asked.email))
    require_attempt(services, by_address, by_email)
    return json_response(log_in(asked, services))


@router.post(
    "/v1/auth/refresh",
    **described("Get the next tokens", ProblemKind.UNAUTHENTICATED, LIMITED, body=RefreshGiven, answered=SESSION),
)
def post_refresh(_caller: Anybody, request: Request, body: JsonBody, services: ServicesOfApp) -> Response:
    """A refresh token is good once; one used twice was copied, and ends its session."""
    asked = validated(RefreshGiven, body)
    require_attempt(services, (REFRESH_BY_ADDRESS, address_of(request)))
    return json_response(refreshed(asked.refresh_token.get_secret_value(), services))


@router.post("/v1/auth/log-out", **described("Log out", body=RefreshGiven, done="The session is ended"))
def post_log_out(_caller: Anybody, body: JsonBody, services: ServicesOfApp) -> Response:
    """Ends the session of a refresh token; an access token of it goes on for ten minutes at most."""
    log_out(validated(RefreshGiven, body).refresh_token.get_secret_value(), services)
    return Response(status_code=204)


@router.post(
    "/v1/auth/password-reset",
    **described("Forgot the password", *HASHING_PROBLEMS, body=PasswordReset, answered=MAILED),
)
def post_password_reset(
    _caller: Anybody, request: Request, body: JsonBody, _place: HashingPlace, services: ServicesOfApp
) -> Response:
    """A code is mailed, if there is an account; with it the new password is set and every session ends."""
    asked = validated(PasswordReset, body)
    _limit_mails(request, asked.email, services)
    return json_response(reset_password(asked, services), 202)


@router.post(
    "/v1/auth/appeal",
    **described(
        "Have a person look at a suspension",
        ProblemKind.UNAUTHENTICATED,
        *HASHING_PROBLEMS,
        body=Appeal,
        done="Somebody will look at it; log in later to see",
    ),
)
def post_appeal(
    _caller: Anybody, request: Request, body: JsonBody, _place: HashingPlace, services: ServicesOfApp
) -> Response:
    """With address and password, since a suspended account cannot log in."""
    asked = validated(Appeal, body)
    by_address, by_email = (LOG_IN_BY_ADDRESS, address_of(request)), (LOG_IN_BY_EMAIL, email_key(asked.email))
    require_attempt(services, by_address, by_email)
    appeal(asked, services)
    return Response(status_code=204)


def _limit_mails(request: Request, email: str, services: ServicesOfApp) -> None:
    require_attempt(services, (MAIL_BY_ADDRESS, address_of(request)), (MAIL_BY_EMAIL, email_key(email)))
