"""`/v1/auth`: signing up, codes, logging in and out. Limited by network address, mail address and number."""

from __future__ import annotations

from fastapi import APIRouter, Request

from api.access.hashing_places import HASHING_PROBLEMS, HashingPlace
from api.access.limiting import (
    CODE_BY_ADDRESS,
    REFRESH_BY_ADDRESS,
    address_of,
    require_attempt,
)
from api.access.rules import Anybody
from api.accounts.schemas.accounts import (
    Appeal,
    CodeGiven,
    CodeMailed,
    ConsentTextDocument,
    ConsentTexts,
    LogIn,
    PasswordReset,
    RefreshGiven,
    SignUp,
    Tokens,
)
from api.accounts.schemas.factors import SecondStepNeeded
from api.accounts.service.codes import confirmed, reset_password, sign_up
from api.accounts.service.log_in_names import name_of
from api.accounts.service.password_attempts import password_attempt
from api.accounts.service.resending import limit_codes
from api.accounts.service.sign_in import appeal, log_in, log_out, refreshed
from api.credentials.devices import device_of
from api.http.problems import ProblemKind
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer
from api.services.services import ServicesOfApp
from engine.errors import InvalidInputError
from engine.explain import Locale
from store.people.consents import NEEDED, consent_texts

router = APIRouter(tags=["accounts"], route_class=TypedRoute)

LIMITED = ProblemKind.TOO_MANY_REQUESTS
SECOND_STEP = {202: ("The account has a second factor: show it at /v1/auth/second-step", SecondStepNeeded)}


@router.get("/v1/consent-texts", **operation("What people agree to", answer="The texts"))
def get_consent_texts(_caller: Anybody, locale: Locale = Locale.ES) -> ConsentTexts:
    """To be shown before anybody signs up: what an automatic system does with their data, for each purpose."""
    texts = [
        ConsentTextDocument(
            purpose=text.purpose, version=text.version, text=text.words[locale], is_needed=purpose in NEEDED
        )
        for purpose, text in consent_texts().items()
    ]
    return ConsentTexts(texts=texts)


@router.post(
    "/v1/auth/sign-up",
    **operation(
        "Ask for an account",
        *HASHING_PROBLEMS,
        answer="A code was sent, if address or number can be written to",
        status=202,
    ),
)
def post_sign_up(
    _caller: Anybody, request: Request, body: SignUp, _place: HashingPlace, services: ServicesOfApp
) -> CodeMailed:
    """A code is mailed, or sent to a mobile by SMS; the account is made when it is given at `/v1/auth/confirm`.

    The answer is the same for an address or a number that has an account, which is told so.
    """
    sent = limit_codes(name_of(body), address_of(request), services)
    with sent.taken_back_if(InvalidInputError):
        return sign_up(body, services)


@router.post(
    "/v1/auth/confirm",
    **operation(
        "Give the code that was sent",
        ProblemKind.UNAUTHENTICATED,
        LIMITED,
        answer="A new session's tokens",
        also=SECOND_STEP,
    ),
)
def post_confirm(_caller: Anybody, request: Request, body: CodeGiven, services: ServicesOfApp) -> WrittenAnswer[Tokens]:
    """Opens the account, sets the new password, address or number; five attempts a code."""
    require_attempt(services, (CODE_BY_ADDRESS, address_of(request)))
    return _written(confirmed(body.confirmation_id, body.code, device_of(request), services))


@router.post(
    "/v1/auth/log-in",
    **operation(
        "Log in",
        ProblemKind.UNAUTHENTICATED,
        ProblemKind.FORBIDDEN,
        *HASHING_PROBLEMS,
        answer="A new session's tokens",
        also=SECOND_STEP,
    ),
)
def post_log_in(
    _caller: Anybody, request: Request, body: LogIn, _place: HashingPlace, services: ServicesOfApp
) -> WrittenAnswer[Tokens]:
    """An unknown address and a wrong password are told apart by nothing, not even by time.

    Wrong passwords are limited by account and by address. An app keeps `device_token` and shows it at the next log-in:
    so whoever knows the password is let in while strangers try theirs. An account with a second factor gets a challenge
    for it: give the factor at `/v1/auth/second-step`.
    """
    attempt = password_attempt(body, address_of(request), services)
    return _written(log_in(body, attempt, device_of(request), services))


@router.post(
    "/v1/auth/refresh",
    **operation("Get the next tokens", ProblemKind.UNAUTHENTICATED, LIMITED, answer="A new session's tokens"),
)
def post_refresh(_caller: Anybody, request: Request, body: RefreshGiven, services: ServicesOfApp) -> Tokens:
    """A refresh token is good once, or several times within some seconds, for the same next one.

    One that is used again later was copied: its session ends, and its owner gets a mail.
    """
    require_attempt(services, (REFRESH_BY_ADDRESS, address_of(request)))
    return refreshed(body.refresh_token.get_secret_value(), services)


@router.post("/v1/auth/log-out", **operation("Log out", answer="The session is ended", status=204))
def post_log_out(_caller: Anybody, body: RefreshGiven, services: ServicesOfApp) -> None:
    """Ends the session of a refresh token, with its access tokens."""
    log_out(body.refresh_token.get_secret_value(), services)


@router.post(
    "/v1/auth/password-reset",
    **operation(
        "Forgot the password",
        *HASHING_PROBLEMS,
        answer="A code was sent, if address or number can be written to",
        status=202,
    ),
)
def post_password_reset(
    _caller: Anybody, request: Request, body: PasswordReset, _place: HashingPlace, services: ServicesOfApp
) -> CodeMailed:
    """A code is sent, if there is an account; with it the new password is set and every session ends."""
    sent = limit_codes(name_of(body), address_of(request), services)
    with sent.taken_back_if(InvalidInputError):
        return reset_password(body, services)


@router.post(
    "/v1/auth/appeal",
    **operation(
        "Have a person look at a suspension",
        ProblemKind.UNAUTHENTICATED,
        *HASHING_PROBLEMS,
        answer="Somebody will look at it; log in later to see",
        status=204,
    ),
)
def post_appeal(
    _caller: Anybody, request: Request, body: Appeal, _place: HashingPlace, services: ServicesOfApp
) -> None:
    """With address or number and password, since a suspended account cannot log in."""
    appeal(body, password_attempt(body, address_of(request), services), services)


def _written(answer: Tokens | SecondStepNeeded) -> WrittenAnswer[Tokens]:
    return WrittenAnswer(answer.model_dump_json(), 200 if isinstance(answer, Tokens) else 202)
