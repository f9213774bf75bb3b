"""A job as people fill it in, and as the API takes it: a short form in their words, and back.

What the form does not ask of a job that is edited (an address, a region, other languages) stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

import orjson

from api.employers.pages.work_hours import (
    AS_TOLD,
    LONGEST_SCHEDULE,
    how_of_form,
    painted_cells,
    schedule_of_form,
)
from api.web.forms import SentForm
from api.web.translations import marked
from api.web.weeks import LIMA, cells_of, hours_of_windows
from engine.documents.jobs import job_from_document
from engine.errors import ChambaError, InvalidInputError
from engine.jobs import Job, LanguageLevel
from engine.reading.amounts import read_number
from engine.schedules import Schedule, ScheduleKind
from engine.times_text import times_text

MOST_SKILLS, LONGEST_NUMBER = 30, 15
DAY_ENDS = "T23:59:59-05:00"
# By field of the document: what is asked by the name of the field itself, one of some values or none.
CHOICES = ("contract", "modality", "device", "connection")
PERIODS = {
    "month": marked("al mes"),
    "week": marked("a la semana"),
    "day": marked("al día"),
    "hour": marked("por hora"),
    "year": marked("al año"),
    "project": marked("por todo el trabajo"),
}
CONTRACTS = {
    "": marked("No lo digo"),
    "freelance": marked("Por recibo por honorarios"),
    "permanent": marked("En planilla, sin fecha de término"),
    "fixed_term": marked("En planilla, por un tiempo"),
    "project": marked("Por una obra o encargo"),
    "apprenticeship": marked("Prácticas"),
    "other": marked("Otro"),
}
MODALITIES = {
    "remote": marked("Desde su casa"),
    "hybrid": marked("Unos días en casa y otros en el local"),
    "on_site": marked("En el local"),
}
DEVICES = {
    "": marked("No importa"),
    "phone": marked("Basta un celular"),
    "tablet": marked("Hace falta una tablet o computadora"),
    "computer": marked("Hace falta una computadora"),
}
CONNECTIONS = {
    "": marked("No importa"),
    "mobile_data": marked("Bastan los datos del celular"),
    "broadband": marked("Hace falta internet en casa"),
}
LEVELS = {
    "": marked("No hace falta"),
    "A2": marked("Lo básico"),
    "B1": marked("Conversar de lo diario"),
    "B2": marked("Trabajar en ese idioma"),
    "C1": marked("Hablarlo muy bien"),
}
ASKED_LANGUAGES = ("en", "qu")
EXPERIENCES = {
    "": marked("No lo digo"),
    "none": marked("No hace falta"),
    "months": marked("Unos meses"),
    "1": marked("Un año"),
    "2": marked("Dos años o más"),
}
_NUMBER = re.compile(r"[0-9][0-9., ]*")
# What an ad says of it, as readers of ads read it: these words are part of the ad, not of the page.
EXPERIENCE_SENTENCES = {
    "none": "No se requiere experiencia.",
    "months": "Experiencia mínima de 6 meses.",
    "1": "Experiencia mínima de 1 año.",
    "2": "Experiencia mínima de 2 años.",
}


def document_of_form(form: SentForm, before: Mapping[str, Any]) -> dict[str, Any]:
    """The document of a filled-in form; raises InvalidInputError for what is no number, date or schedule.

    `before`: that of the job that is edited; empty for a new one.
    """
    asked = {"title", "description", "skills", "languages", "schedule", "hours_per_week", "pay", "city", "openings"}
    asked |= {"closes_at", "readings", "signs", "apply", "hours_bound", "hours_type", *CHOICES}
    document = {name: value for name, value in before.items() if name not in asked}
    hours = _number(form, "hours_per_week")
    stated: dict[str, Any] = {
        "country": before.get("country", "PE"),
        "title": form.text("title"),
        "description": _description(form),
        "skills": form.lines("skills")[:MOST_SKILLS],
        "languages": _languages(form, before),
        "schedule": schedule_of_form(form, hours),
        "hours_per_week": hours,
        "hours_bound": before.get("hours_bound") if hours == before.get("hours_per_week") else None,
        "pay": _pay(form, before),
        "city": form.text("city"),
        "openings": _whole(form, "openings"),
        "closes_at": _end(form),
        **{name: form.text(name) for name in CHOICES},
    }
    told = {name: value for name, value in stated.items() if value not in ("", None, [], {}) or name == "title"}
    is_as_before = all(told.get(name) == before.get(name) for name in ("schedule", "hours_per_week"))
    hours_type = {"hours_type": before["hours_type"]} if is_as_before and "hours_type" in before else {}
    return document | told | hours_type


def values_of_document(document: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows of a job that is known already."""
    pay, languages = document.get("pay") or {}, document.get("languages") or {}
    schedule, closes_at = document.get("schedule"), document.get("closes_at")
    cells, how, told = _painted_of(document) if schedule else (set(), "", "")
    return {
        "title": document.get("title", ""),
        "text": document.get("description", ""),
        "skills": ", ".join(document.get("skills") or ()),
        "cells": cells,
        "how": how,
        "schedule_told": told,
        "schedule_json": orjson.dumps(schedule).decode() if how == AS_TOLD else "",
        "hours_per_week": _shown(document.get("hours_per_week") or (schedule or {}).get("hours_per_week")),
        "pay_amount": _shown(pay.get("amount")),
        "pay_most": _shown(pay.get("max_amount")),
        "pay_period": pay.get("period", "month"),
        "currency": pay.get("currency", "PEN"),
        "english": _level(languages, "en"),
        "quechua": _level(languages, "qu"),
        "city": document.get("city") or "",
        "openings": _shown(document.get("openings")),
        "closes_at": closes_at[:10] if isinstance(closes_at, str) else "",
        **{name: document.get(name) or "" for name in CHOICES},
    }


