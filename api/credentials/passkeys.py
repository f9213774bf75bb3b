"""WebAuthn (level 3) with python-fido2: what an authenticator is asked to make or sign, and whether it did.

Attestation is not asked for: which make of device somebody has is no reason to keep them out. Who the user is has to
be verified by the device each time, so that a passkey is two factors: the device, and what unlocks it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from cryptography.exceptions import InvalidSignature
from fido2 import cbor
from fido2.cose import ES256, RS256, CoseKey, EdDSA
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialParameters,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from engine.errors import InvalidInputError
from store.people.factors.passkeys import Passkey

NAME = "Chamba"
ALGORITHMS = (ES256.ALGORITHM, EdDSA.ALGORITHM, RS256.ALGORITHM)
LONGEST_PUBLIC_KEY = 1_024  # bytes: that of RSA with 4,096 bits has 600
TIMEOUT_MS = 300_000
_REQUIRED = UserVerificationRequirement.REQUIRED
_NO_AAGUID = bytes(16)

Options = dict[str, Any]
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Registered:
    """What an authenticator made."""

    credential_id: str
    public_key: bytes
    signature_count: int


@dataclass(frozen=True, slots=True)
class Asserted:
    """What an authenticator signed: how often it says that it has, and whom it signed for, if it says so."""

    signature_count: int
    user_handle: bytes | None


class RelyingParty:
    """Chamba as authenticators know it: its domain, and the origins of the pages that may ask in its name."""

    def __init__(self, domain: str, origins: Collection[str]) -> None:
        entity = PublicKeyCredentialRpEntity(name=NAME, id=domain)
        self._server = Fido2Server(entity, verify_origin=lambda origin: origin in origins)
        self._server.timeout = TIMEOUT_MS  # type: ignore[assignment]
        self._server.allowed_algorithms = [
            PublicKeyCredentialParameters(type=PublicKeyCredentialType.PUBLIC_KEY, alg=alg) for alg in ALGORITHMS
        ]

    def creation_options(self, random: str, account_id: str, email: str, known: Collection[str]) -> Options:
        """What a page hands to `navigator.credentials.create`; no second passkey on a device that has one."""
        options, _ = self._server.register_begin(
            PublicKeyCredentialUserEntity(id=account_id.encode(), name=email, display_name=email),
            _descriptors(known),
            resident_key_requirement=ResidentKeyRequirement.REQUIRED,
            user_verification=_REQUIRED,
            challenge=websafe_decode(random),
        )
        return _plain_options(options.public_key)

    def request_options(self, random: str, known: Collection[str] = ()) -> Options:
        """What a page hands to `navigator.credentials.get`; without `known`, any passkey of this domain."""
        options, _ = self._server.authenticate_begin(
            _descriptors(known) or None, user_verification=_REQUIRED, challenge=websafe_decode(random)
        )
        return _plain_options(options.public_key)

    def registered(self, random: str, credential: Options) -> Registered:
        """The passkey that answers a challenge; raises InvalidInputError for one that does not."""

        def register() -> Registered:
            response = RegistrationResponse.from_dict(credential)
            _require_own_page(response.response.client_data.cross_origin)
            data = self._server.register_complete(_state(random), response)
            _require_consistent(data)
            made = data.credential_data
            public_key = b"" if made is None else cbor.encode(made.public_key)
            if made is None or made.public_key.get(3) not in ALGORITHMS or len(public_key) > LONGEST_PUBLIC_KEY:
                raise ValueError("a key of a kind that was not asked for")
            _require_verifies(made.public_key)
            return Registered(websafe_encode(made.credential_id), public_key, data.counter)

        return _checked(register)

    def asserted(self, random: str, credential: Options, passkey: Passkey) -> Asserted:
        """What a passkey signed over a challenge; raises InvalidInputError if it did not."""

        def check() -> Asserted:
            response = AuthenticationResponse.from_dict(credential)
            _require_own_page(response.response.client_data.cross_origin)
            key = CoseKey.parse(cbor.decode(passkey.public_key))  # type: ignore[arg-type]
            known = AttestedCredentialData.create(_NO_AAGUID, websafe_decode(passkey.credential_id), key)
            self._server.authenticate_complete(_state(random), [known], response)
            _require_consistent(response.response.authenticator_data)
            return Asserted(response.response.authenticator_data.counter, response.response.user_handle)

        return _checked(check)


def is_copied(passkey: Passkey, signature_count: int) -> bool:
    """Whether two devices sign as one: a counter that counts has not grown."""
    counts = signature_count > 0 or passkey.signature_count > 0
    return counts and signature_count <= passkey.signature_count


def _checked(work: Callable[[], Result]) -> Result:
    try:
        return work()
    except Exception:  # whatever the library makes of bytes that anybody may send: it checks, and does not name errors
        raise InvalidInputError(
            "the passkey's answer is not right",
            expected="what navigator.credentials gave for this challenge, on a page of this site",
            fix="ask for another challenge and try again",
            field="passkey",
        ) from None


def _require_own_page(cross_origin: bool) -> None:
    if cross_origin:
        raise ValueError("asked for within a page of somebody else")


def _require_consistent(data: AuthenticatorData) -> None:
    if data.is_backed_up() and not data.is_backup_eligible():
        raise ValueError("a copy of what cannot be copied")


def _require_verifies(key: CoseKey) -> None:
    """Raises for a key that could never verify anything: found at registration, not at the first log-in."""
    with suppress(InvalidSignature):
        key.verify(b"", b"")


def _state(random: str) -> dict[str, Any]:
    return {"challenge": random, "user_verification": _REQUIRED}


def _descriptors(credential_ids: Collection[str]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=websafe_decode(one))
        for one in credential_ids
    ]


def _plain_options(options: Mapping[str, Any]) -> Options:
    return {name: _plain(inner) for name, inner in options.items()}


def _plain(value: Any) -> Any:
    """Options as JSON has them."""
    if isinstance(value, Mapping):
        return _plain_options(value)
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, str) else value
