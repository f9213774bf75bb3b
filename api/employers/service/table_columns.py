"""What the columns of a table of ads are, by their names, and how what stands in them is read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from engine.jobs import ContractType, Modality
from engine.reading.text_cleaning import plain, tidy_line
from engine.schedules import Schedule, ScheduleKind
from store.importers.postings.mapping import SourceMapping, parse_mapping

LONGEST_NAME = 80
LIMA = "America/Lima"


class FieldOfColumn(StrEnum):
    """What of a job a column tells."""

    TITLE = "title"
    DESCRIPTION = "description"
    SCHEDULE = "schedule"
    HOURS_PER_WEEK = "hours_per_week"
    PAY = "pay"
    MODALITY = "modality"
    CITY = "city"
    CONTRACT = "contract"
    SKILLS = "skills"
    OPENINGS = "openings"
    CLOSES_AT = "closes_at"


_F = FieldOfColumn
# Names of columns as people write them, without accents; a name that has one of these words in it is taken for it too.
_NAMES: Mapping[FieldOfColumn, tuple[str, ...]] = {
    _F.TITLE: ("que trabajo es", "trabajo", "titulo", "puesto", "cargo", "ocupacion", "aviso", "title", "job"),
    _F.DESCRIPTION: (
        *("que se hace", "descripcion", "funciones", "tareas", "detalle", "detalles", "requisitos"),
        *("beneficios", "description"),
    ),
    _F.SCHEDULE: ("horario", "turno", "turnos", "dias y horas", "dias", "schedule"),
    _F.HOURS_PER_WEEK: ("horas a la semana", "horas semanales", "horas por semana", "horas", "hours"),
    _F.PAY: (
        *("cuanto pagas", "cuanto se paga", "pago", "sueldo", "salario", "remuneracion", "cada cuanto", "periodo"),
        *("pay", "salary"),
    ),
    _F.MODALITY: ("donde se trabaja", "donde", "modalidad", "presencial o remoto", "modality"),
    _F.CITY: ("distrito o ciudad", "distrito", "ciudad", "lugar", "ubicacion", "city"),
    _F.CONTRACT: ("como se contrata", "contrato", "tipo de contrato", "contract"),
    _F.SKILLS: (
        *("que hay que saber", "que tiene que saber usar", "que tiene que saber", "habilidades", "conocimientos"),
        *("herramientas", "programas", "skills"),
    ),
    _F.OPENINGS: ("cuantas personas buscas", "cuantas personas", "personas", "vacantes", "plazas", "cantidad"),
    _F.CLOSES_AT: (
        *("hasta cuando se puede postular", "hasta cuando", "fecha de cierre", "cierre", "cierra", "vence"),
        *("fecha limite", "closes"),
    ),
}
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names}
_LONGEST_FIRST = sorted(_FIELD_OF, key=len, reverse=True)
_WORD = re.compile(r"[a-z0-9]+")
# What a cell says in a word or two, as our own form says it and as shops do.
_MODALITIES = {
    **dict.fromkeys(("desde su casa", "en su casa", "en casa", "casa", "a distancia", "teletrabajo"), Modality.REMOTE),
    **dict.fromkeys(("en el local", "local", "en la tienda", "tienda", "en el taller", "taller"), Modality.ON_SITE),
    **dict.fromkeys(("en la oficina", "oficina", "en planta"), Modality.ON_SITE),
    **dict.fromkeys(("unos dias en casa y otros en el local", "mixto", "mixta", "semipresencial"), Modality.HYBRID),
}
_CONTRACTS = {
    **dict.fromkeys(("por recibo por honorarios", "por recibo", "recibo", "rxh", "honorarios"), ContractType.FREELANCE),
    **dict.fromkeys(("en planilla", "planilla", "en planilla sin fecha de termino"), ContractType.PERMANENT),
    **dict.fromkeys(("en planilla por un tiempo", "temporal", "por campana"), ContractType.FIXED_TERM),
    **dict.fromkeys(("por una obra o encargo", "por encargo", "por obra", "obra"), ContractType.PROJECT),
    **dict.fromkeys(("practicas", "practicante"), ContractType.APPRENTICESHIP),
}
_FLEXIBLE = dict.fromkeys(
    ("a su hora", "a su hora cada quien elige", "cada quien elige", "flexible", "libre"),
    Schedule(ScheduleKind.FLEXIBLE, LIMA),
)
_SAID: Mapping[FieldOfColumn, Mapping[str, Any]] = {
    _F.MODALITY: _MODALITIES,
    _F.CONTRACT: _CONTRACTS,
    _F.SCHEDULE: _FLEXIBLE,
}
_COUNT = re.compile(r"([0-9]{1,5})(?: (?:personas?|vacantes?|plazas?))?")
# How a field is read of its own columns; where these say nothing, of the ad's words.
_READERS: Mapping[FieldOfColumn, dict[str, Any]] = {
    _F.SCHEDULE: {"reader": "schedule_text"},
    _F.HOURS_PER_WEEK: {"reader": "weekly_hours_text"},
    _F.PAY: {"reader": "pay_text", "currency": "PEN", "period": "month"},
    _F.MODALITY: {"reader": "modality_text"},
    _F.CONTRACT: {"reader": "contract_text"},
    _F.CITY: {"reader": "text"},
    _F.SKILLS: {"reader": "split"},
    _F.OPENINGS: {"reader": "count"},
    _F.CLOSES_AT: {"reader": "date", "end_of_day": True},
}
_PROSE = {
    _F.SCHEDULE: "schedule_text",
    _F.HOURS_PER_WEEK: "weekly_hours_text",
    _F.PAY: "pay_prose",
    _F.MODALITY: "modality_text",
    _F.CONTRACT: "contract_text",
}
# Fields whose column's name is part of what a cell says: "Pago por hora" above "12".
_NAMED = (_F.PAY, _F.HOURS_PER_WEEK, _F.SCHEDULE)


def column_names(cells: Sequence[str]) -> list[str]:
    """The names in a row's cells, each once: one that has none, or that of another, is told by a number."""
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    shown = [tidy_line(cell)[:LONGEST_NAME] or f"Columna {place}" for place, cell in enumerate(cells, start=1)]
    seen = Counter[str]()
    names: list[str] = []
    for name in shown:
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names if len(set(names)) == len(names) else [f"{name} [{at}]" for at, name in enumerate(names, start=1)]


