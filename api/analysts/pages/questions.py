"""`/analisis/{topic}`: a question on a page: its plots, its numbers, what has to be said of them, and files of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, Field

from api.access.rules import AnalystCaller
from api.analysts import endpoints as analyst
from api.analysts.endpoints import Since, Until
from api.analysts.pages.overview import OVERVIEW, as_file, without_data
from api.analysts.pages.table_views import TableView, table_view
from api.analysts.pages.topics import Topic, topic_of
from api.analysts.service import snapshot_of
from api.http.problems import ProblemError
from api.services.services import ServicesOfApp
from api.web.forms import SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from engine.errors import InvalidInputError
from store.analytics.note_texts import note_words
from store.analytics.questions.answers import answer
from store.analytics.report.page import notes
from store.analytics.report.sheet import sheet
from store.analytics.snapshots import AnalyticsSnapshot, has_current
from store.analytics.tables import Filters, Format, Table

router = APIRouter(route_class=PageRoute)

TopicName = Annotated[str, Path(max_length=40, examples=["embudo"])]
FILES = {Format.CSV: ".csv", Format.PARQUET: ".parquet"}
WIDENED = "widened"


class Asked(BaseModel):
    """What a page is asked for, in its address: none of it is about anybody.

    `desde`, `hasta`: days of the first and the last week; `datos`: a snapshot; `solo`: one value of the table's
    split; `busca`: words of its rows; `fila`: the first row.
    """

    desde: str = Field("", max_length=20)
    hasta: str = Field("", max_length=20)
    datos: str = Field("", max_length=80)
    solo: str = Field("", max_length=80)
    busca: str = Field("", max_length=80)
    fila: int = Field(0, ge=0, le=1_000_000)

    def address(self, path: str, **changes: Any) -> str:
        """The address of the same with changes; what is empty is left out."""
        stated = {name: value for name, value in (self.model_dump() | changes).items() if value}
        return f"{path}?{urlencode(stated)}" if stated else path

    def form(self) -> SentForm:
        """As a form has it."""
        return SentForm(tuple((name, str(value)) for name, value in self.model_dump().items()))


class Period(BaseModel):
    """The days of a period."""

    since: Since = None
    until: Until = None

    def filters(self) -> Filters:
        """As questions take it; raises InvalidInputError."""
        return Filters(self.since, self.until)


@router.get(OVERVIEW + "/{topic}")
def get_question(
    _caller: AnalystCaller, frame: Frame, services: ServicesOfApp, topic: TopicName, asked: Annotated[Asked, Query()]
) -> Response:
    """The answer for the weeks that are asked for."""
    found = topic_of(topic)
    if not has_current(services.settings.analytics):
        return without_data(frame)
    path = f"{OVERVIEW}/{topic}"
    values: dict[str, Any] = {"topic": found, "asked": asked, "here": path, "form": asked.form()}
    try:
        filters = _period(asked).filters()
    except (ProblemError, InvalidInputError) as error:
        del values["form"]
        return frame.again("analysts/question.html", error, asked.form(), told=None, **values)
    with snapshot_of(services, asked.datos or None) as snapshot:
        told = _told(frame, found, snapshot, filters, asked, path)
    return frame.page("analysts/question.html", told=told, **values)


@router.get(OVERVIEW + "/{topic}/tabla")
def get_table(
    caller: AnalystCaller,
    frame: Frame,
    services: ServicesOfApp,
    topic: TopicName,
    asked: Annotated[Asked, Query()],
    formato: Format = Format.CSV,
) -> Response:
    """An answer's whole table as a file: for spreadsheets in the page's words, for programs as the API gives it."""
    found = topic_of(topic)
    if not has_current(services.settings.analytics):
        return without_data(frame)
    period, version, locale = _period(asked), asked.datos or None, frame.language.locale
    name = f"chamba-{topic}.{formato}"
    if formato is Format.CSV:
        with snapshot_of(services, version) as snapshot:
            content = sheet(answer(snapshot, found.question, period.filters()), locale)
        return as_file(Response(content, media_type="text/csv; charset=utf-8"), name)
    response = analyst.get_answer(
        caller, found.question, services, period.since, period.until, version, formato, locale
    )
    return as_file(response, name)


def _period(asked: Asked) -> Period:
    return checked(Period, {"since": asked.desde or None, "until": asked.hasta or None})


def _told(
    frame: PageFrame, topic: Topic, snapshot: AnalyticsSnapshot, filters: Filters, asked: Asked, path: str
) -> dict[str, Any]:
    """What a page says of an answer."""
    locale = frame.language.locale
    table = answer(snapshot, topic.question, filters)
    drawn = table if topic.drawn is topic.question else answer(snapshot, topic.drawn, filters)
    view = table_view(table, topic, locale, only=asked.solo, words=asked.busca, first=asked.fila)
    return {
        "parts": topic.draw(drawn, locale),
        "view": view,
        "hidden": table.suppressed_cells,
        "widened": [note_words(note, locale) for note in table.notes if note.key == WIDENED],
        "notes": notes([_without_widened(table)], locale),
        "snapshot": snapshot,
        "since": None if filters.since is None else _noon(filters.first_day),
        "until": None if filters.until is None else _noon(filters.last_day),
        "files": {
            ending: asked.address(f"{path}/tabla", formato=ending.value, fila=0, solo="", busca="") for ending in FILES
        },
        "more": asked.address(path, fila=view.end) if view.has_more else "",
        "before": asked.address(path, fila=max(0, view.start - TableView.MOST_ROWS)) if view.start else "",
        "is_before": bool(view.start),
    }


def _noon(day: date) -> datetime:
    """A day as pages write days."""
    return datetime.combine(day, time(12), UTC)


def _without_widened(table: Table) -> Table:
    """Without the note that stands above the plots."""
    return Table(
        table.question, table.snapshot, table.columns, (), tuple(one for one in table.notes if one.key != WIDENED)
    )
