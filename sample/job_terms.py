"""Draws a sample job's terms: employer's country, hours, pay, languages, device, connection, contract."""

from __future__ import annotations

from dataclasses import dataclass

from engine.facts import facts
from engine.jobs import Connection, ContractType, Device, HoursType, LanguageLevel, LanguageNeed
from engine.pay import Pay, PayPeriod, soles_per_unit
from engine.schedules import Schedule, ScheduleKind
from sample.dice import Dice
from sample.occupations import SpecialtyKey
from sample.shifts import CORE_DAYS, COUNTRIES, FIXED_SHIFTS, FLEXIBLE_HOURS, Hours

_WEEKS_PER_MONTH = 52 / 12
_FULL_TIME_HOURS = 36
_LEVELS = {LanguageLevel.B1: 30.0, LanguageLevel.B2: 45.0, LanguageLevel.C1: 18.0, None: 7.0}
_LATIN_AMERICA = ("PE", "CO", "EC", "BO", "MX", "CL", "AR")
_NEIGHBOURS_OF_SPAIN = ("ES", "PT")
# How much more than a Peruvian employer the others pay.
_PAY_FACTORS = {"PE": 1.0, "US": 1.6, "CA": 1.6, "ES": 1.4}
# Specialties that cannot be done without English, whatever the ad is written in.
_ENGLISH_WORK = {
    "documents": LanguageLevel.C1,
    "subtitles": LanguageLevel.B2,
    "websites": LanguageLevel.B2,
    "english": LanguageLevel.B2,
    "foreign_books": LanguageLevel.B1,
}


@dataclass(frozen=True, slots=True)
class JobHours:
    """A job's hours: the kind of shift it came from, the schedule, and the clock hours behind it."""

    shift_kind: str
    schedule: Schedule
    shift: tuple[Hours, ...]
    hours_per_week: float


def draw_country(dice: Dice, in_english: bool) -> str:
    """The employer's country; ads in English come mostly from abroad."""
    if in_english:
        return dice.weighted({"US": 60.0, "CA": 10.0, "PE": 14.0, "ES": 8.0, "MX": 8.0})
    return dice.weighted({code: weight for code, (weight, _, _) in COUNTRIES.items() if code != "CA"})


def draw_hours(dice: Dice, key: SpecialtyKey, country: str) -> JobHours:
    """When the work happens, on the clock of a zone of the employer's country."""
    shift_kind = dice.weighted(key.occupation_figures.shifts)
    zone = dice.one(COUNTRIES[country][1])
    if shift_kind == "flexible":
        hours = float(dice.one(FLEXIBLE_HOURS))
        return JobHours(shift_kind, Schedule(ScheduleKind.FLEXIBLE, hours_per_week=hours), (), hours)
    if shift_kind == "core":
        day, core_hours, total = dice.one(CORE_DAYS)
        schedule = Schedule(ScheduleKind.CORE_OVERLAP, zone, (day.window,), hours_per_week=total, core_hours=core_hours)
        return JobHours(shift_kind, schedule, (day,), total)
    shift = dice.one(FIXED_SHIFTS[shift_kind])
    total = sum(hours.hours_per_week for hours in shift)
    schedule = Schedule(ScheduleKind.FIXED, zone, tuple(hours.window for hours in shift))
    return JobHours(shift_kind, schedule, shift, total)


def draw_hours_type(dice: Dice, hours: JobHours) -> HoursType | None:
    """How the posting calls its working time."""
    if dice.happens(0.12):
        return None
    if hours.hours_per_week >= _FULL_TIME_HOURS:
        return HoursType.FULL_TIME
    if hours.shift_kind == "flexible" and dice.happens(0.6):
        return HoursType.HOURLY
    return HoursType.INTERNSHIP if dice.happens(0.04) else HoursType.PART_TIME


def draw_contract(dice: Dice, country: str, hours: JobHours) -> ContractType | None:
    """The bond: abroad and without a shift it is mostly freelance."""
    if dice.happens(0.15):
        return None
    if country != "PE" or hours.shift_kind == "flexible":
        return dice.weighted({ContractType.FREELANCE: 6.0, ContractType.PROJECT: 3.0, ContractType.FIXED_TERM: 1.0})
    return dice.weighted({ContractType.PERMANENT: 3.0, ContractType.FIXED_TERM: 5.0, ContractType.FREELANCE: 2.0})


