"""Everything that an ad says beside its text, named and told for whoever judges it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from api.web.formats import moment_of
from api.web.translations import marked

FACTS = {
    "employer": marked("Empresa"),
    "modality": marked("Modalidad"),
    "country": marked("País"),
    "region": marked("Región"),
    "city": marked("Ciudad"),
    "pay": marked("Pago"),
    "hours_type": marked("Horario"),
    "hours_per_week": marked("Horas por semana"),
    "schedule": marked("Horas"),
    "contract": marked("Contrato"),
    "skills": marked("Habilidades"),
    "languages": marked("Idiomas"),
    "education": marked("Estudios"),
    "experience_years": marked("Años de experiencia"),
    "device": marked("Equipo"),
    "connection": marked("Conexión"),
    "source": marked("Fuente"),
    "url": marked("Dirección"),
    "posted_at": marked("Publicado"),
    "closes_at": marked("Cierra"),
}
# Values that are codes; others are told as they are.
CODES = {
    "remote": marked("remoto"),
    "hybrid": marked("híbrido"),
    "on_site": marked("presencial"),
    "full_time": marked("tiempo completo"),
    "part_time": marked("medio tiempo"),
    "freelance": marked("por recibo, por encargo"),
    "project": marked("por proyecto"),
    "permanent": marked("en planilla"),
    "temporary": marked("por un tiempo"),
    "internship": marked("prácticas"),
    "phone": marked("celular"),
    "tablet": marked("tableta"),
    "computer": marked("computadora"),
    "mobile_data": marked("datos del celular"),
    "broadband": marked("internet fijo"),
    "hour": marked("hora"),
    "day": marked("día"),
    "week": marked("semana"),
    "month": marked("mes"),
    "year": marked("año"),
    "mon": marked("lun"),
    "tue": marked("mar"),
    "wed": marked("mié"),
    "thu": marked("jue"),
    "fri": marked("vie"),
    "sat": marked("sáb"),
    "sun": marked("dom"),
}
NOT_FACTS = frozenset({"title", "description", "signs", "apply", "is_open", "job_id", "time_zone", "comparable_pay"})
MOMENTS = frozenset({"posted_at", "closes_at"})
Words = Callable[[str], str]


def job_facts(job: Mapping[str, Any], words: Words) -> list[tuple[str, str]]:
    """The name and the value of each; what has no name here has its own."""
    named = [name for name in FACTS if name in job] + sorted(job.keys() - FACTS.keys() - NOT_FACTS)
    return [(FACTS.get(name, name), said) for name in named if (said := _fact(name, job[name], words))]


def _fact(name: str, value: Any, words: Words) -> str:
    if name in MOMENTS and isinstance(value, str):
        return f"{moment_of(value):%d/%m/%Y %H:%M}"
    if name == "pay" and isinstance(value, Mapping):
        return _pay(value, words)
    if name == "schedule" and isinstance(value, Mapping):
        return _schedule(value, words)
    return _said(value, words)


def _pay(pay: Mapping[str, Any], words: Words) -> str:
    amounts = [f"{pay[name]:,g}" for name in ("amount", "max_amount") if pay.get(name) is not None]
    rest = {name: value for name, value in pay.items() if name not in {"amount", "max_amount", "currency", "period"}}
    period = words(CODES.get(str(pay.get("period")), str(pay.get("period"))))
    told = f"{' – '.join(amounts)} {pay.get('currency', '')} / {period}"
    return "; ".join(part for part in (told, _said(rest, words)) if part)


def _schedule(schedule: Mapping[str, Any], words: Words) -> str:
    windows = [_window(one, words) for one in schedule.get("windows") or []]
    shifts = [", ".join(_window(one, words) for one in shift) for shift in schedule.get("shifts") or []]
    rest = {name: value for name, value in schedule.items() if name not in {"windows", "shifts", "kind"}}
    return "; ".join(part for part in (*windows, *shifts, _said(rest, words)) if part)


def _window(window: Mapping[str, Any], words: Words) -> str:
    days = ", ".join(words(CODES.get(day, day)) for day in window.get("days") or [])
    return f"{days} {window.get('start', '')}–{window.get('end', '')}"


def _said(value: Any, words: Words) -> str:
    if value is None or value is False or value in ([], {}):
        return ""
    if value is True:
        return words(marked("sí"))
    if isinstance(value, Mapping):
        told = ((name, _said(inner, words)) for name, inner in value.items())
        return "; ".join(f"{name}: {said}" for name, said in told if said)
    if isinstance(value, list):
        return ", ".join(said for inner in value if (said := _said(inner, words)))
    return f"{value:g}" if isinstance(value, float) else words(CODES.get(str(value), str(value)))
