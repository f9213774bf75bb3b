"""Second factors: what proves somebody beside their password, and what an account has of that."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, JsonValue, SecretStr, model_validator
from pydantic_core import PydanticCustomError

from api.accounts.schemas.accounts import Code, GivenPassword
from api.schemas.fields import EXAMPLE_ID, WHEN, Document, RowId, examples
from store.people.factors.held import Factor

# Base64 as URLs take it, without padding (WebAuthn level 3, 5.1).
CredentialId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,1364}$")]
Encoded = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,16384}$")]
RecoveryCode = Annotated[SecretStr, Field(min_length=1, max_length=40)]
PasskeyName = Annotated[str, Field(min_length=1, max_length=60, examples=["Mi celular"])]
Extensions = Annotated[dict[str, JsonValue], Field(max_length=20)]
OTPAUTH = (
    "otpauth://totp/Chamba:rosa%40correo.pe?digits=6&secret=JBSWY3DPEHPK3PXP&algorithm=SHA1&issuer=Chamba&period=30"
)
CREDENTIAL: dict[str, JsonValue] = {"id": "Zm9v", "rawId": "Zm9v", "type": "public-key"}
CODES: list[JsonValue] = ["ABCD-EFGH-IJKL-MNOP"]


class _Credential(Document):
    """What every `PublicKeyCredential.toJSON()` has."""

    model_config = ConfigDict(populate_by_name=True)

    id: CredentialId
    raw_id: CredentialId = Field(alias="rawId")
    type: Literal["public-key"]
    authenticator_attachment: Annotated[str, Field(max_length=40)] | None = Field(None, alias="authenticatorAttachment")
    client_extension_results: Extensions = Field(default_factory=dict, alias="clientExtensionResults")

    def as_json(self) -> dict[str, Any]:
        """As it came, but for extensions, which are not asked for."""
        left_out = {"client_extension_results", "authenticator_attachment"}
        return self.model_dump(mode="json", by_alias=True, exclude_none=True, exclude=left_out)


class AssertionResponse(Document):
    """What an authenticator signed."""

    client_data: Encoded = Field(alias="clientDataJSON")
    authenticator_data: Encoded = Field(alias="authenticatorData")
    signature: Encoded
    user_handle: Encoded | None = Field(None, alias="userHandle")


class Assertion(_Credential):
    """What `navigator.credentials.get` gave, by its `toJSON()`."""

    response: AssertionResponse


class AttestationResponse(Document):
    """What an authenticator made; what browsers read out of it for pages is not used."""

    client_data: Encoded = Field(alias="clientDataJSON")
    attestation_object: Encoded = Field(alias="attestationObject")
    authenticator_data: Encoded | None = Field(None, alias="authenticatorData")
    public_key: Encoded | None = Field(None, alias="publicKey")
    public_key_algorithm: int | None = Field(None, alias="publicKeyAlgorithm")
    transports: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=10)] | None = None


class Attestation(_Credential):
    """What `navigator.credentials.create` gave, by its `toJSON()`."""

    response: AttestationResponse


class _ShownFactor(Document):
    """One of these."""

    code: Code | None = None
    recovery_code: RecoveryCode | None = None
    passkey: Assertion | None = None

    @model_validator(mode="after")
    def _is_one(self) -> _ShownFactor:
        shown = [name for name in type(self).model_fields if name not in ("challenge_id",) and getattr(self, name)]
        if len(shown) != 1:
            raise PydanticCustomError(
                "one_proof", "send one proof alone: a code, a recovery code, a passkey or a password"
            )
        return self


class SecondStep(_ShownFactor):
    """The second step of a log-in: a code of the app, a recovery code, or a passkey's answer."""

    model_config = examples({"challenge_id": EXAMPLE_ID, "code": "042517"})

    challenge_id: RowId


class StepUp(_ShownFactor):
    """A new proof: with a second factor, one of it; without, the password. A passkey answers a challenge."""

    model_config = examples({"code": "042517"}, {"password": "lluvia en Huaraz"})

    password: GivenPassword | None = None
    challenge_id: RowId | None = None


class SecondStepNeeded(Document):
    """The password was right, and the account has a second factor: show it at `/v1/auth/second-step`.

    `passkey` goes to `PublicKeyCredential.parseRequestOptionsFromJSON`.
    """

    model_config = examples(
        {"challenge_id": EXAMPLE_ID, "expires_in": 300, "ways": ["totp", "recovery_code"], "passkey": None}
    )

    challenge_id: str
    expires_in: int
    ways: list[Factor]
    passkey: dict[str, JsonValue] | None


class PasskeyChallenge(Document):
    """What a page hands to `navigator.credentials`, after `parse…OptionsFromJSON`; the answer within five minutes."""

    model_config = examples({"challenge_id": EXAMPLE_ID, "expires_in": 300, "options": {"challenge": "Zm9v"}})

    challenge_id: str
    expires_in: int
    options: dict[str, JsonValue]


class PasskeyLogIn(Document):
    """A log-in by a passkey alone, which counts as two factors: the device, and what unlocks it."""

    model_config = examples(
        {
            "challenge_id": EXAMPLE_ID,
            "passkey": {
                **CREDENTIAL,
                "response": {"clientDataJSON": "Zm9v", "authenticatorData": "Zm9v", "signature": "Zm9v"},
            },
        }
    )

    challenge_id: RowId
    passkey: Assertion


class PasskeyToAdd(Document):
    """A passkey that an authenticator made, and what its owner calls it."""

    model_config = examples(
        {
            "challenge_id": EXAMPLE_ID,
            "name": "Mi celular",
            "credential": {**CREDENTIAL, "response": {"clientDataJSON": "Zm9v", "attestationObject": "Zm9v"}},
        }
    )

    challenge_id: RowId
    name: PasskeyName
    credential: Attestation


class TotpSecret(Document):
    """Told this once: the secret to type into an app, and the same as an address or QR code. Confirm it by a code."""

    model_config = examples({"secret": "JBSWY3DPEHPK3PXP", "otpauth_uri": OTPAUTH})

    secret: str
    otpauth_uri: str


class TotpCode(Document):
    """A code that the app shows."""

    model_config = examples({"code": "042517"})

    code: Code


class RecoveryCodesTold(Document):
    """Ten codes, told this once, each good once; empty where those of before still hold."""

    model_config = examples({"recovery_codes": CODES})

    recovery_codes: list[str]


class PasskeyDocument(Document):
    """A passkey as its owner knows it."""

    passkey_id: str
    name: str
    added_at: str
    last_used_at: str | None


class PasskeyAdded(RecoveryCodesTold):
    """The passkey, and recovery codes if there were none."""

    model_config = examples({"passkey_id": EXAMPLE_ID, "recovery_codes": CODES})

    passkey_id: str


class SecondFactors(Document):
    """What an account has beside its password; `advice` is for its owner, in their language."""

    model_config = examples(
        {
            "totp_since": WHEN,
            "passkeys": [{"passkey_id": EXAMPLE_ID, "name": "Mi celular", "added_at": WHEN, "last_used_at": None}],
            "recovery_codes_left": 10,
            "is_needed": False,
            "advice": None,
        }
    )

    totp_since: str | None
    passkeys: list[PasskeyDocument]
    recovery_codes_left: int
    is_needed: bool
    advice: str | None
