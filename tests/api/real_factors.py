"""Real second factors for generated requests to show: an app, recovery codes, passkeys, and challenges for them."""

from __future__ import annotations

import secrets
from base64 import b32encode
from collections.abc import Callable
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from api.accounts.service.relying_party import relying_party
from api.services.services import Services
from store.people.factors.challenges import ChallengePurpose, open_challenge
from store.people.factors.passkeys import NewPasskey, add_passkey, remove_passkeys
from store.people.factors.recovery_codes import RecoveryCodes, recovery_hash, store_recovery_codes
from store.people.factors.totp import begin_totp, totp_code
from tests.api.authenticator import Authenticator
from tests.api.signed_in import add_app

PURPOSES = {
    "/v1/auth/second-step": ChallengePurpose.SECOND_STEP,
    "/v1/auth/passkeys/log-in": ChallengePurpose.PASSKEY_LOG_IN,
    "/v1/me/passkeys": ChallengePurpose.PASSKEY_REGISTRATION,
    "/v1/me/step-up": ChallengePurpose.STEP_UP,
}


class RealFactors:
    """Those of one account; `new_account` makes others."""

    def __init__(self, services: Services, account_id: str, new_account: Callable[[], str]) -> None:
        self._services, self._account_id, self._new_account = services, account_id, new_account
        self._random, self._begun = secrets.token_urlsafe(32), ""

    @property
    def newcomer(self) -> str:
        """An account that has no second factor, a new one each time."""
        return self._new_account()

    @property
    def beginner(self) -> str:
        """An account that has begun to add an app, a new one each time; `first_code` is that app's from then on."""
        account_id, cipher, now = self._new_account(), self._services.cipher, self._services.now()
        self._begun = self._services.write(lambda each: begin_totp(each, cipher, account_id, now))
        return account_id

    @property
    def first_code(self) -> str:
        """What the beginner's app shows; there is one."""
        if not self._begun:
            _ = self.beginner
        return totp_code(self._begun, self._services.now())

    @property
    def guarded(self) -> str:
        """An account with an app, a new one each time."""
        account_id = self._new_account()
        add_app(self._services, account_id)
        return account_id

    @property
    def keyholder(self) -> str:
        """The account, with a passkey."""
        _ = self._phone
        return self._account_id

    @property
    def code(self) -> str:
        """What the account's app shows now."""
        return totp_code(self._secret, self._services.now())

    @property
    def recovery_code(self) -> str:
        """A recovery code of the account, a new one each time."""
        text, salt = b32encode(secrets.token_bytes(10)).decode(), secrets.token_hex(16)
        codes, now = RecoveryCodes([text], salt, [recovery_hash(text, salt)]), self._services.now()
        self._services.write(lambda each: store_recovery_codes(each, self._account_id, codes, now))
        return text

    def challenge_id(self, path: str) -> str:
        """A challenge of the account that the operation of an address takes, a new one each time."""
        purpose, now = PURPOSES.get(path, ChallengePurpose.SECOND_STEP), self._services.now()
        account_id = None if purpose is ChallengePurpose.PASSKEY_LOG_IN else self._account_id
        _ = self._secret
        challenge = self._services.write(lambda each: open_challenge(each, purpose, account_id, now))
        self._random = challenge.random
        return challenge.challenge_id

    @property
    def passkey(self) -> dict[str, Any]:
        """What the account's phone signs of the newest challenge."""
        return self._phone.get({"challenge": self._random})

    @property
    def credential(self) -> dict[str, Any]:
        """What another phone makes for the newest challenge; the account's other passkeys go."""
        self._services.write(lambda each: remove_passkeys(each, self._account_id))
        self.__dict__.pop("_phone", None)
        return Authenticator().create({"challenge": self._random, "user": {"id": "Zm9v"}})

    @property
    def passkey_id(self) -> str:
        """A passkey of the account, a new one each time."""
        self.__dict__.pop("_phone", None)
        return self._add(Authenticator())

    @cached_property
    def _secret(self) -> str:
        return add_app(self._services, self._account_id)

    @cached_property
    def _phone(self) -> Authenticator:
        device = Authenticator()
        self._add(device)
        return device

    def _add(self, device: Authenticator) -> str:
        services, random = self._services, secrets.token_urlsafe(32)
        options = relying_party(services).creation_options(random, self._account_id, "rosa@correo.pe", [])
        made = relying_party(services).registered(random, device.create(options))
        new = NewPasskey(made.credential_id, made.public_key, made.signature_count, "Celular de Rosa")

        def work(connection: Connection) -> str:
            remove_passkeys(connection, self._account_id)
            return add_passkey(connection, services.cipher, self._account_id, new, services.now())

        return services.write(work)
