"""`/buscar/horas`: when somebody has time: painted, set by one touch, told in words, or read from their calendar."""

from __future__ import annotations

from typing import Any

import numpy as np
from fastapi import APIRouter, Response

from api.access.rules import Visitor
from api.http.problems import ProblemError
from api.seekers.pages.drafts import SearchDraft, keep_draft
from api.seekers.pages.people import after_step, draft_of_caller, has_profile
from api.seekers.pages.presets import PRESETS, preset_cells
from api.services.services import Services, ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame
from api.web.page_routes import FilePageRoute, PageRoute
from api.web.translations import marked
from api.web.weeks import (
    DAYTIME,
    LIMA,
    SMALL_HOURS,
    hours_of_windows,
    painted,
    rows_of_cells,
    windows_painted,
)
from engine.errors import ChambaError, InvalidInputError
from engine.filtering.filters import JobFilter
from engine.schedules import Weekday, Window
from engine.search.chips import with_chips
from engine.search.profiles import stated_in_profile
from engine.search.tokens import LONGEST_SEARCH
from engine.seekers import Seeker
from engine.slots import local_minutes
from engine.week_windows import windows_of
from store.importers.calendars.availability import availability_from_calendar

router = APIRouter(route_class=PageRoute)

WHEN, NEXT = "/buscar/horas", "/buscar/equipo"
# Who uploads a calendar and painted nothing could work at any hour of the day that the calendar leaves free.
AWAKE = Window(tuple(Weekday), 6 * 60, 23 * 60)


@router.get(WHEN)
def get_when(caller: Visitor, frame: Frame) -> Response:
    """The second step: when one has time."""
    return _page(frame, draft_of_caller(frame, caller))


@router.post(WHEN)
def post_when(caller: Visitor, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """The hours are kept; a preset adds to what is painted and shows the week again."""
    before, preset = draft_of_caller(frame, caller), form.text("poner")
    draft = _with_painted(before, form, preset)
    try:
        draft = _with_words(draft, form.text("words"), services)
        if preset:
            return keep_draft(frame, frame.see(WHEN), draft)
        return after_step(frame, caller, draft, NEXT)
    except (ProblemError, ChambaError) as error:
        return _page(frame, draft, form, error)


def post_calendar(caller: Visitor, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """The free hours of a calendar file; what it cannot say of a week is told."""
    draft, sent, locale = draft_of_caller(frame, caller), form.file("calendar"), frame.language.locale
    try:
        if sent is None:
            raise InvalidInputError("no file was chosen", fix="choose the calendar's file", field="calendar")
        hours = draft.hours or (AWAKE,)
        today = services.now().date()
        found = availability_from_calendar(
            sent.content, default_time_zone=LIMA, around=today, locale=locale, hours=hours
        )
    except (ProblemError, ChambaError) as error:
        return _page(frame, draft, form, error)
    notes = tuple(note.text for note in found.notes)
    changed = draft.with_hours(found.availability.windows)
    return keep_draft(frame, _page(frame, changed, notes=notes, said=marked("Leímos tu calendario.")), changed)


router.add_api_route("/buscar/calendario", post_calendar, methods=["POST"], route_class_override=FilePageRoute)


def _with_painted(draft: SearchDraft, form: SentForm, preset: str) -> SearchDraft:
    """The draft with the cells of a form; hours that are told to the minute stay while their cells do."""
    cells = painted(form.texts("cell"))
    if preset == "nada":
        return draft.with_hours(())
    if preset in PRESETS:
        cells |= painted(preset_cells(preset))
    if np.array_equal(cells, hours_of_windows(draft.hours)):
        return draft
    return draft.with_hours(windows_painted(cells))


def _with_words(draft: SearchDraft, words: str, services: Services) -> SearchDraft:
    """The draft with the hours that words tell beside; raises InvalidInputError for words that tell none."""
    if not words:
        return draft
    lexicon = services.bundle().recommender.lexicon
    stated = stated_in_profile(Seeker(text=words[:LONGEST_SEARCH]), lexicon)
    told = with_chips(stated.chips, Seeker(), JobFilter()).seeker.availability
    if told is None or not told.windows:
        raise InvalidInputError(
            "these words tell no hours of the week",
            expected="hours such as lunes a viernes de 7 a 11 de la noche",
            field="words",
        )
    minutes = local_minutes(draft.hours) | local_minutes(told.windows)
    return draft.with_hours(windows_of(minutes))


def _page(
    frame: PageFrame,
    draft: SearchDraft,
    form: SentForm | None = None,
    error: Exception | None = None,
    *,
    notes: tuple[str, ...] = (),
    said: str = "",
) -> Response:
    presets = [(name, words, " ".join(sorted(preset_cells(name)))) for name, words in PRESETS.items()]
    values: dict[str, Any] = {
        "draft": draft,
        "cells": draft.cells,
        "day_rows": rows_of_cells(DAYTIME),
        "night_rows": rows_of_cells(SMALL_HOURS),
        "presets": presets,
        "notes": notes,
        "has_profile": has_profile(frame),
    }
    if error is not None:
        return frame.again("seekers/when.html", error, form or SentForm(), **values)
    if said:
        values["said"] = frame.words(said)
    return frame.page("seekers/when.html", **values)
