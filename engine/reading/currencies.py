"""Currencies by the signs, codes and words that postings write: "S/", "US$", "€", "MXN", "pesos colombianos".

A sign that several countries share ("$", "¥", "kr", "pesos") is the currency of the place, where the place pays in one
of them; else of the source, where the source names one; else nobody knows, and nobody guesses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.reading.world import world

DOLLARS = (
    "USD",
    "CAD",
    "AUD",
    "NZD",
    "SGD",
    "HKD",
    "TWD",
    "JMD",
    "TTD",
    "BSD",
    "BBD",
    "BZD",
    "GYD",
    "XCD",
    "NAD",
    "FJD",
)
PESOS = ("ARS", "CLP", "COP", "CUP", "DOP", "MXN", "PHP", "UYU")
# Who keeps a sign of their own and writes "$" means the dollars of the United States.
ALSO_IN_DOLLARS = frozenset(["BO", "CR", "CU", "EC", "GT", "HN", "HT", "NI", "PA", "PE", "PY", "SV", "VE", "PR", "US"])
CODES = frozenset(world()["currencies"])

# What is written, as a regular expression on plain text, and the currencies it may be. A longer one comes first.
SIGNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"us\s?\$|u\$[sd]|\$\s?us\b|\$usd?|us\s?d\s?\$", ("USD",)),
    (r"(?<![a-z])(?:mx|mex)\s?\$", ("MXN",)),
    (r"(?<![a-z])(?:ar|arg)\s?\$", ("ARS",)),
    (r"(?<![a-z])(?:cl|clp)\s?\$", ("CLP",)),
    (r"(?<![a-z])(?:col|cop)\s?\$", ("COP",)),
    (r"(?<![a-z])ca\s?\$|(?<![a-z])cad\s?\$", ("CAD",)),
    (r"(?<![a-z])(?:au|a)\$|(?<![a-z])aud\s?\$", ("AUD",)),
    (r"(?<![a-z])nz\s?\$", ("NZD",)),
    (r"(?<![a-z])hk\s?\$", ("HKD",)),
    (r"(?<![a-z])nt\s?\$", ("TWD",)),
    (r"(?<![a-z])rd\s?\$", ("DOP",)),
    (r"(?<![a-z])uy\s?\$|\$u\b", ("UYU",)),
    (r"(?<![a-z])r\$", ("BRL",)),
    (r"(?<![a-z])s\$", ("SGD",)),
    (r"(?<![a-z])c\$", ("CAD", "NIO")),
    (r"(?<![a-z])s/\.?(?!\s?(?:e\b|exp|limite|costo|igv|iva|n\b|d\b|requisito))", ("PEN",)),
    (r"(?<![a-z])b/\.", ("PAB",)),
    (r"\$", DOLLARS + PESOS),
    (r"€", ("EUR",)),
    (r"£", ("GBP", "EGP")),
    (r"¥|￥", ("JPY", "CNY")),
    (r"₹", ("INR",)),
    (r"₱", ("PHP", "CUP")),
    (r"₩", ("KRW",)),
    (r"₽", ("RUB",)),
    (r"₺", ("TRY",)),
    (r"₴", ("UAH",)),
    (r"₦", ("NGN",)),
    (r"₡", ("CRC",)),
    (r"₲", ("PYG",)),
    (r"₪", ("ILS",)),
    (r"₫", ("VND",)),
    (r"฿", ("THB",)),
    (r"[¢¤₣₤₧₨₭₮₯₰₳₵₶₸₼₾₿]", ()),
)
# What a shared sign means where neither the place nor the source settles it.
USUAL = {frozenset({"CAD", "NIO"}): "CAD", frozenset({"GBP", "EGP"}): "GBP", frozenset({"PHP", "CUP"}): "PHP"}
# Words alone; those with an adjective ("pesos colombianos", "US dollars") are CLDR's.
NOUNS: dict[str, tuple[str, ...]] = {
    r"soles|nuevos? sol(?:es)?": ("PEN",),
    r"dolar(?:es)?|dollars?|dolares americanos|dlls?|dls": DOLLARS,
    r"pesos?": PESOS,
    r"euros?": ("EUR",),
    r"libras?(?: esterlinas?)?|pounds?|quid": ("GBP",),
    r"reais|reales": ("BRL",),
    r"bolivianos?|bs\.?|bob": ("BOB",),
    r"guaranies|gs\.?": ("PYG",),
    r"quetzal(?:es)?": ("GTQ",),
    r"lempiras?": ("HNL",),
    r"colon(?:es)?": ("CRC",),
    r"cordobas?": ("NIO",),
    r"balboas?": ("PAB",),
    r"bolivares": ("VES",),
    r"rupees?|rupias?|rs\.?": ("INR", "PKR", "LKR", "NPR"),
    r"yen(?:es)?": ("JPY",),
    r"rand": ("ZAR",),
    r"zloty(?:s)?|zl": ("PLN",),
    r"kr\.?|kroner|kronor|coronas?": ("SEK", "NOK", "DKK", "CZK", "ISK"),
    r"francos? suizos?|francs?|fr\.": ("CHF",),
    r"rmb|yuan(?:es)?": ("CNY",),
}


def _named() -> list[tuple[str, tuple[str, ...]]]:
    """Every word for a currency, the longest first."""
    full = {re.escape(name): (code,) for code, names in world()["currencies"].items() for name in names if " " in name}
    codes = {code.lower(): (code,) for code in CODES if code not in ("ALL", "SOS", "TOP", "TRY")}  # which are words
    return sorted((full | NOUNS | codes).items(), key=lambda one: -len(one[0]))


_WORDS = "|".join(f"(?:{written})" for written, _ in _named())
CURRENCY = re.compile("|".join(f"(?:{written})" for written, _ in SIGNS) + rf"|(?<![a-z])(?:{_WORDS})(?![a-z])")
_MEANINGS = [(re.compile(written), codes) for written, codes in (*SIGNS, *_named())]


def meanings(written: str) -> tuple[str, ...]:
    """The currencies that a text which `CURRENCY` found may mean."""
    text = written.strip()
    return next((codes for pattern, codes in _MEANINGS if pattern.fullmatch(text)), ())


def currency_of(country: str | None) -> str | None:
    """The money of a country, None where none is named."""
    return world()["countries"].get(country, {}).get("currency") if country else None


def agreed_currency(written: Iterable[str], country: str | None, source: str | None) -> str | None:
    """The one currency that all that is `written` can mean, by `country` and by the `source`'s own where it is open.

    None: two currencies, a sign that nobody knows, or one that the place does not settle.
    """
    found = [frozenset(meanings(text)) for text in written]
    if not found:
        return source
    shared = frozenset.intersection(*found)
    if len(shared) == 1:
        return next(iter(shared))
    for candidate in (source, currency_of(country), "USD" if country in ALSO_IN_DOLLARS else None):
        if candidate in shared:
            return candidate
    return USUAL.get(shared)
