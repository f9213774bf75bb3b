"""What the units of columns are called in Spanish and English."""

from __future__ import annotations

from engine.explain import Locale

_UNITS: dict[str, dict[Locale, str]] = {
    "share": {Locale.ES: "en porcentaje", Locale.EN: "in percent"},
    "people": {Locale.ES: "personas", Locale.EN: "people"},
    "searches": {Locale.ES: "búsquedas", Locale.EN: "searches"},
    "days": {Locale.ES: "días", Locale.EN: "days"},
    "open jobs": {Locale.ES: "empleos abiertos", Locale.EN: "open jobs"},
    "openings": {Locale.ES: "vacantes", Locale.EN: "openings"},
    "jobs or employers": {Locale.ES: "empleos o empleadores", Locale.EN: "jobs or employers"},
    "person-job pairs": {Locale.ES: "pares de persona y empleo", Locale.EN: "person-job pairs"},
    "person-job days": {
        Locale.ES: "veces, una por persona, empleo y día",
        Locale.EN: "times, one a person, job and day",
    },
    "people an opening": {Locale.ES: "personas por vacante", Locale.EN: "people an opening"},
    "people an open job": {Locale.ES: "personas por empleo abierto", Locale.EN: "people an open job"},
    "0 to 1": {Locale.ES: "de 0 a 1", Locale.EN: "0 to 1"},
    "o'clock in Lima": {Locale.ES: "hora de Lima", Locale.EN: "o'clock in Lima"},
    "": {Locale.ES: "", Locale.EN: ""},
}


def unit_label(unit: str, locale: Locale) -> str:
    """What a unit is called."""
    return _UNITS[unit][locale]


def unit_beside(name: str, unit: str, locale: Locale) -> str:
    """What stands beside a column's name; nothing where the name begins with it."""
    label = unit_label(unit, locale)
    return "" if name.casefold().startswith(label.casefold()) else label
