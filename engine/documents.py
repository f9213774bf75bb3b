"""Jobs and seekers as JSON documents, in the shapes of the public API; ids live outside the document.

Unknown values are left out, times are UTC in ISO 8601 (a naive time is taken as UTC), and
`x_from_document(x_document(x), id) == x`. Bad input raises InvalidInputError with a dotted `field`.
"""

from __future__ import annotations

from typing import Any

from engine.document_fields import COUNTRY, CURRENCY, URL, DocumentFields, term_name, utc
from engine.jobs import Connection, ContractType, Device, HoursType, Job, LanguageNeed, Modality
from engine.pay import Pay, PayPeriod
from engine.schedules import (
    Schedule,
    ScheduleKind,
    Weekday,
    Window,
    clock_text,
    parse_clock,
    require_time_zone,
)
from engine.seekers import Availability, Seeker

Document = dict[str, Any]

JOB_KEYS = frozenset(Job.__slots__) - {"job_id"}
SEEKER_KEYS = frozenset(Seeker.__slots__) - {"seeker_id"}
AVAILABILITY_KEYS = frozenset(Availability.__slots__)
SCHEDULE_KEYS = frozenset(Schedule.__slots__)
PAY_KEYS = frozenset(Pay.__slots__)
WINDOW_KEYS = frozenset({"days", "start", "end"})


def job_document(job: Job) -> Document:
    """The document of `job`, without its id."""
    return _known(
        {
            "title": job.title,
            "description": job.description,
            "employer": job.employer,
            "skills": list(job.skills),
            "languages": {need.code: term_name(need.level) for need in job.languages},
            "schedule": job.schedule and _schedule_document(job.schedule),
            "hours_per_week": _number(job.hours_per_week),
            "hours_type": term_name(job.hours_type),
            "contract": term_name(job.contract),
            "modality": term_name(job.modality),
            "pay": job.pay and _pay_document(job.pay),
            "country": job.country,
            "region": job.region,
            "city": job.city,
            "applicant_countries": list(job.applicant_countries),
            "device": term_name(job.device),
            "connection": term_name(job.connection),
            "openings": job.openings,
            "source": job.source,
            "url": job.url,
            "posted_at": job.posted_at and utc(job.posted_at).isoformat(),
            "closes_at": job.closes_at and utc(job.closes_at).isoformat(),
            "is_open": job.is_open,
        }
    )


def job_from_document(document: object, job_id: str = "") -> Job:
    """The job of a document; raises InvalidInputError naming the first field that cannot be used."""
    fields = DocumentFields(document, "", JOB_KEYS)
    return Job(
        job_id=job_id,
        title=fields.required_text("title"),
        description=fields.text("description") or "",
        employer=fields.text("employer"),
        skills=fields.texts("skills"),
        languages=tuple(LanguageNeed(code, level) for code, level in fields.levels("languages")),
        schedule=_schedule(fields.part("schedule", SCHEDULE_KEYS)),
        hours_per_week=fields.weekly_hours("hours_per_week"),
        hours_type=fields.choice("hours_type", HoursType),
        contract=fields.choice("contract", ContractType),
        modality=fields.choice("modality", Modality),
        pay=_pay(fields.part("pay", PAY_KEYS)),
        country=fields.code("country", COUNTRY),
        region=fields.text("region"),
        city=fields.text("city"),
        applicant_countries=fields.texts("applicant_countries", COUNTRY),
        device=fields.choice("device", Device),
        connection=fields.choice("connection", Connection),
        openings=fields.count("openings"),
        source=fields.text("source") or "api",
        url=fields.code("url", URL),
        posted_at=fields.moment("posted_at"),
        closes_at=fields.moment("closes_at"),
        is_open=fields.flag("is_open", default=True),
    )


def seeker_document(seeker: Seeker) -> Document:
    """The document of `seeker`, without its id."""
    return _known(
        {
            "text": seeker.text,
            "skills": list(seeker.skills),
            "languages": {code: term_name(level) for code, level in seeker.languages},
            "availability": seeker.availability and _availability_document(seeker.availability),
            "device": term_name(seeker.device),
            "connection": term_name(seeker.connection),
            "min_pay": seeker.min_pay and _pay_document(seeker.min_pay),
            "country": seeker.country,
        }
    )


