"""Adding and removing second factors: each change ends the account's other sessions, and its owner gets a mail."""

from __future__ import annotations

from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.limiting import FACTOR_BY_ACCOUNT, require_attempt
from api.access.rules import unauthenticated
from api.accounts.schemas.factors import (
    PasskeyAdded,
    PasskeyChallenge,
    PasskeyDocument,
    PasskeyToAdd,
    RecoveryCodesTold,
    SecondFactors,
    TotpSecret,
)
from api.accounts.service.log_in_names import name_of_account
from api.accounts.service.relying_party import relying_party
from api.accounts.service.session_tokens import CHALLENGE_SECONDS
from api.credentials.callers import Caller
from api.credentials.sessions import end_all_sessions
from api.delivering.credential_notices import tell_owner
from api.services.services import Services
from engine.errors import ConflictError, NotFoundError
from engine.explain import Locale
from store.audit import AuditAction
from store.people.accounts import Role
from store.people.factors.challenges import ChallengePurpose, close_challenge, open_challenge, take_attempt
from store.people.factors.held import factors_of
from store.people.factors.passkeys import NewPasskey, add_passkey, list_passkeys, remove_passkey
from store.people.factors.recovery_codes import (
    RecoveryCodes,
    new_recovery_codes,
    recovery_codes_left,
    remove_recovery_codes,
    store_recovery_codes,
)
from store.people.factors.totp import begin_totp, confirm_totp, otpauth_uri, remove_totp, totp_confirmed_at
from store.people.open_sessions import prove_session

NO_CHALLENGE = "no such challenge, or it has expired or was used; ask for another"
_ADVICE = {
    Locale.ES: {
        Role.ADMINISTRATOR: "Como administras Chamba, necesitas una aplicación de códigos o una llave de acceso.",
        Role.EMPLOYER: "Agrega una aplicación de códigos o una llave de acceso: quien entre a tu cuenta vería "
        "los datos de las personas que postulan a tus trabajos.",
        Role.OFFICER: "Como decides sobre las personas de tus programas, necesitas una aplicación de códigos o una "
        "llave de acceso.",
        Role.DEVELOPER: "Como manejas las claves de una aplicación aliada, necesitas una aplicación de códigos o una "
        "llave de acceso.",
        Role.ANALYST: "Como ves datos de muchas personas, necesitas una aplicación de códigos o una llave de acceso.",
        Role.SEEKER: "Con una aplicación de códigos o una llave de acceso nadie entra a tu cuenta solo con tu "
        "contraseña.",
    },
    Locale.EN: {
        Role.ADMINISTRATOR: "Since you administer Chamba, you need an authenticator app or a passkey.",
        Role.EMPLOYER: "Add an authenticator app or a passkey: whoever gets into your account would see what "
        "people tell who apply for your jobs.",
        Role.OFFICER: "Since you decide about the people of your programmes, you need an authenticator app or a "
        "passkey.",
        Role.DEVELOPER: "Since you look after the keys of a partner's app, you need an authenticator app or a passkey.",
        Role.ANALYST: "Since you see data of many people, you need an authenticator app or a passkey.",
        Role.SEEKER: "With an authenticator app or a passkey nobody gets into your account by your password alone.",
    },
}


def second_factors(connection: Connection, caller: Caller, services: Services) -> SecondFactors:
    """What the caller's account has."""
    since = totp_confirmed_at(connection, caller.account_id)
    passkeys = list_passkeys(connection, services.cipher, caller.account_id)
    return SecondFactors(
        totp_since=None if since is None else since.isoformat(),
        passkeys=[
            PasskeyDocument(
                passkey_id=one.passkey_id,
                name=one.name,
                added_at=one.added_at.isoformat(),
                last_used_at=None if one.last_used_at is None else one.last_used_at.isoformat(),
            )
            for one in passkeys
        ],
        recovery_codes_left=recovery_codes_left(connection, caller.account_id),
        is_needed=caller.needs_two_factors,
        advice=None if since is not None or passkeys else advice_of(caller),
    )


def begin_app(caller: Caller, services: Services) -> TotpSecret:
    """The secret of an app to be; raises ConflictError where there is one."""

    def work(connection: Connection) -> TotpSecret:
        secret = begin_totp(connection, services.cipher, caller.account_id, services.now())
        name = name_of_account(connection, services.cipher, caller.account_id).text
        return TotpSecret(secret=secret, otpauth_uri=otpauth_uri(secret, name))

    return services.write(work)


def app_uri(caller: Caller, secret: str, services: Services) -> str:
    """The address by which an app takes in a secret that the caller was told."""
    name = services.read(lambda connection: name_of_account(connection, services.cipher, caller.account_id))
    return otpauth_uri(secret, name.text)


def confirm_app(caller: Caller, code: str, services: Services) -> RecoveryCodesTold:
    """Have the app be a factor; raises the 401 problem for a wrong code."""
    attempt = require_attempt(services, (FACTOR_BY_ACCOUNT, caller.account_id))
    spare = _spare_codes(caller, services)

    def work(connection: Connection) -> RecoveryCodesTold | None:
        if not confirm_totp(connection, services.cipher, caller.account_id, code, services.now()):
            return None
        told = _first_recovery_codes(connection, caller, spare, services)
        _changed(connection, caller, services, is_added=True)
        tell_owner(connection, caller.account_id, "totp_added", services)
        audit(connection, caller, AuditAction.ACCOUNT_TOTP_ADDED, caller.name, services)
        return RecoveryCodesTold(recovery_codes=told)

    answer = services.write(work)
    if answer is None:
        raise unauthenticated("the code is wrong; see that the clocks of both devices are right, and try the next one")
    attempt.take_back()
    return answer


