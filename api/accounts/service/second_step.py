"""The second step of a log-in, and the log-in by a passkey alone, which is both steps."""

from __future__ import annotations

from sqlalchemy import Connection

from api.access.auditing import audit_of_account
from api.access.rules import unauthenticated
from api.accounts.schemas.accounts import Tokens
from api.accounts.schemas.factors import PasskeyChallenge, PasskeyLogIn, SecondStep
from api.accounts.service.factors import NO_CHALLENGE
from api.accounts.service.proofs import count_guess, proved_factor, proved_passkey, shown_factor
from api.accounts.service.relying_party import relying_party
from api.accounts.service.session_tokens import CHALLENGE_SECONDS, new_tokens
from api.credentials.standing import account_suspended
from api.delivering.credential_notices import tell_owner
from api.services.services import Services
from engine.errors import NotFoundError
from store.audit import AuditAction
from store.people.accounts import AccountStatus, get_account
from store.people.factors.challenges import (
    Challenge,
    ChallengePurpose,
    close_challenge,
    open_challenge,
    read_account,
    take_attempt,
    waiting_challenge,
)
from store.people.factors.held import Factor
from store.people.factors.passkeys import list_passkeys

WRONG = "the proof is wrong or was used, or the challenge has expired or was tried too often; log in again"


def second_step(body: SecondStep, address: str, device: str, services: Services) -> Tokens:
    """The tokens of a new session; raises the 401 problem for a wrong proof, 429 for too many."""
    account_id = services.read(lambda connection: read_account(connection, body.challenge_id))
    guess = count_guess(services, address, account_id, is_typed=body.passkey is None)
    shown = shown_factor(account_id or "", body.code, body.recovery_code, body.passkey, services)

    def work(connection: Connection) -> Tokens | None:
        challenge = take_attempt(connection, body.challenge_id, ChallengePurpose.SECOND_STEP, services.now())
        if challenge is None or challenge.account_id is None:
            return None
        require_active(connection, challenge.account_id)
        factor = proved_factor(connection, challenge.account_id, shown, challenge.random, services)
        if factor is None:
            _note_failure(connection, challenge, challenge.account_id, services)
            return None
        close_challenge(connection, challenge.challenge_id)
        return _logged_in(connection, challenge.account_id, device, factor, services)

    answer = services.write(work)  # a wrong proof counts, so that the transaction must not be undone
    if answer is None:
        raise unauthenticated(WRONG)
    guess.take_back()
    return answer


def second_step_challenge(challenge_id: str, services: Services) -> PasskeyChallenge:
    """What a passkey signs for a second step that waits; raises NotFoundError for one that is over, or without any."""

    def work(connection: Connection) -> PasskeyChallenge:
        challenge = waiting_challenge(connection, challenge_id, ChallengePurpose.SECOND_STEP, services.now())
        account_id = None if challenge is None else challenge.account_id
        passkeys = [] if account_id is None else list_passkeys(connection, services.cipher, account_id)
        if challenge is None or not passkeys:
            raise NotFoundError(NO_CHALLENGE, field="challenge_id")
        options = relying_party(services).request_options(challenge.random, [one.credential_id for one in passkeys])
        return PasskeyChallenge(challenge_id=challenge_id, expires_in=CHALLENGE_SECONDS, options=options)

    return services.read(work)


def passkey_challenge(services: Services) -> PasskeyChallenge:
    """What any passkey of this site may sign; which one, and whose, is told by its answer."""
    purpose = ChallengePurpose.PASSKEY_LOG_IN
    challenge = services.write(lambda connection: open_challenge(connection, purpose, None, services.now()))
    options = relying_party(services).request_options(challenge.random)
    return PasskeyChallenge(challenge_id=challenge.challenge_id, expires_in=CHALLENGE_SECONDS, options=options)


def log_in_by_passkey(body: PasskeyLogIn, device: str, services: Services) -> Tokens:
    """The tokens of a new session; raises the 401 problem for an answer that is not right."""

    def work(connection: Connection) -> Tokens | None:
        challenge = take_attempt(connection, body.challenge_id, ChallengePurpose.PASSKEY_LOG_IN, services.now())
        if challenge is None:
            return None
        passkey = proved_passkey(connection, body.passkey.as_json(), challenge.random, services)
        if passkey is None:
            return None
        require_active(connection, passkey.account_id)
        close_challenge(connection, challenge.challenge_id)
        return _logged_in(connection, passkey.account_id, device, Factor.PASSKEY, services)

    answer = services.write(work)
    if answer is None:
        raise unauthenticated(WRONG)
    return answer


def require_active(connection: Connection, account_id: str) -> None:
    """Raises the 403 problem for a suspended account."""
    if get_account(connection, account_id).status is not AccountStatus.ACTIVE:
        raise account_suspended()


def _logged_in(connection: Connection, account_id: str, device: str, factor: Factor, services: Services) -> Tokens:
    tokens = new_tokens(connection, account_id, device, services, is_two_factor=True)
    audit_of_account(connection, AuditAction.ACCOUNT_LOGGED_IN, account_id, services, factor=factor.value)
    return tokens


def _note_failure(connection: Connection, challenge: Challenge, account_id: str, services: Services) -> None:
    if challenge.attempts_left == 0:
        tell_owner(connection, account_id, "second_step_failed", services)
    audit_of_account(connection, AuditAction.ACCOUNT_LOGIN_FAILED, account_id, services, step="second")
