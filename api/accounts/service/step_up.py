"""Proving again who one is, in a session that runs: by a second factor where there is one, else by the password."""

from __future__ import annotations

from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.limiting import PASSWORD_BY_ACCOUNT, require_attempt
from api.access.rules import unauthenticated
from api.accounts.schemas.factors import PasskeyChallenge, StepUp
from api.accounts.service.factors import NO_CHALLENGE
from api.accounts.service.proofs import ShownFactor, count_guess, proved_factor, shown_factor
from api.accounts.service.relying_party import relying_party
from api.accounts.service.session_tokens import CHALLENGE_SECONDS
from api.credentials.callers import Caller
from api.services.services import Services
from engine.errors import ConflictError, NotFoundError
from store.audit import AuditAction
from store.people.accounts import password_hash
from store.people.factors.challenges import ChallengePurpose, close_challenge, open_challenge, take_attempt
from store.people.factors.held import factors_of
from store.people.factors.passkeys import list_passkeys
from store.people.open_sessions import prove_session


def step_up(caller: Caller, body: StepUp, address: str, services: Services) -> None:
    """Note that the session is proved now; raises the 401 problem for a wrong proof, 429 for too many.

    Raises NotFoundError for a passkey's challenge that is over, and ConflictError for the password of an account that
    has a second factor.
    """
    if body.password is not None:
        _by_password(caller, body.password.get_secret_value(), services)
        return
    guess = count_guess(services, address, caller.account_id, is_typed=body.passkey is None)
    shown = shown_factor(caller.account_id, body.code, body.recovery_code, body.passkey, services)

    def work(connection: Connection) -> bool:
        random = _taken_random(connection, caller, body.challenge_id, services)
        return _is_proved(connection, caller, shown, random, services)

    if not services.write(work):  # what was tried counts, so that the transaction must not be undone
        raise unauthenticated("the proof is wrong or was used, or the challenge has expired")
    guess.take_back()


def step_up_challenge(caller: Caller, services: Services) -> PasskeyChallenge:
    """What one of the account's passkeys may sign; raises ConflictError for an account without one."""

    def work(connection: Connection) -> PasskeyChallenge:
        known = [one.credential_id for one in list_passkeys(connection, services.cipher, caller.account_id)]
        if not known:
            raise ConflictError("the account has no passkey", fix="give a code or the password at /v1/me/step-up")
        challenge = open_challenge(connection, ChallengePurpose.STEP_UP, caller.account_id, services.now())
        options = relying_party(services).request_options(challenge.random, known)
        return PasskeyChallenge(challenge_id=challenge.challenge_id, expires_in=CHALLENGE_SECONDS, options=options)

    return services.write(work)


def _by_password(caller: Caller, password: str, services: Services) -> None:
    attempt = require_attempt(services, (PASSWORD_BY_ACCOUNT, caller.account_id))

    def known(connection: Connection) -> tuple[str, bool]:
        return password_hash(connection, caller.account_id), bool(factors_of(connection, caller.account_id))

    hashed, has_factor = services.read(known)
    if has_factor:
        raise ConflictError("the account has a second factor", fix="give its code, or a passkey's answer")
    if not services.passwords.is_right(hashed, password):
        raise unauthenticated("the password is wrong")
    attempt.take_back()

    def work(connection: Connection) -> None:
        prove_session(connection, caller.session_id, services.now(), is_two_factor=False)
        audit(connection, caller, AuditAction.ACCOUNT_PROVED, caller.name, services, {"by": "password"})

    services.write(work)


def _taken_random(connection: Connection, caller: Caller, challenge_id: str | None, services: Services) -> str | None:
    """What a passkey had to sign for this account, once; raises NotFoundError for a challenge that is over."""
    if challenge_id is None:
        return None
    challenge = take_attempt(
        connection, challenge_id, ChallengePurpose.STEP_UP, services.now(), account_id=caller.account_id
    )
    if challenge is None:
        raise NotFoundError(NO_CHALLENGE, field="challenge_id")
    close_challenge(connection, challenge_id)
    return challenge.random


def _is_proved(
    connection: Connection, caller: Caller, shown: ShownFactor, random: str | None, services: Services
) -> bool:
    factor = proved_factor(connection, caller.account_id, shown, random, services)
    if factor is None:
        detail = {"step": "again"}
        audit(connection, caller, AuditAction.ACCOUNT_LOGIN_FAILED, caller.name, services, detail)
        return False
    prove_session(connection, caller.session_id, services.now(), is_two_factor=True)
    audit(connection, caller, AuditAction.ACCOUNT_PROVED, caller.name, services, {"by": factor.value})
    return True
