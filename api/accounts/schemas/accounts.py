"""Signing up, logging in, and what an account tells of itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, SecretStr, model_validator
from pydantic_core import PydanticCustomError

from api.schemas.email_addresses import Email
from api.schemas.fields import EXAMPLE_ID, Document, Flag, RowId
from engine.explain import Locale
from store.people.accounts import AccountStatus, Role
from store.people.consents import ConsentPurpose

Password = Annotated[SecretStr, Field(min_length=8, max_length=128)]
GivenPassword = Annotated[SecretStr, Field(max_length=128)]
PersonName = Annotated[str, Field(min_length=1, max_length=200)]
# Which of them exist, `service/phones.py` knows.
Phone = Annotated[str, Field(pattern=r"^\+?[0-9 ().-]{6,24}$", examples=["+51 987 654 321"])]
Code = Annotated[str, Field(pattern=r"^[0-9]{6}$")]
DeviceToken = Annotated[SecretStr, Field(max_length=200, description="that of an earlier log-in on this device")]
RefreshTokenText = Annotated[SecretStr, Field(min_length=1, max_length=200)]


class ConsentStatement(Document):
    """Whether a person agrees to one purpose, by the version of the text that they read."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"purpose": "matching", "text_version": "2026-11", "is_given": True}]}
    )

    purpose: ConsentPurpose
    text_version: Annotated[str, Field(max_length=40)]
    is_given: Flag


class LogInNamed(Document):
    """Whoever it is, by a mail address or by the number of a mobile: one of them. Without + a number is of Peru."""

    email: Email | None = None
    phone: Phone | None = None

    @model_validator(mode="after")
    def _has_one_name(self) -> LogInNamed:
        if (self.email is None) is (self.phone is None):
            raise PydanticCustomError("one_name", "send a mail address or a telephone number, one of them")
        return self


class SignUp(LogInNamed):
    """Somebody who wants an account. A seeker has to agree to `matching`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "email": "rosa@correo.pe",
                    "password": "lluvia en Huaraz",
                    "role": "seeker",
                    "name": "Rosa Quispe",
                    "consents": [
                        {"purpose": "matching", "text_version": "2026-11", "is_given": True},
                        {"purpose": "be_found", "text_version": "2026-11", "is_given": False},
                    ],
                },
                {
                    "phone": "987 654 321",
                    "password": "lluvia en Huaraz",
                    "role": "seeker",
                    "consents": [{"purpose": "matching", "text_version": "2026-11", "is_given": True}],
                },
            ]
        }
    )

    password: Password
    role: Literal[Role.SEEKER, Role.EMPLOYER]
    name: PersonName | None = None
    locale: Locale = Locale.ES
    consents: Annotated[list[ConsentStatement], Field(max_length=len(ConsentPurpose))] = Field(default_factory=list)


class LogIn(LogInNamed):
    """Address or number, and password."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"email": "rosa@correo.pe", "password": "lluvia en Huaraz"}]}
    )

    password: GivenPassword
    device_token: DeviceToken | None = None


class Appeal(LogIn):
    """Somebody whose account is suspended, and why it should not be."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"email": "rosa@correo.pe", "password": "lluvia en Huaraz", "text": "No publiqué nada falso."},
            ]
        }
    )

    text: Annotated[str, Field(min_length=1, max_length=2_000)]


class PasswordReset(LogInNamed):
    """Somebody who forgot their password, with the new one."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"email": "rosa@correo.pe", "new_password": "granizo en Puno"}]}
    )

    new_password: Password


class CodeGiven(Document):
    """The code that was mailed, or sent to a phone."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"confirmation_id": EXAMPLE_ID, "code": "042517"}]})

    confirmation_id: RowId
    code: Code


class CodeMailed(Document):
    """A code is on its way, if address or number can be written to; nobody learns here whether it has an account."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"confirmation_id": EXAMPLE_ID, "message": "Te enviamos un código a tu correo."}]
        }
    )

    confirmation_id: RowId
    message: str


class RefreshGiven(Document):
    """A refresh token."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"refresh_token": "mJ1v…"}]})

    refresh_token: RefreshTokenText


class Tokens(Document):
    """An access token for the next minutes, and the refresh token that gives the next ones, once.

    `device_token` comes with a new session: the app keeps it, logged out too, and shows it at the next log-in.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "access_token": "eyJhbGciOiJIUzI1NiIs…",
                    "token_type": "Bearer",
                    "expires_in": 600,
                    "refresh_token": "mJ1v…",
                    "account_id": EXAMPLE_ID,
                    "device_token": "q3Zk….20787.5e0c…",
                }
            ]
        }
    )

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    refresh_token: str
    account_id: str
    device_token: str | None = None


class AccountDocument(Document):
    """An account as its owner sees it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "account_id": EXAMPLE_ID,
                    "status": "active",
                    "roles": ["seeker"],
                    "email": "rosa@correo.pe",
                    "name": "Rosa Quispe",
                    "phone": "+51987654321",
                    "log_in_phone": None,
                    "locale": "es",
                    "created_at": "2026-11-25T19:00:00+00:00",
                    "has_second_factor": True,
                    "advice": None,
                }
            ]
        }
    )

    account_id: str
    status: AccountStatus
    roles: list[Role]
    email: str | None
    name: str | None
    phone: str | None
    log_in_phone: str | None = Field(description="the confirmed number that one logs in by and gets messages at")
    locale: Locale
    created_at: str
    has_second_factor: bool
    advice: str | None = Field(description="what its owner is advised about how they log in, to be shown to them")


class AccountEdit(Document):
    """What is to be another: what is left out stays, null removes."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "Rosa Quispe Mamani", "phone": "+51 987 654 321"}]}
    )

    name: PersonName | None = None
    phone: Phone | None = None
    locale: Locale | None = None


class PasswordChange(Document):
    """The password, and the one to be."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"password": "lluvia en Huaraz", "new_password": "granizo en Puno"}]}
    )

    password: GivenPassword
    new_password: Password


class EmailChange(Document):
    """The address to be, and the password."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"email": "rosa.quispe@correo.pe", "password": "lluvia en Huaraz"}]}
    )

    email: Email
    password: GivenPassword


class PhoneChange(Document):
    """The number of a mobile to log in by, and the password."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"phone": "987 654 321", "password": "lluvia en Huaraz"}]}
    )

    phone: Phone
    password: GivenPassword


class ConsentTextDocument(Document):
    """What a person reads before they agree; `is_needed`: without it there can be no seeker's account."""

    purpose: ConsentPurpose
    version: str
    text: str
    is_needed: bool


class ConsentTexts(Document):
    """The texts in force, and what is told of automatic recommendations beforehand (DS 115-2025-PCM)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "texts": [
                        {"purpose": "matching", "version": "2026-11", "text": "Chamba usa lo que…", "is_needed": True}
                    ]
                }
            ]
        }
    )

    texts: list[ConsentTextDocument]


class ConsentDocument(ConsentStatement):
    """A statement as it was recorded."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "purpose": "matching",
                    "text_version": "2026-11",
                    "is_given": True,
                    "recorded_at": "2026-11-25T19:00:00+00:00",
                }
            ]
        }
    )

    recorded_at: str


class Consents(Document):
    """What a person agrees to now, and every statement that they made."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "agreed": ["matching"],
                    "history": [
                        {
                            "purpose": "matching",
                            "text_version": "2026-11",
                            "is_given": True,
                            "recorded_at": "2026-11-25T19:00:00+00:00",
                        }
                    ],
                }
            ]
        }
    )

    agreed: list[ConsentPurpose]
    history: list[ConsentDocument]