def draw_languages(dice: Dice, key: SpecialtyKey, in_english: bool) -> tuple[LanguageNeed, ...]:
    """The languages needed; an ad in English needs English, Quechua interpreting needs Quechua."""
    needs: dict[str, LanguageLevel | None] = {}
    if key.occupation == "quechua_interpreting":
        needs["qu"] = dice.one((LanguageLevel.NATIVE, LanguageLevel.C1, LanguageLevel.B2))
        needs["es"] = dice.one((LanguageLevel.B2, LanguageLevel.C1))
    elif in_english or dice.happens(0.3):
        needs["es"] = dice.one((LanguageLevel.C1, LanguageLevel.C1, LanguageLevel.NATIVE, None))
    if in_english:
        needs["en"] = dice.weighted(_LEVELS)
    elif dice.happens(0.06):
        needs["en"] = dice.one((LanguageLevel.A2, LanguageLevel.B1, LanguageLevel.B2))
    if key.specialty in _ENGLISH_WORK:
        needs["en"] = max(needs.get("en") or LanguageLevel.A1, _ENGLISH_WORK[key.specialty])
    return tuple(LanguageNeed(code, level) for code, level in needs.items())


def draw_device(dice: Dice, key: SpecialtyKey) -> Device | None:
    """The least device, or None where the ad does not say."""
    if dice.happens(0.1):
        return None
    if dice.happens(key.occupation_figures.phone):
        return Device.PHONE
    return Device.TABLET if dice.happens(0.07) else Device.COMPUTER


def draw_connection(dice: Dice, spoken: float) -> Connection | None:
    """The least connection: calls and video need a fixed line, written work seldom does."""
    if dice.happens(0.25):
        return None
    return Connection.BROADBAND if dice.happens(0.75 if spoken > 0 else 0.45) else Connection.MOBILE_DATA


def draw_applicant_countries(dice: Dice, country: str) -> tuple[str, ...]:
    """Where applicants may live; a few ads leave Peru out, as real ones do."""
    if country == "PE":
        return ("PE",) if dice.happens(0.2) else ()
    if dice.happens(0.02):
        return _NEIGHBOURS_OF_SPAIN if country == "ES" else (country,)
    if dice.happens(0.35):
        return ("PE", *sorted(dice.some(_LATIN_AMERICA[1:], dice.whole(1, 4))))
    return ()


def draw_pay(dice: Dice, key: SpecialtyKey, country: str, hours: JobHours) -> Pay | None:
    """Stated pay in the employer's currency, by the hour, the month or the project; None for one ad in six."""
    low, high = key.occupation_figures.pay
    soles_an_hour = dice.between(low, (low + high) / 2) + dice.uniform() * dice.uniform() * (high - low) / 2
    soles_an_hour *= _PAY_FACTORS.get(country, 1.15)
    kind = dice.weighted(_PERIOD_WEIGHTS["shift" if hours.shift else "free"])
    spread = dice.between(1.15, 1.4) if dice.happens(0.35) else 1.0
    if dice.happens(0.17):
        return None
    currency = COUNTRIES[country][2]
    paid_hours = {PayPeriod.HOUR: 1.0, PayPeriod.MONTH: hours.hours_per_week * _WEEKS_PER_MONTH}.get(kind, 15.0)
    amount = rounded_amount(soles_an_hour / soles_per_unit()[currency] * paid_hours)
    if country == "PE" and kind is PayPeriod.MONTH and hours.hours_per_week >= _FULL_TIME_HOURS:
        amount = max(amount, float(facts("peru")["minimum_wage"]["soles_per_month"]))
    most = rounded_amount(amount * spread)
    return Pay(amount, currency, kind, most if most > amount else None)


_PERIOD_WEIGHTS = {
    "shift": {PayPeriod.MONTH: 7.0, PayPeriod.HOUR: 3.0},
    "free": {PayPeriod.HOUR: 5.0, PayPeriod.MONTH: 3.0, PayPeriod.PROJECT: 2.0},
}


def rounded_amount(amount: float) -> float:
    """An amount as people write it: to 50 from a thousand up, to 10 from a hundred up, else to a half."""
    step = 50.0 if amount >= 1000 else 10.0 if amount >= 100 else 0.5
    return max(step, round(amount / step) * step)
