"""A person's telephone number as it is stored: E.164, `+51987654321`. What was stored before is shown as it is.

Without + and a country's code a number is of the country where the person lives.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from engine.errors import InvalidInputError, NotFoundError
from engine.explain import Locale
from store.matching.row_reads import read_seeker
from store.people.seeker_accounts import seeker_of

PERU = "PE"
_NO_MOBILE = {
    Locale.ES: {
        "message": "a ese número no enviamos mensajes de texto",
        "expected": "un celular de {countries}, como 987 654 321",
    },
    Locale.EN: {
        "message": "that is no number that text messages are sent to",
        "expected": "a mobile of {countries}, such as 987 654 321",
    },
}
_TEXTS = {
    Locale.ES: {
        "message": "no es un número de teléfono que exista en {country}",
        "expected": "un celular o un fijo con su código de ciudad, como 987 654 321 o 01 234 5678",
        "got": "uno de {digits} cifras",
        "fix": "escribe todas sus cifras; si es de otro país, con + y el código del país, como +34 612 345 678",
    },
    Locale.EN: {
        "message": "not a telephone number that exists in {country}",
        "expected": "a mobile, or a landline with its area code, such as 987 654 321 or 01 234 5678",
        "got": "one of {digits} digits",
        "fix": "write all its digits; if it is of another country, with + and the country's code, as +34 612 345 678",
    },
}


def require_phone(text: str, country: str, locale: Locale) -> str:
    """The number in E.164; raises InvalidInputError, without the number, for one that nobody can dial."""
    # Here, not above: it is seldom asked, and takes 0.1 s to import.
    from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_valid_number, parse

    try:
        number = parse(text, country)
    except NumberParseException:
        raise _no_phone(text, country, locale) from None
    if not is_valid_number(number):
        raise _no_phone(text, country, locale)
    return str(format_number(number, PhoneNumberFormat.E164))


def require_mobile(number: str, countries: Collection[str], locale: Locale) -> None:
    """Raises InvalidInputError, without the number, for one in E.164 that is no mobile of one of the countries."""
    from phonenumbers import PhoneNumberType, number_type, parse, region_code_for_number

    parsed, mobile = parse(number), (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
    if number_type(parsed) not in mobile or region_code_for_number(parsed) not in countries:
        said = _NO_MOBILE[locale]
        expected = said["expected"].format(countries=", ".join(countries))
        raise InvalidInputError(said["message"], expected=expected, field="phone")


def incoming_number(sender: str) -> str | None:
    """The number, in E.164, that a gateway says a message is from; None for what is none: a short one, a name.

    Gateways write numbers with +, with the country's code alone, or as they are dialled in Peru.
    """
    from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_valid_number, parse

    digits = "".join(one for one in sender if one.isascii() and one.isdigit())
    for text in (sender,) if sender.lstrip().startswith("+") else (digits, f"+{digits}"):
        try:
            number = parse(text, PERU)
        except NumberParseException:
            continue
        if is_valid_number(number):
            return str(format_number(number, PhoneNumberFormat.E164))
    return None


def country_of(connection: Connection, account_id: str) -> str:
    """Where the owner of an account says that they live; Peru for those without a profile."""
    try:
        return read_seeker(connection, seeker_of(connection, account_id)).seeker.country
    except NotFoundError:
        return PERU


def _no_phone(text: str, country: str, locale: Locale) -> InvalidInputError:
    digits = sum(character.isdigit() for character in text)
    said = {part: words.format(country=country, digits=digits) for part, words in _TEXTS[locale].items()}
    return InvalidInputError(
        said["message"], expected=said["expected"], got=said["got"], fix=said["fix"], field="phone"
    )
