"""Pay under the legal minimum for the hours asked, and more hours a week than the law allows, by `facts/peru.toml`.

What the job's fields state counts before what its words do. Only work in Peru is judged: other countries have other
laws. Where hours are unknown, or something comes on top of the pay, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from engine.explain import Locale
from engine.facts import facts
from engine.jobs import ContractType, HoursBound, HoursType, Job
from engine.moderation.contacts.masking import masked
from engine.moderation.fraud.pay_promised import promised_pays
from engine.moderation.fraud.phrases import Found
from engine.moderation.fraud.stated_hours import StatedHours
from engine.offer_signs import MOST_QUOTED_CHARACTERS, OfferSign, Severity, SignKind
from engine.pay import Pay, PayPeriod, soles_per_unit
from engine.pay_texts import pay_text
from engine.reading.pay_prose import read_pay_in_prose
from engine.schedules import Schedule, ScheduleKind

_WEEKS_PER_YEAR, _MONTHS_PER_YEAR = 52, 12
_CLOSE_ENOUGH = 0.99  # rounded figures are no breach
_LONGER_LUNCHES = 3.0  # hours a week: half an hour of lunch more on six days
_DAYS_OF_WORK = 6
_LUNCH_MINUTES, _DAY_WITH_LUNCH = 60, 8 * 60
_FULL_TIME = re.compile(
    r" (?:tiempo completo|full ?time|jornada completa|turno completo|tiempo completa|jornada laboral completa) "
)
_PAID_OTHERWISE = re.compile(
    r" (?:comisi\w+|propinas?|destajo|por produccion|por proyecto|por pieza|practicantes?|practicas|subvencion"
    r"|freelance|honorarios|commissions?|tips|internship|intern|incentivos|bonos?|medio tiempo|part time|tiempo parcial"
    r"|por turno|fines de semana) "
)
_OTHER_BONDS = (ContractType.FREELANCE, ContractType.PROJECT, ContractType.APPRENTICESHIP)


def too_many_hours(hours: Sequence[StatedHours], job: Job) -> Iterator[Found]:
    """The words that ask for more hours a week than the law allows."""
    if not _is_judged(job) or job.hours_type is HoursType.PART_TIME:
        return
    most = _most_hours()
    for one in hours:
        slack = 0.0 if one.per_day is None else _LONGER_LUNCHES
        if one.per_week is not None and one.per_week > most + slack:
            yield Found(SignKind.TOO_MANY_HOURS, one.start, one.end)


def signs_of_fields(text: str, plain: str, hours: Sequence[StatedHours], job: Job) -> Iterator[OfferSign]:
    """The signs that the fields of a job show, and pay that is read from a sentence, quoted from it."""
    if not _is_judged(job):
        return
    stated = _stated_week(job)
    slack = 0.0 if job.hours_per_week is not None else _LONGER_LUNCHES
    if stated is not None and stated > _most_hours() + slack and job.hours_bound is not HoursBound.AT_MOST:
        quote = _reading(job, "schedule", "hours_per_week") or f"{stated:g} h/semana"
        yield OfferSign(SignKind.TOO_MANY_HOURS, Severity.NOTE, quote)
    told = _low_pay(text, plain, hours, job)
    if told is not None:
        yield OfferSign(SignKind.PAY_BELOW_MINIMUM, Severity.NOTE, told)


def _low_pay(text: str, plain: str, hours: Sequence[StatedHours], job: Job) -> str | None:
    """The words about a pay that is less than the minimum; None where it is not, or cannot be known."""
    is_other = job.contract in _OTHER_BONDS or job.hours_type is HoursType.INTERNSHIP
    if is_other or _PAID_OTHERWISE.search(plain) or _is_older_than_the_wage(job):
        return None
    pay, quote = _pay(text, plain, job)
    if pay is None or pay.extras or not _is_below_minimum(pay, plain, hours, job):
        return None
    return masked(" ".join((quote or pay_text(pay, Locale.ES)).split()))[:MOST_QUOTED_CHARACTERS]


def _pay(text: str, plain: str, job: Job) -> tuple[Pay | None, str | None]:
    """The pay that a job states, or else the best that its words do, and the sentence or words that say it."""
    if job.pay is not None:
        return job.pay, _reading(job, "pay")
    found = read_pay_in_prose(text, job.country)
    if found is not None:
        return found.value, found.sentence
    promised = [(pay, plain[start:end]) for pay, start, end in promised_pays(plain)]
    return max(promised, key=lambda one: one[0].amount, default=(None, None))


def _is_below_minimum(pay: Pay, plain: str, hours: Sequence[StatedHours], job: Job) -> bool:
    rate = soles_per_unit().get(pay.currency)
    if rate is None or pay.period is PayPeriod.PROJECT or (job.country is None and pay.currency != "PEN"):
        return False
    least = _least(pay.period, plain, hours, job)
    return least is not None and 0 < (pay.max_amount or pay.amount) * rate < least * _CLOSE_ENOUGH


def _least(period: PayPeriod, plain: str, hours: Sequence[StatedHours], job: Job) -> float | None:
    """The least that the law knows for a period in soles; None where it depends on hours that are unknown."""
    monthly, most = float(facts("peru")["minimum_wage"]["soles_per_month"]), _most_hours()
    hourly = monthly / float(facts("peru")["minimum_wage"]["paid_hours_per_month"])
    if period is PayPeriod.HOUR:
        return hourly
    week = _week(plain, hours, job)
    if period is PayPeriod.DAY:
        days = [one.per_day for one in hours if one.per_day is not None]
        day = max(days) if days else None if week is None else week / _DAYS_OF_WORK
        return None if day is None else hourly * min(day, most / _DAYS_OF_WORK)
    if week is None:
        return None
    part = monthly * min(week, most) / most
    return {
        PayPeriod.WEEK: part * _MONTHS_PER_YEAR / _WEEKS_PER_YEAR,
        PayPeriod.YEAR: part * _MONTHS_PER_YEAR,
    }.get(period, part)


def _week(plain: str, hours: Sequence[StatedHours], job: Job) -> float | None:
    """The hours a week that a pay is for: the fewest that anything says."""
    stated = _stated_week(job)
    if stated is not None:
        return stated
    weeks = [one.per_week for one in hours if one.per_week is not None]
    if weeks:
        return min(weeks)
    return _most_hours() if job.hours_type is HoursType.FULL_TIME or _FULL_TIME.search(plain) else None


def _stated_week(job: Job) -> float | None:
    if job.hours_per_week is not None:
        return job.hours_per_week
    schedule = job.schedule
    if schedule is None:
        return None
    return _worked(schedule) if schedule.kind is ScheduleKind.FIXED else schedule.hours_per_week


def _worked(schedule: Schedule) -> float:
    """The hours of fixed windows without lunch."""
    minutes = 0
    for window in schedule.windows:
        length = window.length_minutes
        minutes += len(window.days) * (length - _LUNCH_MINUTES if length > _DAY_WITH_LUNCH else length)
    return minutes / 60


def _is_judged(job: Job) -> bool:
    return job.country in (None, "PE")


def _is_older_than_the_wage(job: Job) -> bool:
    since = str(facts("peru")["minimum_wage"]["since"])
    return job.posted_at is not None and job.posted_at.date().isoformat() < since


def _most_hours() -> float:
    return float(facts("peru")["working_time"]["max_hours_per_week"])


def _reading(job: Job, *fields: str) -> str | None:
    """The sentence that one of some fields was read from."""
    return next((reading.sentence for reading in job.readings if reading.field in fields), None)
