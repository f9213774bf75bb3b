"""Everything that an ad, a profile or a question states, named and told in words for whoever judges it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from api.admin.pages.fact_words import CODES, JOB_FIELDS, PROFILE_FIELDS, QUERY_FIELDS
from api.web.formats import moment_of, percent
from api.web.translations import Language, marked, words_in
from engine.pay import Pay, PayPeriod
from engine.pay_texts import stated_pay_text
from engine.reason_texts import LANGUAGE_NAMES

Facts = list[tuple[str, str]]


def job_facts(job: Mapping[str, Any], language: Language) -> Facts:
    """The name and the value of each that the ad states, both in words."""
    return _facts(job, JOB_FIELDS, language)


def profile_facts(profile: Mapping[str, Any], language: Language) -> Facts:
    """The same of what somebody said of themselves."""
    return _facts(profile, PROFILE_FIELDS, language)


def query_facts(query: Mapping[str, Any], language: Language) -> Facts:
    """The same of what was asked for with an answer."""
    asked = {**query, **query.get("filters", {})}
    return _facts(asked | {"excluded": len(query.get("excluded", ())) or None}, QUERY_FIELDS, language)


def _facts(document: Mapping[str, Any], names: Mapping[str, str], language: Language) -> Facts:
    words, locale = words_in(language), language.locale
    tellers: Mapping[str, Callable[[Any], str]] = {
        "pay": lambda value: _pay(value, locale),
        "min_pay": lambda value: _pay(value, locale),
        "schedule": lambda value: _hours(value, words),
        "availability": lambda value: _hours(value, words),
        "languages": lambda value: _languages(value, locale, words),
        "without_languages": lambda value: _languages(dict.fromkeys(value), locale, words),
        "min_hours_coverage": percent,
        "readings": _readings,
        "posted_at": _moment,
        "closes_at": _moment,
    }
    told = (
        (words(called), tellers[name](value) if name in tellers else _said(value, words))
        for name, called in names.items()
        if (value := document.get(name)) not in (None, [], {}, "")
    )
    return [(name, said) for name, said in told if said]


def _moment(value: str) -> str:
    return f"{moment_of(value):%d/%m/%Y %H:%M}"


def _pay(pay: Mapping[str, Any], locale: str) -> str:
    return stated_pay_text(Pay(**dict(pay) | {"period": PayPeriod(pay["period"])}), locale)


def _hours(hours: Mapping[str, Any], words: Callable[[str], str]) -> str:
    """A schedule, or the hours that somebody is free: how, how many, and when on whose clock."""
    shifts = [", ".join(_windows(shift, words)) for shift in hours.get("shifts") or []]
    times = [*_windows(hours.get("windows") or [], words), *shifts]
    if times and hours.get("time_zone"):
        times.append(words(marked("hora de %(place)s")) % {"place": _place(hours["time_zone"])})
    kind = hours.get("kind")
    counts = (
        (marked("%(count)s horas a la semana"), hours.get("hours_per_week")),
        (marked("%(count)s de ellas con el equipo"), hours.get("core_hours")),
    )
    parts = [words(CODES[kind])] if kind else []
    parts += [words(text) % {"count": f"{count:g}"} for text, count in counts if count is not None]
    return "; ".join([*parts, *times])


def _windows(windows: Iterable[Mapping[str, Any]], words: Callable[[str], str]) -> list[str]:
    return [f"{', '.join(words(CODES[day]) for day in one['days'])} {one['start']}–{one['end']}" for one in windows]


def _place(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def _languages(languages: Mapping[str, Any], locale: str, words: Callable[[str], str]) -> str:
    names = LANGUAGE_NAMES[locale]
    told = ((names.get(code, code), _said(level, words)) for code, level in languages.items())
    return ", ".join(f"{name} ({level})" if level else name for name, level in told)


def _readings(readings: Iterable[Mapping[str, Any]]) -> str:
    return " ".join(f"«{sentence}»" for sentence in dict.fromkeys(one["sentence"] for one in readings))


def _said(value: Any, words: Callable[[str], str]) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return words(marked("sí"))
    if isinstance(value, list):
        return ", ".join(filter(None, (_said(inner, words) for inner in value)))
    return f"{value:g}" if isinstance(value, float) else words(CODES.get(str(value), str(value)))
