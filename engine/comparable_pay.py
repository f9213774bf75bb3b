"""What a job pays in soles an hour and a month, beside what its posting says, and what is left of it.

Nothing here is a promise: the rate has a date, and hours that the posting does not tell are told as an assumption.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from engine.availability import WorkingHours
from engine.facts import facts
from engine.jobs import ContractType, HoursType, Job
from engine.pay import Pay, PayPeriod, soles_per_hour, soles_per_month, soles_per_unit
from engine.working_hours import HERE, full_time_hours, is_only_full_time, told_hours

LONGEST_TEXT = 20_000
SOLES = "PEN"
RECEIPTS = re.compile(r"recibos? (?:por|de) honorarios?|\brxh\b|\brhe\b|locaci[oó]n de servicios")
PAYROLL = re.compile(r"\bplanilla\b")
NET = re.compile(r"\b(?:neto|l[ií]quido|libre de impuestos|en mano)\b")
PAYROLL_CONTRACTS = (ContractType.PERMANENT, ContractType.FIXED_TERM)
WITHOUT_USUAL_HOURS = (HoursType.PART_TIME, HoursType.HOURLY, HoursType.INTERNSHIP)


class HoursBasis(StrEnum):
    """Where the hours a week come from: the posting, its "full time", or nobody (as many as full time)."""

    STATED = "stated"
    FULL_TIME = "full_time"
    ASSUMED = "assumed"


class Deduction(StrEnum):
    """What is taken before the money arrives: income tax of a receipt, or the pension of a payroll."""

    WITHHOLDING = "withholding"
    PENSION = "pension"


@dataclass(frozen=True, slots=True)
class Range:
    """Soles from `least` to `most`; `least` is 0 where only the top is stated."""

    least: float
    most: float


@dataclass(frozen=True, slots=True)
class ComparablePay:
    """A job's pay in soles; None where it cannot be known.

    `hours_basis` tells where `hours_per_week` come from (None: none are known); `rate_date` is the day of the exchange
    rate (None: it is in soles already). `left_per_month` is what arrives after the `deduction`.
    """

    per_hour: Range | None
    per_month: Range | None
    hours_per_week: float | None = None
    hours_basis: HoursBasis | None = None
    rate_date: str | None = None
    deduction: Deduction | None = None
    left_per_month: Range | None = None


def comparable_pay(job: Job, working: WorkingHours | None = None) -> ComparablePay | None:
    """The pay of a job that states one in a currency whose rate is known; None for others and for whole projects.

    `working` are its working hours, where they are worked out already.
    """
    pay = job.pay
    if pay is None or pay.period is PayPeriod.PROJECT or pay.currency not in soles_per_unit():
        return None
    hours, basis = _hours(job, pay, working)
    per_month = _range(pay, hours, by_hour=False)
    deduction = _deduction(job, per_month)
    rate_date = None if pay.currency == SOLES else str(facts("exchange_rates")["as_of"])
    left = _left(per_month, deduction) if per_month is not None else None
    return ComparablePay(_range(pay, hours, by_hour=True), per_month, hours, basis, rate_date, deduction, left)


def _hours(job: Job, pay: Pay, working: WorkingHours | None) -> tuple[float | None, HoursBasis | None]:
    told = told_hours(job, working)
    if told:
        return told, HoursBasis.FULL_TIME if is_only_full_time(job) else HoursBasis.STATED
    is_rate = pay.period in (PayPeriod.HOUR, PayPeriod.DAY)  # with hours nobody told it would promise a month's pay
    if is_rate or job.hours_type in WITHOUT_USUAL_HOURS:
        return None, None
    return full_time_hours(job.country), HoursBasis.ASSUMED


def _range(pay: Pay, hours: float | None, *, by_hour: bool) -> Range | None:
    convert = soles_per_hour if by_hour else soles_per_month
    least, most = (
        convert(Pay(amount, pay.currency, pay.period), hours) for amount in (pay.amount, pay.max_amount or pay.amount)
    )
    return None if least is None or most is None else Range(round(least, 2), round(most, 2))


def _deduction(job: Job, per_month: Range | None) -> Deduction | None:
    """What is taken from the pay of a job in Peru whose posting says how it is paid."""
    text = job.description[:LONGEST_TEXT].lower()
    if per_month is None or job.country != HERE or NET.search(text):
        return None
    is_payroll = job.contract in PAYROLL_CONTRACTS or PAYROLL.search(text) is not None
    is_by_receipt = job.contract is ContractType.FREELANCE or RECEIPTS.search(text) is not None
    if is_payroll == is_by_receipt:
        return None
    over = per_month.most > facts("peru")["honorarios"]["receipt_over_soles"]
    return Deduction.PENSION if is_payroll else Deduction.WITHHOLDING if over else None


def _left(per_month: Range, deduction: Deduction | None) -> Range | None:
    if deduction is None:
        return None
    here = facts("peru")
    if deduction is Deduction.PENSION:
        share, floor = here["pension"]["national_share"], 0.0
    else:
        share, floor = here["honorarios"]["withheld_share"], here["honorarios"]["receipt_over_soles"]
    least, most = (
        round(amount * (1 - share) if amount > floor else amount, 2) for amount in (per_month.least, per_month.most)
    )
    return Range(least, most)
