"""A second opinion on hard constraints: one job, one person, plain rules and a walk through the week."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from engine.catalogue.inverted_index import word_stem
from engine.filtering.filters import JobFilter
from engine.jobs import ContractType, HoursBound, HoursType, Job, Modality
from engine.pay import PayPeriod
from engine.reading.experience import read_experience
from engine.reading.schedules.working_days import read_working_days
from engine.schedules import Schedule, ScheduleKind, Weekday, Window
from engine.seekers import Seeker
from engine.skills import normalised_words
from engine.slots import week_start
from engine.working_hours import told_hours

MAY_BE_UNSAID = (ScheduleKind.FLEXIBLE, ScheduleKind.WITHIN, ScheduleKind.ROTATING)
DEFAULTS = JobFilter()
SOLES = {"PEN": 1.0, "USD": 3.75, "EUR": 3.75 / 0.924}


def broken_limits(job: Job, seeker: Seeker, now: datetime, wanted: JobFilter = DEFAULTS) -> list[str]:
    """The names of the limits that the job breaks for this person; of `wanted`, those that words of a search set."""
    levels = dict(seeker.languages)
    experience = read_experience(f"{job.title}\n{job.description}")
    places = [normalised_words(name) for name in (job.city, job.region) if name]
    verdicts = {
        "closed": not job.is_open or (job.closes_at is not None and job.closes_at <= now),
        "modality": None not in (job.modality, wanted.modalities) and job.modality not in wanted.modalities,  # type: ignore[operator]
        "languages": bool(levels) and any(levels.get(need.code, 0) < (need.level or 0) for need in job.languages),
        "applicants": bool(job.applicant_countries) and seeker.country not in job.applicant_countries,
        "abroad": job.modality is not Modality.REMOTE and job.country not in (None, seeker.country),
        "device": None not in (job.device, seeker.device) and job.device > seeker.device,  # type: ignore[operator]
        "connection": None not in (job.connection, seeker.connection) and job.connection > seeker.connection,  # type: ignore[operator]
        "pay": _pays_less(job, seeker),
        "experience": None not in (experience, wanted.max_experience_years)
        and experience.value > wanted.max_experience_years + 1e-6,  # type: ignore[operator, union-attr]
        "place": bool(wanted.place and places)
        and job.modality is not Modality.REMOTE
        and not any(_contains(words, normalised_words(wanted.place or "")) for words in places),
        "unwanted languages": any(need.code in wanted.without_languages for need in job.languages),
        "hours a week": None not in (wanted.min_hours_per_week, told_hours(job))
        and told_hours(job) < wanted.min_hours_per_week,  # type: ignore[operator]
        "currency": None not in (wanted.currencies, job.pay) and job.pay.currency not in wanted.currencies,  # type: ignore[operator, union-attr]
        "unwanted words": any(_is_headed(job, words) for words in wanted.without_words),
        "hours type": not _is_internship(job, wanted) and _is_called_otherwise(job, wanted.hours_types),
        "hours": _lacks_hours(job, seeker, now) or _lacks_days(job, seeker, now),
    }
    return [name for name, broken in verdicts.items() if broken]


def _is_called_otherwise(job: Job, types: frozenset[HoursType] | None) -> bool:
    """Whether a job's hours are called, or by their number are, what is not asked for."""
    if types is None or job.hours_type is not None:
        return types is not None and job.hours_type not in types
    hours, full, part = told_hours(job), HoursType.FULL_TIME, HoursType.PART_TIME
    if hours is None or types - {full, part} or {full, part} <= types:
        return False
    is_part = hours <= 30 and job.hours_bound is not HoursBound.AT_LEAST
    is_full = hours >= 40 and job.hours_bound is not HoursBound.AT_MOST
    return (is_part and types == {full}) or (is_full and types == {part})


def _is_internship(job: Job, wanted: JobFilter) -> bool:
    """Whether an internship is asked for and the job is one by its contract or its headings."""
    names = {"practicante", "practicantes", "practicas", "pasante", "pasantia", "intern", "internship", "trainee"}
    headings = normalised_words(" . ".join((job.title, job.employer or "", *job.skills)))
    is_one = job.contract is ContractType.APPRENTICESHIP or bool(names & set(headings))
    return is_one and HoursType.INTERNSHIP in (wanted.hours_types or ())


def _is_headed(job: Job, words: str) -> bool:
    """Whether a job's headings have all words of some, in any number and gender."""
    headings = normalised_words(" . ".join((job.title, job.employer or "", *job.skills)))
    forms = {form for word in headings for form in (word, word_stem(word)) if form}
    return all({word, word_stem(word)} & forms for word in normalised_words(words))


