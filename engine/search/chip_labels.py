"""What chips say to people, in Spanish and English."""

from __future__ import annotations

from engine.explain import Locale, level_name, listed
from engine.jobs import ContractType, Device
from engine.pay_texts import pay_text
from engine.reason_texts import LANGUAGE_NAMES
from engine.search.chips import ON_PAYROLL, Chip, ChipKind
from engine.times_text import times_text

_TERMS = {
    "es": {
        "full_time": "Tiempo completo",
        "part_time": "Medio tiempo",
        "hourly": "Por horas",
        "internship": "Prácticas",
        "remote": "Remoto",
        "hybrid": "Híbrido",
        "on_site": "Presencial",
    },
    "en": {
        "full_time": "Full time",
        "part_time": "Part time",
        "hourly": "By the hour",
        "internship": "Internship",
        "remote": "Remote",
        "hybrid": "Hybrid",
        "on_site": "On site",
    },
}
_TEXTS = {
    "es": {
        "or": " o ",
        ChipKind.TIMES: "Horario: {value}",
        ChipKind.WEEKLY_HOURS: "Hasta {value:g} horas a la semana",
        ChipKind.LEAST_HOURS: "Desde {value:g} horas a la semana",
        ChipKind.PAY: "Desde {value}",
        ChipKind.EXPERIENCE: "Hasta {value:g} años de experiencia",
        ChipKind.PLACE: "En {value}, o remoto",
        ChipKind.LANGUAGES: "Sin {value}",
        ChipKind.SPOKEN: "Con tu {value}",
        ChipKind.UNWANTED: "Sin {value}",
        ChipKind.DEVICE: "Con {value}, si el aviso dice qué pide",
        ChipKind.CURRENCY: "Pago en {value}",
        Device.PHONE: "celular",
        Device.TABLET: "tableta",
        ON_PAYROLL: "En planilla (no por honorarios ni prácticas)",
        ContractType.FREELANCE: "Por recibo por honorarios",
        ContractType.PERMANENT: "Contrato indefinido",
        ContractType.FIXED_TERM: "Contrato temporal",
        "USD": "dólares",
        "PEN": "soles",
        "EUR": "euros",
        ChipKind.SPELLING: "¿Quisiste decir «{value}»?",
        "none": "Sin experiencia",
    },
    "en": {
        "or": " or ",
        ChipKind.TIMES: "Hours: {value}",
        ChipKind.WEEKLY_HOURS: "Up to {value:g} hours a week",
        ChipKind.LEAST_HOURS: "From {value:g} hours a week on",
        ChipKind.PAY: "From {value}",
        ChipKind.EXPERIENCE: "Up to {value:g} years of experience",
        ChipKind.PLACE: "In {value}, or remote",
        ChipKind.LANGUAGES: "Without {value}",
        ChipKind.SPOKEN: "With your {value}",
        ChipKind.UNWANTED: "Without {value}",
        ChipKind.DEVICE: "With a {value}, where the ad says what it needs",
        ChipKind.CURRENCY: "Paid in {value}",
        Device.PHONE: "phone",
        Device.TABLET: "tablet",
        ON_PAYROLL: "On payroll (no freelancing, no internships)",
        ContractType.FREELANCE: "Freelance, by receipt",
        ContractType.PERMANENT: "Permanent contract",
        ContractType.FIXED_TERM: "Temporary contract",
        "USD": "dollars",
        "PEN": "soles",
        "EUR": "euros",
        ChipKind.SPELLING: "Did you mean “{value}”?",
        "none": "No experience",
    },
}


def chip_label(chip: Chip, locale: Locale) -> str:
    """What a chip says: `Medio tiempo`, `Desde S/ 1,500 al mes`."""
    texts = _TEXTS[locale]
    match chip.kind:
        case ChipKind.HOURS_TYPE | ChipKind.MODALITY:
            return texts["or"].join(_TERMS[locale][term] for term in sorted(chip.value, reverse=True))
        case ChipKind.TIMES:
            value = times_text(chip.value, chip.time_zone, locale)
        case ChipKind.PAY:
            value = pay_text(chip.value, locale)
        case ChipKind.LANGUAGES:
            value = listed([LANGUAGE_NAMES[locale].get(code, code) for code in sorted(chip.value)], locale)
        case ChipKind.SPOKEN:
            code, level = chip.value
            value = f"{LANGUAGE_NAMES[locale].get(code, code)} {level_name(level, locale)}"
        case ChipKind.UNWANTED:
            value = texts["or"].join(f"«{words}»" for words in sorted(chip.value))
        case ChipKind.CONTRACT:
            return texts["or"].join(texts[one] for one in _named_contracts(chip.value))
        case ChipKind.DEVICE | ChipKind.CURRENCY:
            value = texts["or"].join(texts[one] for one in _listed(chip.value))
        case ChipKind.PLACE:
            value = chip.value.title()
        case _:
            value = chip.value
    return texts["none" if chip.kind is ChipKind.EXPERIENCE and not value else chip.kind].format(value=value)


def _named_contracts(contracts: frozenset[ContractType]) -> list[object]:
    """What has a name of its own: all of a payroll together, or each contract."""
    return [ON_PAYROLL] if contracts == ON_PAYROLL else [*sorted(contracts)]


def _listed(value: object) -> list[object]:
    return sorted(value) if isinstance(value, frozenset) else [value]
