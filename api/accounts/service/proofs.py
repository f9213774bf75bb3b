"""Whether somebody shows a second factor of an account: in the second step of a log-in, and to prove it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Connection

from api.access.auditing import audit_of_account
from api.access.limiting import CODE_BY_ADDRESS, FACTOR_BY_ACCOUNT, FACTOR_BY_DAY, Attempt, require_attempt
from api.accounts.schemas.factors import Assertion
from api.accounts.service.relying_party import relying_party
from api.credentials.passkeys import is_copied
from api.delivering.credential_notices import tell_owner
from api.services.services import Services
from engine.errors import InvalidInputError
from store.audit import AuditAction
from store.people.factors.held import Factor
from store.people.factors.passkeys import Passkey, find_passkey, note_use
from store.people.factors.recovery_codes import recovery_codes_left, recovery_hash, recovery_salt, use_recovery_code
from store.people.factors.totp import use_totp


@dataclass(frozen=True, slots=True)
class ShownFactor:
    """One of them; a recovery code by its hash, which takes too long for a transaction."""

    code: str | None = None
    recovery_hash: str | None = None
    passkey: dict[str, Any] | None = None


def shown_factor(
    account_id: str,
    code: str | None,
    recovery_code: SecretStr | None,
    passkey: Assertion | None,
    services: Services,
) -> ShownFactor:
    """What is shown, ready to be checked in a transaction."""
    hashed = None
    if recovery_code is not None:
        salt = services.read(lambda connection: recovery_salt(connection, account_id))
        hashed = recovery_hash(recovery_code.get_secret_value(), salt) if salt else ""
    return ShownFactor(code, hashed, None if passkey is None else passkey.as_json())


def count_guess(services: Services, address: str, account_id: str | None, *, is_typed: bool) -> Attempt:
    """Count an attempt by address and, of what is typed and can be guessed, by account; raises the 429 problem."""
    counted = [(CODE_BY_ADDRESS, address)]
    if account_id is not None and is_typed:
        counted += [(FACTOR_BY_ACCOUNT, account_id), (FACTOR_BY_DAY, account_id)]
    return require_attempt(services, *counted)


def proved_factor(
    connection: Connection, account_id: str, shown: ShownFactor, random: str | None, services: Services
) -> Factor | None:
    """Which factor of the account is shown, taken by this; `random`: the challenge that a passkey signs. None: none."""
    now, cipher = services.now(), services.cipher
    if shown.code is not None:
        return Factor.TOTP if use_totp(connection, cipher, account_id, shown.code, now) else None
    if shown.recovery_hash is not None:
        if not use_recovery_code(connection, account_id, shown.recovery_hash, now):
            return None
        left = recovery_codes_left(connection, account_id)
        tell_owner(connection, account_id, "recovery_code_used", services, left=left)
        return Factor.RECOVERY_CODE
    if shown.passkey is None or random is None:
        return None
    passkey = proved_passkey(connection, shown.passkey, random, services)
    return Factor.PASSKEY if passkey is not None and passkey.account_id == account_id else None


def proved_passkey(
    connection: Connection, credential: dict[str, Any], random: str, services: Services
) -> Passkey | None:
    """The passkey that signed a challenge, of whomever; None for none of ours, and for one that seems copied."""
    passkey = find_passkey(connection, services.cipher, credential["id"])
    if passkey is None:
        return None
    try:
        asserted = relying_party(services).asserted(random, credential, passkey)
    except InvalidInputError:
        return None
    if asserted.user_handle not in (None, passkey.account_id.encode()):
        return None
    if is_copied(passkey, asserted.signature_count):
        detail = {"passkey_id": passkey.passkey_id}
        audit_of_account(connection, AuditAction.ACCOUNT_PASSKEY_COPIED, passkey.account_id, services, **detail)
        return None
    note_use(connection, passkey.passkey_id, asserted.signature_count, services.now())
    return passkey