def remove_app(caller: Caller, services: Services) -> None:
    """Raises NotFoundError without one, and ConflictError for the last factor of staff."""

    def work(connection: Connection) -> None:
        if not remove_totp(connection, caller.account_id):
            raise NotFoundError("the account has no authenticator app")
        _after_removal(connection, caller, services)
        tell_owner(connection, caller.account_id, "totp_removed", services)
        audit(connection, caller, AuditAction.ACCOUNT_TOTP_REMOVED, caller.name, services)

    services.write(work)


def renew_recovery_codes(caller: Caller, services: Services) -> RecoveryCodesTold:
    """Ten others; raises ConflictError for an account without a factor that they would stand in for."""
    codes = new_recovery_codes()

    def work(connection: Connection) -> RecoveryCodesTold:
        if not factors_of(connection, caller.account_id):
            raise ConflictError("recovery codes stand in for a second factor", fix="add an app or a passkey first")
        store_recovery_codes(connection, caller.account_id, codes, services.now())
        tell_owner(connection, caller.account_id, "recovery_codes_made", services)
        audit(connection, caller, AuditAction.ACCOUNT_RECOVERY_CODES_MADE, caller.name, services)
        return RecoveryCodesTold(recovery_codes=list(codes.texts))

    return services.write(work)


def registration_challenge(caller: Caller, services: Services) -> PasskeyChallenge:
    """What a new passkey is asked for."""

    def work(connection: Connection) -> PasskeyChallenge:
        purpose = ChallengePurpose.PASSKEY_REGISTRATION
        challenge = open_challenge(connection, purpose, caller.account_id, services.now())
        name = name_of_account(connection, services.cipher, caller.account_id).text
        known = [one.credential_id for one in list_passkeys(connection, services.cipher, caller.account_id)]
        options = relying_party(services).creation_options(challenge.random, caller.account_id, name, known)
        return PasskeyChallenge(challenge_id=challenge.challenge_id, expires_in=CHALLENGE_SECONDS, options=options)

    return services.write(work)


def register_passkey(caller: Caller, body: PasskeyToAdd, services: Services) -> PasskeyAdded:
    """Raises NotFoundError for a challenge that is over, InvalidInputError for an answer that is not right."""
    now, spare = services.now(), _spare_codes(caller, services)

    def work(connection: Connection) -> PasskeyAdded:
        purpose = ChallengePurpose.PASSKEY_REGISTRATION
        challenge = take_attempt(connection, body.challenge_id, purpose, now, caller.account_id)
        if challenge is None:
            raise NotFoundError(NO_CHALLENGE, field="challenge_id")
        made = relying_party(services).registered(challenge.random, body.credential.as_json())
        new = NewPasskey(made.credential_id, made.public_key, made.signature_count, body.name)
        passkey_id = add_passkey(connection, services.cipher, caller.account_id, new, now)
        close_challenge(connection, challenge.challenge_id)
        told = _first_recovery_codes(connection, caller, spare, services)
        _changed(connection, caller, services, is_added=True)
        tell_owner(connection, caller.account_id, "passkey_added", services, name=body.name)
        detail = {"passkey_id": passkey_id}
        audit(connection, caller, AuditAction.ACCOUNT_PASSKEY_ADDED, caller.name, services, detail)
        return PasskeyAdded(passkey_id=passkey_id, recovery_codes=told)

    return services.write(work)


def drop_passkey(caller: Caller, passkey_id: str, services: Services) -> None:
    """Raises NotFoundError for none of the caller's, and ConflictError for the last factor of staff."""

    def work(connection: Connection) -> None:
        known = list_passkeys(connection, services.cipher, caller.account_id)
        name = next((one.name for one in known if one.passkey_id == passkey_id), None)
        if name is None:
            raise NotFoundError("no such passkey", field="passkey_id")
        remove_passkey(connection, caller.account_id, passkey_id)
        _after_removal(connection, caller, services)
        tell_owner(connection, caller.account_id, "passkey_removed", services, name=name)
        detail = {"passkey_id": passkey_id}
        audit(connection, caller, AuditAction.ACCOUNT_PASSKEY_REMOVED, caller.name, services, detail)

    services.write(work)


def _spare_codes(caller: Caller, services: Services) -> RecoveryCodes | None:
    """Codes for an account that has none left, which take too long to make in a transaction."""
    left = services.read(lambda connection: recovery_codes_left(connection, caller.account_id))
    return None if left else new_recovery_codes()


def _first_recovery_codes(
    connection: Connection, caller: Caller, spare: RecoveryCodes | None, services: Services
) -> list[str]:
    """Those codes for an account that has none left; nothing where some still hold."""
    if spare is None or recovery_codes_left(connection, caller.account_id):
        return []
    store_recovery_codes(connection, caller.account_id, spare, services.now())
    return list(spare.texts)


def _after_removal(connection: Connection, caller: Caller, services: Services) -> None:
    if not factors_of(connection, caller.account_id):
        if caller.needs_two_factors:
            raise ConflictError("your role keeps a second factor", fix="add another one first")
        remove_recovery_codes(connection, caller.account_id)
    _changed(connection, caller, services, is_added=False)


def _changed(connection: Connection, caller: Caller, services: Services, *, is_added: bool) -> None:
    """End the other sessions; the one that showed a new factor is proved by it."""
    end_all_sessions(connection, caller.account_id, services.now(), but=caller.session_id)
    if is_added:
        prove_session(connection, caller.session_id, services.now(), is_two_factor=True)


def advice_of(caller: Caller) -> str | None:
    """What somebody without a second factor is advised, by what they are."""
    texts = _ADVICE[caller.locale]
    return next((text for role, text in texts.items() if caller.has(role)), None)
