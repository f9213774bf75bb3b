"""The words that postings use, Spanish and English, and what they mean: the one place to add a word.

Words are plain (lower case, no accents; a regular expression where one is needed) and match from the start of a
word, so that a board's cut-off "Híbrido presenc..." is read too. The first that matches decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from engine.jobs import ContractType, HoursType, LanguageLevel, Modality
from engine.pay import PayPeriod
from engine.reading.text_cleaning import plain

Meaning = TypeVar("Meaning")
Terms = tuple[tuple[str, Meaning], ...]

HOURS: Terms[HoursType] = (
    # Full and part time: engine.reading.conditions.hours_type
    ("por horas", HoursType.HOURLY),
    ("per diem", HoursType.HOURLY),
    ("beca", HoursType.INTERNSHIP),
    ("practicas", HoursType.INTERNSHIP),
    ("pasantia", HoursType.INTERNSHIP),
    (r"intern(?:ship)?\b", HoursType.INTERNSHIP),
)

CONTRACT: Terms[ContractType] = (
    ("contrato a plazo indeterminado", ContractType.PERMANENT),
    ("contrato por tiempo indefinido", ContractType.PERMANENT),
    ("permanent", ContractType.PERMANENT),
    # Peru's contracts "sujetos a modalidad" (TUO of DL 728, arts. 53 to 73) all end at a stated time or event.
    ("contrato por inicio o incremento", ContractType.FIXED_TERM),
    ("contrato por necesidades", ContractType.FIXED_TERM),
    ("contrato intermitente", ContractType.FIXED_TERM),
    ("contrato de temporada", ContractType.FIXED_TERM),
    ("contrato de suplencia", ContractType.FIXED_TERM),
    ("contrato ocasional", ContractType.FIXED_TERM),
    ("contrato de emergencia", ContractType.FIXED_TERM),
    ("contrato por tiempo determinado", ContractType.FIXED_TERM),
    ("temporary", ContractType.FIXED_TERM),
    ("contrato por obra", ContractType.PROJECT),
    ("contrato de obra", ContractType.PROJECT),
    ("freelance", ContractType.FREELANCE),
    ("contractor", ContractType.FREELANCE),
    ("convenio de practicas", ContractType.APPRENTICESHIP),
    ("contrato de aprendizaje", ContractType.APPRENTICESHIP),
    (r"intern(?:ship)?\b", ContractType.APPRENTICESHIP),
    ("otro tipo de contrato", ContractType.OTHER),
    ("other", ContractType.OTHER),
)

MODALITY: Terms[Modality] = (
    (r"(?:no|not) (?:es )?(?:100 ?% )?remot", Modality.ON_SITE),
    ("hibrid", Modality.HYBRID),
    ("hybrid", Modality.HYBRID),
    ("presencial y re", Modality.HYBRID),
    ("semipresencial", Modality.HYBRID),
    ("teletrabajo", Modality.REMOTE),
    ("remot", Modality.REMOTE),
    ("telecommute", Modality.REMOTE),
    ("home office", Modality.REMOTE),
    ("presencial", Modality.ON_SITE),
    ("on site", Modality.ON_SITE),
    ("onsite", Modality.ON_SITE),
)

PERIOD: Terms[PayPeriod] = (
    ("mensual", PayPeriod.MONTH),
    ("mes", PayPeriod.MONTH),
    ("month", PayPeriod.MONTH),
    ("hora", PayPeriod.HOUR),
    ("hour", PayPeriod.HOUR),
    ("hr", PayPeriod.HOUR),
    ("diari", PayPeriod.DAY),
    ("dia", PayPeriod.DAY),
    ("day", PayPeriod.DAY),
    ("semana", PayPeriod.WEEK),
    ("week", PayPeriod.WEEK),
    ("anual", PayPeriod.YEAR),
    ("ano", PayPeriod.YEAR),
    ("year", PayPeriod.YEAR),
    ("annual", PayPeriod.YEAR),
)

LANGUAGES: Terms[str] = (
    ("espanol", "es"),
    ("castellano", "es"),
    ("spanish", "es"),
    ("ingles", "en"),
    ("english", "en"),
    ("portugues", "pt"),
    ("portuguese", "pt"),
    ("frances", "fr"),
    ("french", "fr"),
    ("aleman", "de"),
    ("german", "de"),
    ("italian", "it"),
    ("chino", "zh"),
    ("mandarin", "zh"),
    ("chinese", "zh"),
    ("japones", "ja"),
    ("japanese", "ja"),
    ("coreano", "ko"),
    ("korean", "ko"),
    ("ruso", "ru"),
    ("russian", "ru"),
    ("arabe", "ar"),
    ("arabic", "ar"),
    ("quechua", "qu"),
    ("aimara", "ay"),
    ("aymara", "ay"),
    ("guarani", "gn"),
    ("esperanto", "eo"),
)

LEVELS: Terms[LanguageLevel] = (
    *((level.name.lower(), level) for level in LanguageLevel if level is not LanguageLevel.NATIVE),
    ("nativ", LanguageLevel.NATIVE),
    ("lengua materna", LanguageLevel.NATIVE),
)


def meanings(text: str, terms: Terms[Meaning]) -> set[Meaning]:
    """What the terms found in `text` mean."""
    words = re.sub(r"[-_/]+", " ", plain(text))
    return {meaning for term, meaning in terms if re.search(rf"\b{term}", words)}


def meaning_of(text: str, terms: Terms[Meaning]) -> Meaning | None:
    """What the first term found in `text` means; None when there is none."""
    words = re.sub(r"[-_/]+", " ", plain(text))
    return next((meaning for term, meaning in terms if re.search(rf"\b{term}", words)), None)


def agreed(found: Iterable[Meaning | None]) -> Meaning | None:
    """The one meaning all of `found` (None aside) have; None when they differ or there is none."""
    distinct = {meaning for meaning in found if meaning is not None}
    return distinct.pop() if len(distinct) == 1 else None