def _contains(words: list[str], name: list[str]) -> bool:
    return words[: len(name)] == name


def _pays_less(job: Job, seeker: Seeker) -> bool:
    """Whether both are monthly, in soles or dollars, and the job's best pay is below the floor."""
    floor, pay = seeker.min_pay, job.pay
    if floor is None or pay is None or {floor.period, pay.period} != {PayPeriod.MONTH}:
        return False
    return (pay.max_amount or pay.amount) * SOLES[pay.currency] < floor.amount * SOLES[floor.currency]


def _lacks_hours(job: Job, seeker: Seeker, now: datetime) -> bool:
    free = seeker.availability
    if free is None:
        return False
    mine = _quarters(free.windows, free.time_zone, now) if free.windows else set(range(672))
    most = min(len(mine) / 4, free.hours_per_week or 168)
    if job.schedule is not None:
        return _lacks_hours_of(job.schedule, job, mine, most, now)
    if job.hours_bound is HoursBound.AT_MOST:
        return False
    least = job.hours_per_week or (48 if job.hours_type is HoursType.FULL_TIME else 0)
    return most < 0.8 * least - 1e-6


def _lacks_hours_of(schedule: Schedule, job: Job, mine: set[int], most: float, now: datetime) -> bool:
    work = _quarters(schedule.windows, schedule.time_zone, now)
    shared = min(len(mine & work) / 4, most)
    shifts = [_quarters(shift, schedule.time_zone, now) for shift in schedule.shifts]
    needed = schedule.hours_per_week or job.hours_per_week or 0
    if not needed and job.hours_type is HoursType.FULL_TIME and schedule.kind in MAY_BE_UNSAID and not shifts:
        needed = 48
    match schedule.kind:
        case ScheduleKind.FIXED:
            return shared < len(work) / 4
        case ScheduleKind.CORE_OVERLAP:
            return shared < 0.8 * (schedule.core_hours or 0) - 1e-6 or most < 0.8 * needed - 1e-6
        case ScheduleKind.WITHIN:
            return shared < (0.8 * needed - 1e-6 if needed else 4)
        case ScheduleKind.ONE_OF:
            return not any(shift <= mine and len(shift) / 4 <= most for shift in shifts)
        case ScheduleKind.ROTATING if shifts:
            length = max(sum(map(_length, shift)) for shift in schedule.shifts)
            return not set().union(*shifts) <= mine or most < (needed or length) - 1e-3
        case _:
            return most < 0.8 * needed - 1e-6


def _lacks_days(job: Job, seeker: Seeker, now: datetime) -> bool:
    """Whether a day that is worked, at hours that nobody told, has no quarter that is free and may be worked."""
    free, schedule = seeker.availability, job.schedule
    if free is None or (schedule is not None and schedule.kind is not ScheduleKind.WITHIN):
        return False
    days = read_working_days(f"{job.title}\n{job.description}")
    mine = _quarters(free.windows, free.time_zone, now) if free.windows else set(range(672))
    if schedule is None:
        zone = {"EC": "America/Guayaquil", "ES": "Europe/Madrid"}.get(job.country or "PE", "America/Lima")
        own: dict[Weekday, tuple[Window, ...]] = {day: (Window((day,), 0, 1440),) for day in days}
    else:
        zone = schedule.time_zone
        on = {day: [window for window in schedule.windows if day in window.days] for day in days}
        own = {
            day: tuple(Window((day,), window.start_minute, window.end_minute) for window in windows)
            for day, windows in on.items()
            if windows
        }
    return any(not mine & _quarters(windows, zone, now) for windows in own.values())


def _length(window: Window) -> float:
    return len(window.days) * ((window.end_minute - window.start_minute) % 1440 or 1440) / 60


def _quarters(windows: tuple[Window, ...], zone: str, now: datetime) -> set[int]:
    """The quarters of the UTC week whose first minute, on the wall clock of `zone`, lies in a window."""
    found = set()
    for quarter in range(672):
        local = (week_start(now) + timedelta(minutes=15 * quarter)).astimezone(ZoneInfo(zone))
        minute, today = local.hour * 60 + local.minute, local.weekday()
        for window in windows:
            overnight = window.end_minute <= window.start_minute
            begins = (
                today in window.days and window.start_minute <= minute and (overnight or minute < window.end_minute)
            )
            ends = overnight and (today - 1) % 7 in window.days and minute < window.end_minute
            if begins or ends:
                found.add(quarter)
    return found