def seeker_from_document(document: object, seeker_id: str = "") -> Seeker:
    """The seeker of a document; raises InvalidInputError naming the first field that cannot be used."""
    fields = DocumentFields(document, "", SEEKER_KEYS)
    languages = []
    for code, level in fields.levels("languages"):
        if level is None:
            raise fields.error(f"languages.{code}", "a person's language has no level", "A1 to C2, or native")
        languages.append((code, level))
    return Seeker(
        seeker_id=seeker_id,
        text=fields.text("text") or "",
        skills=fields.texts("skills"),
        languages=tuple(languages),
        availability=_availability(fields.part("availability", AVAILABILITY_KEYS)),
        device=fields.choice("device", Device),
        connection=fields.choice("connection", Connection),
        min_pay=_pay(fields.part("min_pay", PAY_KEYS)),
        country=fields.code("country", COUNTRY) or "PE",
    )


def _known(document: Document) -> Document:
    return {key: value for key, value in document.items() if value not in (None, "", [], {})}


def _number(value: float | None) -> float | None:
    """The one way to write a number: 20 and 20.0 are the same document, with the same hash."""
    return None if value is None else float(value)


def _pay_document(pay: Pay) -> Document:
    document = {"amount": _number(pay.amount), "max_amount": _number(pay.max_amount), "currency": pay.currency}
    return _known({**document, "period": pay.period.value})


def _window_document(window: Window) -> Document:
    days = [day.name.lower() for day in window.days]
    return {"days": days, "start": clock_text(window.start_minute), "end": clock_text(window.end_minute)}


def _schedule_document(schedule: Schedule) -> Document:
    return _known(
        {
            "kind": schedule.kind.value,
            "time_zone": schedule.time_zone,
            "windows": [_window_document(window) for window in schedule.windows],
            "hours_per_week": _number(schedule.hours_per_week),
            "core_hours": _number(schedule.core_hours),
        }
    )


def _availability_document(free: Availability) -> Document:
    windows = [_window_document(window) for window in free.windows]
    return _known({"time_zone": free.time_zone, "hours_per_week": _number(free.hours_per_week), "windows": windows})


def _pay(fields: DocumentFields | None) -> Pay | None:
    if fields is None:
        return None
    amount, period = fields.number("amount"), fields.choice("period", PayPeriod)
    currency = fields.code("currency", CURRENCY)
    if amount is None or currency is None or period is None:
        missing = next(key for key in ("amount", "currency", "period") if fields.values.get(key) is None)
        raise fields.error(missing, "pay is incomplete", "amount, currency and period")
    max_amount = fields.number("max_amount")
    with fields.inside():
        return Pay(amount, currency, period, max_amount)


def _schedule(fields: DocumentFields | None) -> Schedule | None:
    if fields is None:
        return None
    kind = fields.choice("kind", ScheduleKind)
    if kind is None:
        raise fields.error("kind", "the schedule has no kind", " or ".join(ScheduleKind))
    zone, windows = fields.text("time_zone") or "UTC", _windows(fields)
    hours, core_hours = fields.number("hours_per_week"), fields.number("core_hours")
    with fields.inside():
        return Schedule(kind, zone, windows, hours, core_hours)


def _availability(fields: DocumentFields | None) -> Availability | None:
    if fields is None:
        return None
    zone = fields.required_text("time_zone")
    with fields.inside():
        require_time_zone(zone)
    return Availability(zone, _windows(fields), fields.weekly_hours("hours_per_week"))


def _windows(parent: DocumentFields) -> tuple[Window, ...]:
    windows = []
    for position, value in enumerate(parent.items("windows")):
        fields = DocumentFields(value, f"{parent.name('windows')}.{position}", WINDOW_KEYS)
        days = tuple(_weekday(fields, day) for day in fields.texts("days"))
        start_minute, end_minute = _clock(fields, "start"), _clock(fields, "end")
        with fields.inside():
            windows.append(Window(days, start_minute, end_minute))
    return tuple(windows)


def _clock(fields: DocumentFields, key: str) -> int:
    clock = fields.required_text(key)
    with fields.inside(key):
        return parse_clock(clock)


def _weekday(fields: DocumentFields, name: str) -> Weekday:
    if name in WEEKDAYS:
        return WEEKDAYS[name]
    raise fields.error("days", "not a day", ", ".join(WEEKDAYS), name)


WEEKDAYS = {day.name.lower(): day for day in Weekday}
