"""Mail addresses as they are told, in the form that they are kept in."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from engine.documents.faults import refused
from engine.errors import InvalidInputError
from store.identity_keys import email_key

LONGEST_EMAIL = 254
ENCODED_WORD = "=?"  # begins letters in disguise (RFC 2047), which headers and mail servers may read as another address


def require_email(text: str) -> str:
    """The address in the form that it is kept in; raises InvalidInputError, without the text, for what is none."""
    from email_validator import EmailNotValidError, validate_email

    try:
        address = email_key(validate_email(text.strip(), check_deliverability=False).normalized)
    except EmailNotValidError:
        raise _no_address() from None
    if ENCODED_WORD in address:
        raise _no_address()
    return address


def _no_address() -> InvalidInputError:
    return InvalidInputError("not a mail address", expected="one such as rosa@correo.pe", field="email")


def _email(text: str) -> str:
    try:
        return require_email(text)
    except InvalidInputError as error:
        raise refused(error.message, error.expected) from None


Email = Annotated[str, Field(max_length=LONGEST_EMAIL, json_schema_extra={"format": "email"}), AfterValidator(_email)]