def field_of_name(name: str) -> FieldOfColumn | None:
    """What a column is by its name; None where that tells nothing."""
    words = _words(name)
    if words in _FIELD_OF:
        return _FIELD_OF[words]
    within = f" {words} "
    return next((_FIELD_OF[known] for known in _LONGEST_FIRST if f" {known} " in within), None)


def said_in_a_word(field: FieldOfColumn, text: str) -> Any:
    """What a cell says that is one of a few words; None for any other."""
    words = _words(text)
    if field is FieldOfColumn.OPENINGS:
        found = _COUNT.fullmatch(words)
        return int(found[1]) if found and int(found[1]) else None
    return _SAID.get(field, {}).get(words)


def mapping_of(names: Sequence[str], fields: Sequence[FieldOfColumn | None]) -> SourceMapping | None:
    """How rows are read whose columns are these; None where no column names the job."""
    columns = {field: [name for name, one in zip(names, fields, strict=True) if one is field] for field in _F}
    if not columns[_F.TITLE]:
        return None
    told = [*columns[_F.TITLE], *columns[_F.DESCRIPTION]]
    rules: dict[str, Any] = {_F.TITLE.value: {"columns": columns[_F.TITLE]}}
    if columns[_F.DESCRIPTION]:
        rules[_F.DESCRIPTION.value] = {"reader": "prose", "joined": columns[_F.DESCRIPTION]}
    for field, reader in _READERS.items():
        prose = {"reader": _PROSE[field], "joined": told} if field in _PROSE else None
        if own := columns[field]:
            headings = {"headings": own} if field in _NAMED else {}
            rules[field.value] = reader | {"joined": own} | headings | ({"otherwise": prose} if prose else {})
        elif prose:
            rules[field.value] = prose
    return parse_mapping("table", {"facts": {"country": "PE"}, "id": {"hash": told}, "fields": rules})


def _words(text: str) -> str:
    return " ".join(_WORD.findall(plain(text[: 2 * LONGEST_NAME])))
