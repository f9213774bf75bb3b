"""What jobs are to be like: the filters that a page offers, as chips that are taken away one by one."""

from __future__ import annotations

from typing import Any

from api.web.forms import SentForm
from api.web.translations import marked
from engine.jobs import ContractType, HoursType, Modality
from engine.recommendation.sorting import JobSort

# By filter and value, in the order in which they are offered.
WORDS = {
    ("modalities", Modality.REMOTE.value): marked("Remoto"),
    ("modalities", Modality.HYBRID.value): marked("Híbrido"),
    ("modalities", Modality.ON_SITE.value): marked("Presencial"),
    ("hours_types", HoursType.PART_TIME.value): marked("Medio tiempo"),
    ("hours_types", HoursType.FULL_TIME.value): marked("Tiempo completo"),
    ("contracts", ContractType.FREELANCE.value): marked("Por recibo, por encargo"),
    ("contracts", ContractType.PERMANENT.value): marked("En planilla"),
    ("without_languages", "en"): marked("Sin inglés"),
    ("max_experience_years", "0"): marked("Sin experiencia"),
}
MANY = ("modalities", "hours_types", "contracts", "without_languages")


def wanted_of_form(form: SentForm, before: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Filters and order as a form states them, or those of before without the one that is taken away."""
    removed = form.text("quitar")
    if removed:
        name, _, value = removed.partition(":")
        return _without(before, name, value), form.text("sort") if form.text("sort") in tuple(JobSort) else ""
    filters: dict[str, Any] = {}
    for name, value in WORDS:
        if value in form.texts(name):
            if name in MANY:
                filters.setdefault(name, []).append(value)
            else:
                filters[name] = float(value)
    sort = form.text("sort")
    return filters, sort if sort in tuple(JobSort) else ""


def active_chips(filters: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The filters that hold: name, value and words of each."""
    return [(name, value, words) for (name, value), words in WORDS.items() if _holds(filters, name, value)]


def _holds(filters: dict[str, Any], name: str, value: str) -> bool:
    stated = filters.get(name)
    return value in stated if isinstance(stated, list) else stated is not None and f"{stated:g}" == value


def _without(filters: dict[str, Any], name: str, value: str) -> dict[str, Any]:
    left = {other: stated for other, stated in filters.items() if other != name}
    stated = filters.get(name)
    kept = [one for one in stated if one != value] if isinstance(stated, list) else []
    return left | ({name: kept} if kept else {})
