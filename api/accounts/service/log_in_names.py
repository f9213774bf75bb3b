"""What somebody signs up and logs in by: a mail address, or the number of a mobile phone. One form of each."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from api.accounts.schemas.accounts import LogInNamed
from api.accounts.service.phones import PERU, require_mobile, require_phone
from api.configuration.settings import Settings
from engine.explain import Locale
from store.encryption.field_cipher import FieldCipher
from store.identity_keys import email_key
from store.people.accounts import find_account, read_contact
from store.people.phones import find_phone_account, phone_of

COUNTRY_DIGITS = 3  # +51: what stands before a number of Peru


@dataclass(frozen=True, slots=True)
class LogInName:
    """An address in the form of `email_key`, or a number in E.164; the other is None."""

    email: str | None = None
    phone: str | None = None

    @property
    def text(self) -> str:
        """What it is counted and written to by."""
        return self.email or self.phone or ""

    @property
    def own_word(self) -> str:
        """What its owner knows by heart of it, which is no password."""
        return self.email or (self.phone or "")[COUNTRY_DIGITS:]

    @property
    def wanted(self) -> dict[str, str]:
        """As what waits for a code keeps it."""
        return {"phone": self.phone} if self.phone is not None else {"email": self.email or ""}

    def account(self, connection: Connection, cipher: FieldCipher) -> str | None:
        """Whose it is; None for nobody's."""
        if self.phone is not None:
            return find_phone_account(connection, cipher, self.phone)
        return find_account(connection, cipher, self.email or "")


def name_of(body: LogInNamed, locale: Locale = Locale.ES) -> LogInName:
    """The name in a request; a number without + is of Peru. Raises InvalidInputError for what is no number."""
    if body.phone is not None:
        return LogInName(phone=require_phone(body.phone, PERU, locale))
    return LogInName(email=email_key(body.email or ""))


def require_reachable(name: LogInName, settings: Settings, locale: Locale) -> None:
    """Raises InvalidInputError for a number that codes are not sent to, whoever's it is."""
    if name.phone is not None:
        require_mobile(name.phone, settings.countries, locale)


def wanted_name(wanted: dict[str, str]) -> LogInName:
    """The name of `LogInName.wanted`."""
    return LogInName(wanted.get("email"), wanted.get("phone"))


def name_of_account(connection: Connection, cipher: FieldCipher, account_id: str) -> LogInName:
    """The address that an account is shown by on its owner's devices, or its number."""
    email = read_contact(connection, cipher, account_id).email
    return LogInName(email, None if email is not None else phone_of(connection, cipher, account_id))
