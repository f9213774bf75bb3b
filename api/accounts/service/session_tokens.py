"""Tokens of new sessions, and the challenge that stands before them where an account has a second factor."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection

from api.accounts.schemas.accounts import Tokens
from api.accounts.schemas.factors import SecondStepNeeded
from api.accounts.service.relying_party import relying_party
from api.credentials.known_devices import device_token
from api.credentials.tokens import AccessToken, expires_in_seconds, signed_token
from api.delivering.credential_notices import tell_owner
from api.services.services import Services
from store.ids import new_id
from store.people.factors.challenges import LIFETIME, ChallengePurpose, open_challenge
from store.people.factors.held import Factor, factors_of
from store.people.factors.passkeys import list_passkeys
from store.people.open_sessions import NewSession, account_sessions, sealed_device
from store.people.sessions import RefreshToken, start_session

CHALLENGE_SECONDS = int(LIFETIME.total_seconds())
MOST_DEVICES = 200


def first_step(connection: Connection, account_id: str, device: str, services: Services) -> Tokens | SecondStepNeeded:
    """The tokens of a new session, or the challenge of an account that has a second factor."""
    ways = factors_of(connection, account_id)
    if not ways:
        return new_tokens(connection, account_id, device, services)
    challenge = open_challenge(connection, ChallengePurpose.SECOND_STEP, account_id, services.now())
    passkeys = list_passkeys(connection, services.cipher, account_id) if Factor.PASSKEY in ways else []
    options = relying_party(services).request_options(challenge.random, [one.credential_id for one in passkeys])
    return SecondStepNeeded(
        challenge_id=challenge.challenge_id,
        expires_in=CHALLENGE_SECONDS,
        ways=ways,
        passkey=options if passkeys else None,
    )


def new_tokens(
    connection: Connection,
    account_id: str,
    device: str,
    services: Services,
    *,
    is_two_factor: bool = False,
    is_first: bool = False,
) -> Tokens:
    """Those of a new session on a device of that name; its owner is told of a device not seen before."""
    seen = account_sessions(connection, services.cipher, account_id, limit=MOST_DEVICES)
    if not is_first and device not in {known for _, known in seen}:
        tell_owner(connection, account_id, "new_log_in", services, device=device)
    session_id = new_id()
    sealed = sealed_device(services.cipher, session_id, device)
    new = NewSession(is_two_factor=is_two_factor, device_sealed=sealed, session_id=session_id)
    idle = timedelta(days=services.settings.session_idle_days)
    now = services.now()
    tokens = token_document(start_session(connection, account_id, now, new, idle), services)
    return tokens.model_copy(update={"device_token": device_token(services.cipher, account_id, now)})


def token_document(token: RefreshToken, services: Services) -> Tokens:
    """The tokens of a session as its owner gets them."""
    named = AccessToken(token.account_id, token.family_id)
    return Tokens(
        access_token=signed_token(services.cipher, named, services.now()),
        token_type="Bearer",  # noqa: S106 (the kind, not a secret)
        expires_in=expires_in_seconds(),
        refresh_token=token.text,
        account_id=token.account_id,
    )
