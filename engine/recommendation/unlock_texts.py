"""What is missing of a match, and what would open more, in words for the person."""

from __future__ import annotations

from engine.explain import Locale, PersonHours, level_name, listed, number_text
from engine.filtering.what_ifs import Loosened, WhatIf
from engine.jobs import Connection, Device, Modality
from engine.pay_texts import pay_text
from engine.reason_texts import LANGUAGE_NAMES
from engine.schedules import Weekday, clock_text
from engine.times_text import days_text

_DAYS = {
    Locale.ES: ("lunes", "martes", "miércoles", "jueves", "viernes", "sábados", "domingos"),
    Locale.EN: ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"),
}
_TERMS = {
    Locale.ES: {
        Device.TABLET: "una tableta",
        Device.COMPUTER: "una computadora",
        Connection.BROADBAND: "internet fijo en casa",
        Modality.ON_SITE: "presencial",
        Modality.HYBRID: "híbrido",
        Modality.REMOTE: "remoto",
    },
    Locale.EN: {
        Device.TABLET: "a tablet",
        Device.COMPUTER: "a computer",
        Connection.BROADBAND: "broadband at home",
        Modality.ON_SITE: "on-site",
        Modality.HYBRID: "hybrid",
        Modality.REMOTE: "remote",
    },
}
_TEXTS = {
    Locale.ES: {
        "unlike": "Se parece poco a lo que haces o buscas",
        "missing": "Te {verb} {hours}: pide {needed} y tienes {shared}",
        "missing_core": "Te {verb} {hours} con el equipo: pide {needed} y compartes {shared}",
        "missing_days": "Se trabaja también los {days}, cuando no tienes ninguna hora libre",
        Loosened.HOURS_OF_DAY: "Con {hours} más los {days} ({start} a {end})",
        Loosened.HOURS_OF_WEEK: "Con {hours} más a la semana",
        "in_window": " ({days} {start} a {end})",
        Loosened.MIN_PAY: "Con un pago mínimo de {pay}",
        Loosened.LANGUAGE: "Con {language}",
        Loosened.DEVICE: "Con {term}",
        Loosened.CONNECTION: "Con {term}",
        Loosened.MODALITY: "Si aceptas trabajo {term}",
        Loosened.CONTRACT: "Si aceptas otros tipos de contrato",
        Loosened.HOURS_TYPE: "Si aceptas otras jornadas",
        Loosened.UNSTATED: "Si aceptas avisos que no dicen todo lo que filtras",
        "opens_1": "{step} se abre 1 trabajo que encaja contigo",
        "opens": "{step} se abren {count} trabajos que encajan contigo",
        "skill": "{asking} de los {among} avisos cercanos que nombran habilidades piden {skill}, que no mencionas",
    },
    Locale.EN: {
        "unlike": "It is little like what you do or look for",
        "missing": "You lack {hours}: it needs {needed} and you have {shared}",
        "missing_core": "You lack {hours} with the team: it needs {needed} and you share {shared}",
        "missing_days": "The work is on {days} too, when you have no free hour",
        Loosened.HOURS_OF_DAY: "With {hours} more on {days} ({start} to {end})",
        Loosened.HOURS_OF_WEEK: "With {hours} more a week",
        "in_window": " ({days} {start} to {end})",
        Loosened.MIN_PAY: "With a least pay of {pay}",
        Loosened.LANGUAGE: "With {language}",
        Loosened.DEVICE: "With {term}",
        Loosened.CONNECTION: "With {term}",
        Loosened.MODALITY: "If you accept {term} work",
        Loosened.CONTRACT: "If you accept other kinds of contract",
        Loosened.HOURS_TYPE: "If you accept other working times",
        Loosened.UNSTATED: "If you accept ads that do not state all that you filter by",
        "opens_1": "{step}, 1 job that fits you opens",
        "opens": "{step}, {count} jobs that fit you open",
        "skill": "{asking} of the {among} nearest ads that name skills ask for {skill}, which you do not mention",
    },
}


def unlike_text(locale: Locale) -> str:
    """That a job is little like what the person does."""
    return _TEXTS[locale]["unlike"]


def missing_hours_texts(hours: PersonHours, locale: Locale) -> list[str]:
    """What is missing of the hours: the days without any, and how many are missing in all, or of those inside the
    team's day where more of these are."""
    names = [_DAYS[locale][day] for day in hours.days_without_time]
    found = [_TEXTS[locale]["missing_days"].format(days=listed(names, locale))] if names else []
    lacking = (hours.needed or 0.0) - hours.shared
    core_lacking = (hours.core_needed or 0.0) - (hours.core_shared or 0.0)
    name, lacks, needed, shared = "missing", lacking, hours.needed, hours.shared
    if core_lacking > lacking:
        name, lacks, needed, shared = "missing_core", core_lacking, hours.core_needed, hours.core_shared or 0.0
    if lacks > 0 or not names:
        text = _TEXTS[locale][name].format(
            verb="falta" if lacks == 1 else "faltan",
            hours=_hours(lacks, locale),
            needed=number_text(needed or 0.0),
            shared=number_text(shared),
        )
        found.append(text)
    return found


def unlock_text(what_if: WhatIf, opens: int, locale: Locale) -> str:
    """How many jobs a step opens."""
    texts = _TEXTS[locale]
    return texts["opens_1" if opens == 1 else "opens"].format(step=_step(what_if, locale), count=opens)


def skill_text(skill: str, asking: int, among: int, locale: Locale) -> str:
    """How many of the nearest ads ask for a skill that the person does not mention."""
    return _TEXTS[locale]["skill"].format(skill=skill, asking=asking, among=among)


def _step(what_if: WhatIf, locale: Locale) -> str:
    text, window = _TEXTS[locale][what_if.loosened], what_if.window
    times = {}
    if window is not None:
        times = {"start": clock_text(window.start_minute), "end": clock_text(window.end_minute)}
        if what_if.loosened is Loosened.HOURS_OF_WEEK:
            text += _TEXTS[locale]["in_window"]
    return text.format(
        hours=_hours(what_if.extra_hours, locale),
        days=_days(what_if, locale),
        pay=pay_text(what_if.change, locale) if what_if.loosened is Loosened.MIN_PAY else "",
        language=_language(what_if, locale),
        term=_TERMS[locale].get(what_if.change, ""),
        **times,
    )


def _days(what_if: WhatIf, locale: Locale) -> str:
    if what_if.window is None:
        return ""
    if what_if.loosened is Loosened.HOURS_OF_DAY:
        return _DAYS[locale][what_if.window.days[0]]
    return days_text([Weekday(day) for day in what_if.window.days], locale)


def _language(what_if: WhatIf, locale: Locale) -> str:
    if what_if.loosened is not Loosened.LANGUAGE:
        return ""
    code, level = what_if.change
    return f"{LANGUAGE_NAMES[locale].get(code, code)} {level_name(level, locale)}"


def _hours(hours: float, locale: Locale) -> str:
    name = {Locale.ES: "hora", Locale.EN: "hour"}[locale]
    return f"{number_text(hours)} {name}{'' if hours == 1 else 's'}"
