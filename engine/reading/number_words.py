"""Amounts that are written out ("mil quinientos", "3 mil doscientos", "dos a tres mil") as digits where they stand."""

from __future__ import annotations

import re

UNITS = {
    **{"un": 1, "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8},
    **{"nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "dieciseis": 16},
    **{"diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20, "veintiun": 21, "veintiuno": 21},
    **{"veintidos": 22, "veintitres": 23, "veinticuatro": 24, "veinticinco": 25, "veintiseis": 26, "veintisiete": 27},
    **{"veintiocho": 28, "veintinueve": 29},
}
TENS = {"treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90}
HUNDREDS = {
    **{"cien": 100, "ciento": 100, "doscientos": 200, "trescientos": 300, "cuatrocientos": 400, "quinientos": 500},
    **{"seiscientos": 600, "setecientos": 700, "ochocientos": 800, "novecientos": 900},
}
_VALUES = UNITS | TENS | HUNDREDS
_BELOW_100 = rf"(?:(?:{'|'.join(TENS)})(?: y (?:{'|'.join(UNITS)}))?|(?:{'|'.join(UNITS)}))\b"
_BELOW_1000 = rf"(?:(?:{'|'.join(HUNDREDS)})(?: {_BELOW_100})?\b|{_BELOW_100})"
WRITTEN = re.compile(
    rf"(?:\b(?P<low>{_BELOW_100}) (?P<joint>a|o|y|hasta) )?\b(?:(?P<thousands>\d{{1,3}}|{_BELOW_1000}) )?mil\b"
    rf"(?: (?P<rest>{_BELOW_1000}))?|\b(?P<hundreds>(?:{'|'.join(HUNDREDS)})(?: {_BELOW_100})?)\b"
)
WORTH_READING = re.compile(r"\bmil\b|\bcien|cientos\b|\bquinientos\b")


def with_digits(words: str) -> str:
    """Plain `words` with digits for amounts from a hundred up that are written out, each in its length."""
    return WRITTEN.sub(_digits, words) if WORTH_READING.search(words) else words


def _digits(found: re.Match[str]) -> str:
    if found["hundreds"]:
        return str(_value(found["hundreds"])).ljust(len(found[0]))
    thousands = found["thousands"]
    if found[0] == "mil":
        return "1k "
    if thousands is not None and thousands.isdigit() and found["rest"] is None:
        return found[0]  # "3 mil" may be the end of "2 - 3 mil"
    amount = (1 if thousands is None else _value(thousands)) * 1_000 + (_value(found["rest"]) if found["rest"] else 0)
    low = f"{_value(found['low']) * 1_000} {found['joint']} " if found["low"] else ""
    return f"{low}{amount}".ljust(len(found[0]))


def _value(written: str) -> int:
    return int(written) if written.isdigit() else sum(_VALUES.get(word, 0) for word in written.split())
