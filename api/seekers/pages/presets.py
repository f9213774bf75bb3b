"""Hours that many people have, to be set by one touch."""

from __future__ import annotations

from functools import cache

from api.web.translations import marked
from api.web.weeks import cells_between

WORKDAYS, WEEKEND, EVERY_DAY = range(5), range(5, 7), range(7)
_HOURS = {
    "noches": (EVERY_DAY, range(19, 23)),
    "mananas": (WORKDAYS, range(8, 13)),
    "tardes": (WORKDAYS, range(14, 19)),
    "fines": (WEEKEND, range(8, 20)),
    # State schools of the morning turn, with the way there and back.
    "colegio": (WORKDAYS, range(8, 13)),
}
PRESETS = {
    "noches": marked("Noches, de 7 a 11"),
    "mananas": marked("Mañanas"),
    "tardes": marked("Tardes"),
    "fines": marked("Fines de semana"),
    "colegio": marked("Mientras el niño está en el colegio"),
    "nada": marked("Borrar todo"),
}


@cache
def preset_cells(name: str) -> frozenset[str]:
    """The cells of the week that a preset sets."""
    return cells_between(*_HOURS.get(name, (range(0), range(0))))
