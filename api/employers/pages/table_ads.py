"""`/empresas/{employer_id}/trabajos/archivo`: ads that somebody keeps in a spreadsheet, read, looked at and posted.

The table itself goes along in the form: nothing is kept here before it is posted, and what cannot be posted is shown
again as it was sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import orjson
from fastapi import APIRouter, Response

from api.access.limiting import require_attempt
from api.access.rules import EmployerCaller
from api.credentials.callers import Caller
from api.employers.endpoints.organisations import EmployerId
from api.employers.pages.job_forms import CONTRACTS, MODALITIES, PERIODS, told_schedule
from api.employers.pages.organisations import organisation_values
from api.employers.pages.posting import JOBS
from api.employers.service import table_ads
from api.employers.service.mending_texts import MENDING_TEXTS
from api.employers.service.posting import post_many
from api.employers.service.table_ads import TABLE, AdTable, RowFault, TableRow, read_table, table_text
from api.employers.service.table_columns import FieldOfColumn
from api.hiring.postings import sign_documents
from api.http.problems import ProblemError, line_problem
from api.services.services import ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame
from api.web.page_routes import FilePageRoute, PageRoute
from api.web.translations import marked
from engine.documents.jobs import job_document
from engine.errors import ChambaError, InvalidInputError
from engine.jobs import Job

router = APIRouter(route_class=PageRoute)

PAGE, FILE = "employers/table.html", "archivo"
SAMPLE_NAME = "avisos-de-ejemplo.csv"
FIELDS = {
    FieldOfColumn.TITLE: marked("Qué trabajo es"),
    FieldOfColumn.DESCRIPTION: marked("Qué se hace"),
    FieldOfColumn.SCHEDULE: marked("Horario"),
    FieldOfColumn.HOURS_PER_WEEK: marked("Horas a la semana"),
    FieldOfColumn.PAY: marked("Cuánto pagas"),
    FieldOfColumn.MODALITY: marked("Dónde"),
    FieldOfColumn.CITY: marked("Distrito o ciudad del local"),
    FieldOfColumn.CONTRACT: marked("Cómo se contrata"),
    FieldOfColumn.SKILLS: marked("Qué tiene que saber usar"),
    FieldOfColumn.OPENINGS: marked("Cuántas personas buscas"),
    FieldOfColumn.CLOSES_AT: marked("Hasta cuándo se puede postular"),
}
FAULTS = {
    RowFault.BROKEN: marked("No calza con las columnas: mira si le sobra o le falta una coma o unas comillas."),
    RowFault.NO_TITLE: marked("No dice qué trabajo es."),
}
# A file of people's own, in Spanish like the ads: spreadsheet programs know its letters by its first character.
SAMPLE = """\ufeffQué trabajo es,Qué se hace,Horario,Horas a la semana,Cuánto pagas,Dónde,Distrito o ciudad del local,\
Cómo se contrata,Qué tiene que saber usar,Cuántas personas buscas,Hasta cuándo se puede postular
Vendedora o vendedor por WhatsApp,"Responder pedidos de telas, tomar fotos y anotar en Excel.",\
lunes a viernes de 7 a 10 de la noche,15,S/ 600 al mes,Desde su casa,,Por recibo por honorarios,"Excel, WhatsApp",1,
Costurera o costurero de polos,Coser y rematar polos de algodón.,sábado y domingo de 9 am a 6 pm,16,S/ 12 por hora,\
En el local,La Victoria,Por recibo por honorarios,máquina recta,3,
"""


@router.get(JOBS + "/archivo")
def get_file(caller: EmployerCaller, frame: Frame, employer_id: EmployerId) -> Response:
    """Where a file is chosen, or its cells are pasted."""
    return frame.page(PAGE, **_values(frame, caller, employer_id))


@router.get(JOBS + "/archivo/ejemplo.csv")
def get_sample(_caller: EmployerCaller, employer_id: EmployerId) -> Response:  # noqa: ARG001
    """A file to begin with."""
    headers = {"Content-Disposition": f'attachment; filename="{SAMPLE_NAME}"', "Cache-Control": "no-store"}
    return Response(SAMPLE, media_type="text/csv", headers=headers)


def post_file(
    caller: EmployerCaller, form: Form, frame: Frame, employer_id: EmployerId, services: ServicesOfApp
) -> Response:
    """What each column and row was read as; those that were ticked are posted once they were seen."""
    values, text = _values(frame, caller, employer_id), form.text(TABLE)
    try:
        require_attempt(services, (table_ads.TABLES_BY_ACCOUNT, caller.account_id))
        sent = form.file(FILE)
        text = text if sent is None else table_text(sent.content)
        table = read_table(text, _chosen(form, is_new=sent is not None), services.now())
        marks = set(form.texts("fila"))
        wanted = [row for row in table.rows if row.job is not None and row.mark in marks]
        if form.text("paso") != "publicar":
            return frame.page(PAGE, **values | _table_values(frame, table, marks))
        if not wanted or len(wanted) != len(marks):
            raise InvalidInputError("these rows were not seen yet", fix="look at them once more", field="fila")
        posted = _posted(caller, frame, form, employer_id, wanted)
    except (ProblemError, ChambaError) as error:
        shown = values | {"table_text": text}
        if isinstance(error, InvalidInputError) and error.field == "fila":
            shown |= _table_values(frame, table, marks)
        return frame.again(PAGE, error, form, **shown)
    done = {row.mark for row, line in zip(wanted, posted, strict=True) if line["posting"]}
    left = [row for row in table.rows if row.mark not in done]
    rest = _table_values(frame, AdTable(table.head, table.columns, left), set()) if left else {}
    return frame.page(PAGE, **values | rest | {"lines": posted})


router.add_api_route(JOBS + "/archivo", post_file, methods=["POST"], route_class_override=FilePageRoute)


def _posted(
    caller: Caller, frame: PageFrame, form: SentForm, employer_id: str, wanted: Sequence[TableRow]
) -> list[dict[str, Any]]:
    """What became of each."""
    reads = [partial(_job_of, row) for row in wanted]
    answer = post_many(reads, employer_id, frame.creation(form), caller, frame.services)
    lines: list[dict[str, Any]] = orjson.loads(answer.body)["items"]
    return lines


def _job_of(row: TableRow) -> Job:
    assert row.job is not None
    return row.job


def _chosen(form: SentForm, *, is_new: bool) -> list[str]:
    """What the columns of the table were said to be; of a new file nothing was."""
    return [] if is_new else [value for name, value in form.fields if name == "columna"]


def _values(frame: PageFrame, caller: Caller, employer_id: str) -> dict[str, Any]:
    return organisation_values(frame, caller, employer_id) | {
        "fields": {field.value: words for field, words in FIELDS.items()},
        "faults": {fault.value: words for fault, words in FAULTS.items()},
        "table": None,
        "table_text": "",
        "rows": [],
        "lines": None,
        "periods": PERIODS,
        "modalities": MODALITIES,
        "contracts": CONTRACTS,
    }


def _table_values(frame: PageFrame, table: AdTable, marks: set[str]) -> dict[str, Any]:
    """What is shown of a table; `marks`: what was ticked. What is in doubt is not ticked before it was seen."""
    rows = [_row_values(frame, row, marks) for row in table.rows]
    return {"table": table, "table_text": table.text_of(table.rows), "rows": rows}


def _row_values(frame: PageFrame, row: TableRow, marks: set[str]) -> Mapping[str, Any]:
    locale, job = frame.language.locale, row.job
    signs = [] if job is None else sign_documents(job.signs, locale)
    return {
        "row": row,
        "job": None if job is None else job_document(job),
        "times": "" if job is None else told_schedule(job),
        "signs": [sign | {"fix": MENDING_TEXTS[locale][sign["kind"]]} for sign in signs],
        "why": "" if row.error is None else str(line_problem(row.error).document(locale)["detail"]),
        "is_ticked": row.mark in marks if marks else not row.unread and not signs,
    }
