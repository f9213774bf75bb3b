"""What proves somebody beside their password: `/v1/me/second-factors`, `/v1/me/totp`, `/v1/me/passkeys`, …"""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.access.hashing_places import HASHING_PROBLEMS, HashingPlace
from api.access.limiting import address_of
from api.access.rules import EnrollingCaller, FreshAccountCaller, FreshEnrollingCaller
from api.accounts.schemas.factors import (
    PasskeyAdded,
    PasskeyChallenge,
    PasskeyToAdd,
    RecoveryCodesTold,
    SecondFactors,
    StepUp,
    TotpCode,
    TotpSecret,
)
from api.accounts.service import factors
from api.accounts.service.step_up import step_up, step_up_challenge
from api.http.problems import ProblemKind
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute
from api.schemas.fields import RowIdInPath
from api.services.services import ServicesOfApp

router = APIRouter(tags=["accounts"], route_class=TypedRoute)

NOT_FOUND, CONFLICT, LIMITED = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT, ProblemKind.TOO_MANY_REQUESTS
NOT_KEPT = {"Cache-Control": "no-store"}


@router.get("/v1/me/second-factors", **operation("What one proves oneself by", answer="The second factors"))
def get_second_factors(caller: EnrollingCaller, services: ServicesOfApp) -> SecondFactors:
    """Beside the password; with advice for an account that has none."""
    return services.read(lambda connection: factors.second_factors(connection, caller, services))


@router.post("/v1/me/totp", **operation("Begin to add an authenticator app", CONFLICT, answer="The secret"))
def post_totp(caller: FreshEnrollingCaller, services: ServicesOfApp, response: Response) -> TotpSecret:
    """Nothing changes before a code is given at `/v1/me/totp/confirm`; asked again, there is another secret."""
    response.headers.update(NOT_KEPT)
    return factors.begin_app(caller, services)


@router.post(
    "/v1/me/totp/confirm", **operation("Give the app's first code", LIMITED, answer="Recovery codes, this once")
)
def post_totp_confirm(
    caller: FreshEnrollingCaller, body: TotpCode, services: ServicesOfApp, response: Response
) -> RecoveryCodesTold:
    """From now on a log-in asks for a code. Every other session ends; this one goes on, proved by two factors."""
    response.headers.update(NOT_KEPT)
    return factors.confirm_app(caller, body.code, services)


@router.delete(
    "/v1/me/totp", **operation("Remove the authenticator app", NOT_FOUND, CONFLICT, answer="It is removed", status=204)
)
def delete_totp(caller: FreshAccountCaller, services: ServicesOfApp) -> None:
    """Every other session ends. Administrators keep one factor; with the last one, recovery codes go."""
    factors.remove_app(caller, services)


@router.post(
    "/v1/me/recovery-codes",
    **operation("Make other recovery codes", CONFLICT, answer="Ten codes, this once"),
)
def post_recovery_codes(caller: FreshAccountCaller, services: ServicesOfApp, response: Response) -> RecoveryCodesTold:
    """Those of before are void."""
    response.headers.update(NOT_KEPT)
    return factors.renew_recovery_codes(caller, services)


@router.post(
    "/v1/me/passkeys/challenge",
    **operation("Begin to add a passkey", answer="What the device is asked for"),
)
def post_registration_challenge(caller: FreshEnrollingCaller, services: ServicesOfApp) -> PasskeyChallenge:
    """For `navigator.credentials.create`; the answer goes to `/v1/me/passkeys`."""
    return factors.registration_challenge(caller, services)


@router.post("/v1/me/passkeys", **operation("Add a passkey", NOT_FOUND, CONFLICT, answer="It is added"))
def post_passkey(
    caller: FreshEnrollingCaller, body: PasskeyToAdd, services: ServicesOfApp, response: Response
) -> PasskeyAdded:
    """Ten at most. Every other session ends; this one goes on, proved by two factors."""
    response.headers.update(NOT_KEPT)
    return factors.register_passkey(caller, body, services)


@router.delete(
    "/v1/me/passkeys/{passkey_id}",
    **operation("Remove a passkey", NOT_FOUND, CONFLICT, answer="It is removed", status=204),
)
def delete_passkey(caller: FreshAccountCaller, passkey_id: RowIdInPath, services: ServicesOfApp) -> None:
    """Every other session ends. Administrators keep one factor; with the last one, recovery codes go."""
    factors.drop_passkey(caller, passkey_id, services)


@router.post(
    "/v1/me/step-up/challenge", **operation("Ask for what a passkey signs again", CONFLICT, answer="The challenge")
)
def post_step_up_challenge(caller: EnrollingCaller, services: ServicesOfApp) -> PasskeyChallenge:
    """Of the account's own passkeys; the answer goes to `/v1/me/step-up`."""
    return step_up_challenge(caller, services)


@router.post(
    "/v1/me/step-up",
    **operation(
        "Prove again who one is", NOT_FOUND, CONFLICT, *HASHING_PROBLEMS, answer="The session is proved", status=204
    ),
)
def post_step_up(
    caller: EnrollingCaller, request: Request, body: StepUp, _place: HashingPlace, services: ServicesOfApp
) -> None:
    """For what asks for a fresh proof (`/problems/step-up-needed`); the access token goes on as it is."""
    step_up(caller, body, address_of(request), services)
