"""The hours of a job as people give them: painted on a week, set by one touch, or left to who works."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import orjson

from api.web.forms import SentForm
from api.web.translations import marked
from api.web.weeks import LIMA, cells_between, cells_of, painted, windows_painted
from engine.documents.parts import window_document
from engine.errors import InvalidInputError

LONGEST_SCHEDULE = 8_000
AS_TOLD, FIXED, WITHIN, FLEXIBLE, UNSAID = "as_told", "fixed", "within", "flexible", "unsaid"
WORKDAYS, TO_SATURDAY, WEEKEND = range(5), range(6), range(5, 7)
NONE = "nada"
_HOURS = {
    "oficina": (WORKDAYS, range(9, 18)),
    "tienda": (TO_SATURDAY, range(10, 20)),
    "mananas": (WORKDAYS, range(8, 13)),
    "tardes": (WORKDAYS, range(14, 19)),
    "noches": (WORKDAYS, range(19, 22)),
    "fines": (WEEKEND, range(9, 18)),
}
PRESETS = {
    "oficina": marked("Lunes a viernes, de 9 a 6"),
    "tienda": marked("Lunes a sábado, de 10 a 8"),
    "mananas": marked("Mañanas, de 8 a 1"),
    "tardes": marked("Tardes, de 2 a 7"),
    "noches": marked("Noches, de 7 a 10"),
    "fines": marked("Sábado y domingo, de 9 a 6"),
    NONE: marked("Borrar todo"),
}
PRESET = "poner"


def preset_cells(name: str) -> frozenset[str]:
    """The cells of the week that a preset sets; none for `NONE`, which clears them."""
    return cells_between(*_HOURS.get(name, (range(0), range(0))))


def painted_cells(form: SentForm) -> set[str]:
    """What is painted, with what the preset that was pressed sets."""
    preset = form.text(PRESET)
    if preset == NONE:
        return set()
    return cells_of(painted(form.texts("cell"))) | preset_cells(preset)


def how_of_form(form: SentForm) -> str:
    """How the hours are meant: those that are painted, where nothing else is chosen."""
    return form.text("how") or (FIXED if painted_cells(form) else "")


def schedule_of_form(form: SentForm, hours_per_week: float | None) -> dict[str, Any] | None:
    """The document of a schedule; raises InvalidInputError where hours are to be painted and none is."""
    how = how_of_form(form)
    stated_hours = {} if hours_per_week is None else {"hours_per_week": hours_per_week}
    if how == AS_TOLD and len(form.text("schedule_json")) <= LONGEST_SCHEDULE:
        with suppress(orjson.JSONDecodeError):
            read = orjson.loads(form.text("schedule_json"))
            return read if isinstance(read, dict) else None
        return None
    if how == FLEXIBLE:
        return {"kind": FLEXIBLE, "time_zone": LIMA} | stated_hours
    if how not in (FIXED, WITHIN):
        return None
    windows = [window_document(one) for one in windows_painted(painted(painted_cells(form)))]
    if not windows:
        raise InvalidInputError("no hour is painted", fix="paint the hours, or choose another answer", field="how")
    return {"kind": how, "time_zone": LIMA, "windows": windows} | (stated_hours if how == WITHIN else {})
