"""`/v1/auth/second-step` and `/v1/auth/passkeys`: the second step of a log-in, and the log-in by a passkey alone."""

from __future__ import annotations

from fastapi import APIRouter, Request

from api.access.limiting import CODE_BY_ADDRESS, LOG_IN_BY_ADDRESS, address_of, require_attempt
from api.access.rules import Anybody
from api.accounts.schemas.accounts import Tokens
from api.accounts.schemas.factors import PasskeyChallenge, PasskeyLogIn, SecondStep
from api.accounts.service.second_step import log_in_by_passkey, passkey_challenge, second_step
from api.credentials.devices import device_of
from api.http.problems import ProblemKind
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute
from api.services.services import ServicesOfApp

router = APIRouter(tags=["accounts"], route_class=TypedRoute)

REFUSALS = (ProblemKind.UNAUTHENTICATED, ProblemKind.FORBIDDEN, ProblemKind.TOO_MANY_REQUESTS)
TOKENS = "A new session's tokens"


@router.post("/v1/auth/second-step", **operation("Take the second step of a log-in", *REFUSALS, answer=TOKENS))
def post_second_step(_caller: Anybody, request: Request, body: SecondStep, services: ServicesOfApp) -> Tokens:
    """Five attempts a challenge. A code and a recovery code are good once."""
    return second_step(body, address_of(request), device_of(request), services)


@router.post(
    "/v1/auth/passkeys/challenge",
    **operation("Ask for what a passkey signs", ProblemKind.TOO_MANY_REQUESTS, answer="The challenge"),
)
def post_passkey_challenge(_caller: Anybody, request: Request, services: ServicesOfApp) -> PasskeyChallenge:
    """Nobody is named: the passkey that answers says whose it is."""
    require_attempt(services, (LOG_IN_BY_ADDRESS, address_of(request)))
    return passkey_challenge(services)


@router.post("/v1/auth/passkeys/log-in", **operation("Log in by a passkey", *REFUSALS, answer=TOKENS))
def post_passkey_log_in(_caller: Anybody, request: Request, body: PasskeyLogIn, services: ServicesOfApp) -> Tokens:
    """Without a password: the device verified who holds it. A challenge is good once."""
    require_attempt(services, (CODE_BY_ADDRESS, address_of(request)))
    return log_in_by_passkey(body, device_of(request), services)
