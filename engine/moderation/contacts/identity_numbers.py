"""Numbers that the state gave somebody: DNI, those of foreigners, passports, driving licences, a person's RUC.

Eight digits alone are no DNI: words have to say so, next to them or in the same sentence ("DNI de mi madre: …"), and
no nearer word may say that something else is numbered ("pedido 12345678, traer DNI").
"""

from __future__ import annotations

import re

from engine.moderation.contacts.digit_runs import digits_of, ends_with, is_money, lengths_of, longest
from engine.moderation.contacts.kinds import PrivateKind
from engine.moderation.contacts.number_groups import Group, NumberText

_DNI_WORDS = frozenset(("dni", "deni", "cui", "identidad", "electoral"))
_LICENCE_WORDS = frozenset(("brevete", "conducir"))  # a letter and the DNI
_DOCUMENT_WORDS = frozenset(("documento", "identificacion", "doc", "identificada", "identificado", "identifico"))
_OF_EIGHT_DIGITS = _DNI_WORDS | _LICENCE_WORDS | _DOCUMENT_WORDS
_FOREIGN_WORDS = frozenset(("extranjeria", "carne", "carnet", "ce", "ptp", "cpp"))
_OTHER_COUNTRIES_WORDS = frozenset(("pasaporte", "passport", "cedula"))
IDENTITY_WORDS = _OF_EIGHT_DIGITS | _FOREIGN_WORDS | _OTHER_COUNTRIES_WORDS
# How many digits a number has right after such a word.
_NAMED_DIGITS = (
    (_OTHER_COUNTRIES_WORDS, range(6, 13)),
    (_DNI_WORDS, range(7, 13)),  # a zero that was left out, a check digit that was written along
    (IDENTITY_WORDS, range(8, 13)),
)
_FOREIGN_DIGITS, _PASSPORT_DIGITS = range(9, 13), range(7, 13)
_THINGS_WITH_NUMBERS = (
    "pedido orden lote codigo cod factura boleta guia expediente ref referencia serie operacion cuenta cci tracking"
    " envio reserva ticket aviso anuncio oferta convocatoria partida sku producto modelo version fecha sueldo soles"
    " monto precio pago visitas seguidores usuarios registros"
)
_THINGS = frozenset(_THINGS_WITH_NUMBERS.split())
_NAMES = IDENTITY_WORDS | _THINGS | {"ruc"}
_DNI_DIGITS, _RUC_DIGITS = 8, 11
# Groups in which people write a DNI, of which two years are none, and a RUC.
_DNI_GROUPS = frozenset(((8,), (2, 3, 3), (4, 4), (1,) * 8))
_YEAR = re.compile(r"19\d\d|20\d\d")
_RUC_GROUPS = frozenset(((11,), (2, 8, 1)))
_PERSONS_RUC = ("10", "15", "16", "17")
_RUC_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def identity_in(
    numbers: NumberText, run: list[Group], word: str, follows: PrivateKind | None
) -> tuple[PrivateKind, int] | None:
    """What kind of identity number a run begins with, and how many of its groups; None where it is none.

    `word` is what the words right before say that it is; `follows`: the kind of a number that it goes on from.
    """
    text, is_named = numbers.text, word in _OF_EIGHT_DIGITS
    count = longest(text, run, range(_DNI_DIGITS, _DNI_DIGITS + 1), may_be_glued=is_named)
    goes_on = follows is PrivateKind.IDENTITY_NUMBER and _nearest_name(numbers, run[0]) not in _THINGS
    if count and (is_named or goes_on or _is_said_to_be_dni(numbers, run[:count])):
        has_check_digit = len(run) > count and len(run[count].digits) == 1 and run[count].gap == "-"
        return PrivateKind.IDENTITY_NUMBER, count + has_check_digit
    named = next((digits for words, digits in _NAMED_DIGITS if word in words), range(0))
    count = longest(text, run, named, may_be_glued=True)
    count = count or _named_before(numbers, run[0])
    if count:
        return PrivateKind.IDENTITY_NUMBER, count
    count = _ruc(numbers, run, word)
    return (PrivateKind.TAX_NUMBER, count) if count else None


def _named_before(numbers: NumberText, first: Group) -> int:
    """1 where words of the sentence say that one group is the number of a foreigner or of a passport, else 0."""
    length = len(first.digits)
    if length not in _PASSPORT_DIGITS:
        return 0
    name = _nearest_name(numbers, first)
    return int(name in _OTHER_COUNTRIES_WORDS or (name in _FOREIGN_WORDS and length in _FOREIGN_DIGITS))


def _ruc(numbers: NumberText, run: list[Group], word: str) -> int:
    """How many groups are a person's RUC."""
    count = ends_with(numbers.text, run, _RUC_DIGITS)
    groups = run[:count]
    if not digits_of(groups).startswith(_PERSONS_RUC):
        return 0
    is_checked = lengths_of(groups) in _RUC_GROUPS and _is_ruc(digits_of(groups))
    return count if is_checked or "ruc" in (word, _nearest_name(numbers, run[0])) else 0


def _is_said_to_be_dni(numbers: NumberText, groups: list[Group]) -> bool:
    """Whether words of the same sentence say that eight digits are a DNI."""
    years = [group for group in groups if _YEAR.fullmatch(group.digits)]
    if lengths_of(groups) not in _DNI_GROUPS or len(years) > 1 or is_money(numbers.text, groups[0], groups[-1]):
        return False
    name = _nearest_name(numbers, groups[0])
    return name in IDENTITY_WORDS or (not name and numbers.word_after(groups[-1].end) in _DNI_WORDS | _DOCUMENT_WORDS)


def _nearest_name(numbers: NumberText, first: Group) -> str:
    """The nearest word before a number that says what is numbered; empty where none of its sentence does."""
    return next((word for word in numbers.words_before(first) if word in _NAMES), "")


def _is_ruc(digits: str) -> bool:
    """Whether the last of eleven digits checks the others, as SUNAT has it: modulus 11."""
    rest = sum(weight * int(digit) for weight, digit in zip(_RUC_WEIGHTS, digits, strict=False)) % 11
    return (11 - rest) % 10 == int(digits[-1])