def values_of_form(form: SentForm) -> dict[str, Any]:
    """What the form shows of what was typed so far."""
    names = ("title", "text", "skills", "hours_per_week", "pay_amount", "pay_most", "pay_period", "english", "quechua")
    shown: dict[str, Any] = {name: form.text(name) for name in (*names, "city", "openings", "closes_at", *CHOICES)}
    schedule_json = form.text("schedule_json")[:LONGEST_SCHEDULE]
    told = ""
    with suppress(ChambaError, ValueError):
        told = told_schedule(job_from_document({"title": "x", "schedule": orjson.loads(schedule_json)}))
    return shown | {
        "currency": form.text("currency") or "PEN",
        "cells": painted_cells(form),
        "how": how_of_form(form),
        "schedule_told": told,
        "schedule_json": schedule_json if told else "",
    }


def _description(form: SentForm) -> str:
    text, sentence = form.text("text"), EXPERIENCE_SENTENCES.get(form.text("experience"), "")
    return text if sentence in text else f"{text}\n{sentence}".strip()


def _languages(form: SentForm, before: Mapping[str, Any]) -> dict[str, Any]:
    levels = {level.name for level in LanguageLevel} | {"native"}
    kept = {code: level for code, level in (before.get("languages") or {}).items() if code not in ASKED_LANGUAGES}
    asked = dict(zip(ASKED_LANGUAGES, (form.text("english"), form.text("quechua")), strict=True))
    known = before.get("languages") or {}
    same = {code: known[code] for code, level in asked.items() if level and level == _level(known, code)}
    return kept | {code: level for code, level in asked.items() if level in levels} | same


def _pay(form: SentForm, before: Mapping[str, Any]) -> dict[str, Any] | None:
    amount, most = _number(form, "pay_amount"), _number(form, "pay_most")
    if amount is None and most is None:
        return None
    period = form.text("pay_period") if form.text("pay_period") in PERIODS else "month"
    told = before.get("pay") or {}
    pay = {"amount": amount or 0, "currency": told.get("currency", "PEN"), "period": period}
    extras = {"extras": told["extras"]} if told.get("extras") else {}
    return pay | extras | ({"max_amount": most} if most is not None and most != amount else {})


def _number(form: SentForm, name: str) -> float | None:
    """A number as people write them: "1200", "S/ 1,200", "7.50", "7,5"."""
    written = form.text(name).upper().removeprefix("S/").strip(". ")
    if not written:
        return None
    is_short = len(written) <= LONGEST_NUMBER and written.isascii()
    number = read_number(written) if is_short and _NUMBER.fullmatch(written) else None
    if number is None:
        raise InvalidInputError("that is no number", expected="digits alone, such as 1200", field=name)
    return number


def _whole(form: SentForm, name: str) -> int | None:
    number = _number(form, name)
    if number is not None and not number.is_integer():
        raise InvalidInputError("that is no number", expected="digits alone, such as 1200", field=name)
    return None if number is None else int(number)


def _end(form: SentForm) -> str | None:
    text = form.text("closes_at")
    if not text:
        return None
    try:
        return date.fromisoformat(text).isoformat() + DAY_ENDS
    except ValueError:
        raise InvalidInputError("that is no day", expected="such as 2026-12-31", field="closes_at") from None


def _painted_of(document: Mapping[str, Any]) -> tuple[set[str], str, str]:
    """Cells of the grid, how the hours are meant, and their words where the grid cannot show them."""
    job = job_from_document({"title": "x", "schedule": document["schedule"]})
    schedule = job.schedule
    assert schedule is not None
    cells = cells_of(hours_of_windows(schedule.windows)) if schedule.windows else set()
    if schedule.kind is ScheduleKind.FLEXIBLE:
        return cells, "flexible", ""
    is_simple = schedule.kind in (ScheduleKind.FIXED, ScheduleKind.WITHIN) and schedule.time_zone == LIMA
    if is_simple and hours_are_whole(schedule):
        return cells, schedule.kind.value, ""
    return cells, AS_TOLD, told_schedule(job)


def hours_are_whole(schedule: Schedule) -> bool:
    """Whether a grid of hours shows a schedule as it is."""
    return all(one.start_minute % 60 == 0 and one.end_minute % 60 == 0 for one in schedule.windows)


def told_schedule(job: Job) -> str:
    schedule = job.schedule
    if schedule is None:
        return ""
    shifts = schedule.shifts or ((schedule.windows,) if schedule.windows else ())
    return " / ".join(times_text(windows, schedule.time_zone, "es") for windows in shifts)


def _level(languages: Mapping[str, Any], code: str) -> str:
    """The level that the form offers at or below the one that is asked for; one without a level is the least."""
    if code not in languages:
        return ""
    level = languages[code] or "A2"
    offered = [one for one in LEVELS if one]
    return max((one for one in offered if one <= level), default="A2") if level != "native" else offered[-1]


def _shown(number: Any) -> str:
    return "" if number is None else f"{number:g}" if number < 1_000_000 else str(number)
