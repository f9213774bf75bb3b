"""Weekly windows as people say them: "lun a vie 22:00-06:00"."""

from __future__ import annotations

from collections.abc import Sequence

from engine.schedules import Weekday, Window, clock_text

_LIMA = "America/Lima"
_DAYS = {
    "es": ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
}
_WORDS = {
    "es": {"to": "a", "and": "y", "every": "todos los días", "zone": "hora de {zone}"},
    "en": {"to": "to", "and": "and", "every": "every day", "zone": "{zone} time"},
}


def times_text(windows: Sequence[Window], time_zone: str, locale: str) -> str:
    """The windows in Spanish or English; a zone other than Lima's is named."""
    parts = [
        f"{days_text(window.days, locale)} {clock_text(window.start_minute)}-{clock_text(window.end_minute)}"
        for window in windows
    ]
    text = f" {_WORDS[locale]['and']} ".join(parts)
    if not parts or time_zone == _LIMA:
        return text
    place = time_zone.rpartition("/")[2].replace("_", " ")
    return f"{text} ({_WORDS[locale]['zone'].format(zone=place)})"


def days_text(days: Sequence[Weekday], locale: str) -> str:
    """Days of the week, as a range where there are three or more in a row."""
    names, words = _DAYS[locale], _WORDS[locale]
    ordered = sorted(days)
    if len(ordered) == len(names):
        return words["every"]
    if len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return f"{names[ordered[0]]} {words['to']} {names[ordered[-1]]}"
    listed = [names[day] for day in ordered]
    return f" {words['and']} ".join([part for part in (", ".join(listed[:-1]), listed[-1]) if part])
