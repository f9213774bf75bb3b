"""An analyst at a ministry, who knows statistics and no code: takes the data, asks, looks, and takes tables along."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest
from fastapi.testclient import TestClient

from api.analysts.pages.topics import TOPICS
from api.analysts.service import new_snapshot
from sample.world import World
from store.analytics.attempts import newest_attempt, note_beginning, note_end
from store.analytics.questions.answers import ANSWERS, LONG
from store.analytics.tables import Question, Table
from store.people.accounts import Role
from tests.api.services_of import services_of
from tests.api.web.browser import Reader, account_of
from tests.api.web.market import fill

NAMES = sorted(TOPICS)
QUESTIONS_WITH_PERIOD = [name for name in NAMES if TOPICS[name].has_period]


class Read(HTMLParser):
    """A page as somebody reads it who sees no picture: its tables, and what its pictures are called."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.pictures: list[str] = []
        self.links: list[str] = []
        self._into: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag == "title":
            self.pictures.append("")
        elif tag == "a":
            self.links.append(dict(attrs).get("href") or "")
        if tag in ("td", "th", "title"):
            self._into = tag

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "title"):
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._into == "title":
            self.pictures[-1] += data
        elif self._into is not None:
            self.rows[-1][-1] += data


@pytest.fixture(scope="module")
def asked(client: TestClient, tiny_world: World) -> TestClient:
    """An app whose data were taken."""
    fill(services_of(client), tiny_world)
    new_snapshot(services_of(client))
    return client


@pytest.fixture(scope="module")
def analyst(asked: TestClient) -> Reader:
    return Reader(asked, account_of(asked, Role.ANALYST, "analista@ministerio.example"))


def test_from_the_first_click_to_a_table_in_a_report(open_app: Callable[..., TestClient], tiny_world: World) -> None:
    app = open_app()
    fill(services_of(app), tiny_world)
    lucia = Reader(app, account_of(app, Role.ANALYST, "lucia@ministerio.example"))
    lucia.opens("/analisis")
    assert "Todavía no hay datos" in lucia.words
    lucia.opens("/analisis/embudo")
    assert "Tómalos con el botón" in lucia.words
    lucia.sends("/analisis/datos")
    assert lucia.page is not None
    for _ in range(3):
        if "Se están tomando" not in lucia.words:
            break
        lucia.opens("/analisis")
    lucia.opens("/analisis")
    assert "que se tomó hoy" in lucia.words
    assert re.search(r"La última toma tardó \d+ segundo", lucia.words)
    for topic in TOPICS.values():
        assert topic.title in lucia.words
        assert topic.about in lucia.words
    lucia.opens("/analisis/habilidades?busca=excel")
    shown = Read(lucia.page.text)
    assert shown.pictures[1:] == ["Las más pedidas", "Las más escasas: menos personas por cada empleo que las pide"]
    found = [row[0] for row in shown.rows[1:]]
    assert found
    assert all("excel" in name.casefold() for name in found)
    (link,) = [one for one in shown.links if "formato=csv" in one]
    sheet = lucia.opens(link)
    assert sheet.headers["content-disposition"] == 'attachment; filename="chamba-habilidades.csv"'
    rows = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert rows[0] == ["Habilidad", "Personas", "Empleos (empleos abiertos)", "Vacantes", "Personas por empleo abierto"]
    assert len(rows) - 1 > len(found)  # the whole table, whatever the page shows of it
    assert [row[:4] for row in shown.rows[1:]] == [row[:4] for row in rows[1:] if "excel" in row[0].casefold()]
    report = lucia.opens("/analisis/informe")
    assert report.headers["content-disposition"].startswith("attachment")
    assert "<svg" in report.text


def test_every_question_has_a_page(asked: TestClient) -> None:
    del asked
    assert {topic.question for topic in TOPICS.values()} == set(Question)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["es", "en"])
def test_a_page_draws_tells_and_gives_every_number(analyst: Reader, name: str, language: str) -> None:
    analyst.client.headers["Accept-Language"] = language
    page = analyst.opens(f"/analisis/{name}")
    analyst.client.headers["Accept-Language"] = "es"
    assert page.status_code == 200, page.text
    shown = Read(page.text)
    assert all(title.strip() for title in shown.pictures)
    assert page.text.count("<h1>") == 1
    served = analyst.client.get(f"/analisis/{name}/tabla?formato=csv").content.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(served)))
    columns = [column for column in table[0] if not re.search(", (desde|hasta|from|to)\\b", column)]
    assert len(shown.rows[0]) == len(columns)
    assert len(shown.rows) == min(len(table), 61)
    assert len(page.content) < 60_000


@pytest.mark.parametrize("name", NAMES)
def test_tables_are_the_same_in_both_files(analyst: Reader, name: str, tmp_path: Path) -> None:
    kept = analyst.client.get(f"/analisis/{name}/tabla?formato=parquet")
    assert kept.headers["content-disposition"] == f'attachment; filename="chamba-{name}.parquet"'
    assert kept.headers["cache-control"] == "no-store"
    file = tmp_path / "tabla.parquet"
    file.write_bytes(kept.content)
    read = duckdb.sql(f"FROM '{file}'").fetchall()
    served = analyst.client.get(f"/analisis/{name}/tabla").content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(served)))) - 1 == len(read)


def test_what_is_hidden_is_shown_as_hidden_and_said(analyst: Reader) -> None:
    analyst.opens("/analisis/habilidades")
    cells = [cell for row in _pages(analyst, "/analisis/habilidades") for cell in row]
    assert "oculto" in cells
    assert re.search(r"\d+ celdas? están? ocultas?: hablarían? de una a cuatro personas", analyst.words)
    assert "Celdas ocultas en esta tabla" in analyst.words


def test_rows_go_on_and_none_is_told_twice(analyst: Reader) -> None:
    told = [tuple(row) for row in _pages(analyst, "/analisis/horas")]
    assert len(told) == len(set(told)) == 168
    analyst.opens("/analisis/horas?solo=tue")
    assert analyst.page is not None
    assert [row[:2] for row in Read(analyst.page.text).rows[1:]] == [["mar", f"{hour}"] for hour in range(24)]
    analyst.opens("/analisis/horas?fila=999999")
    assert analyst.page.status_code == 200


def _pages(analyst: Reader, path: str) -> list[list[str]]:
    """All rows of a table, page by page."""
    rows: list[list[str]] = []
    where: str | None = path
    while where is not None:
        read = Read(analyst.opens(where).text)
        rows += read.rows[1:]
        ahead = re.search(r'rel="next" href="([^"]+)"', analyst.page.text if analyst.page else "")
        where = None if ahead is None else ahead.group(1).replace("&amp;", "&")
    return rows


@pytest.mark.parametrize("name", QUESTIONS_WITH_PERIOD)
def test_a_period_is_asked_in_the_address_and_what_it_was_widened_to_is_said(analyst: Reader, name: str) -> None:
    day = services_of(analyst.client).now().date()
    page = analyst.opens(f"/analisis/{name}?desde={day - timedelta(days=21)}&hasta={day}")
    assert page.status_code == 200
    assert f'value="{day}"' in page.text
    assert "Todas las semanas" not in analyst.words
    monday = day - timedelta(days=21 + day.weekday())
    assert f"Semanas enteras: del {monday.day} de " in analyst.words


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("desde=ayer", "Escribe un día como 2026-11-25"),
        ("desde=2026-11-20&hasta=2026-11-10", "que no sea anterior al primero"),
        ("hasta=0000-00-00", "Escribe un día"),
        ("hasta=20261110", "Escribe un día"),
    ],
)
def test_a_period_that_is_none_is_told_beside_its_field(analyst: Reader, query: str, says: str) -> None:
    page = analyst.opens(f"/analisis/embudo?{query}")
    assert page.status_code == 422
    assert says in analyst.words
    assert 'aria-invalid="true"' in page.text
    assert query.rpartition("=")[2] in page.text
    assert "<svg" not in page.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/analisis/secretos", 404),
        ("/analisis/embudo?datos=../../etc", 404),
        ("/analisis/embudo?fila=-1", 422),
        ("/analisis/embudo/tabla?formato=xlsx", 422),
        ("/analisis/embudo/tabla?desde=ayer", 422),
        ("/analisis/habilidades?busca=" + "%3Cscript%3Ealert(1)%3C/script%3E", 200),
        ("/analisis/horas?solo=%22%3E%3Cimg+src=x%3E", 200),
    ],
)
def test_what_cannot_be_asked_is_a_page_that_says_so(analyst: Reader, path: str, status: int) -> None:
    page = analyst.opens(path)
    assert page.status_code == status
    assert page.text.startswith("<!doctype html>")
    assert "<script>alert" not in page.text
    assert "<img" not in page.text


def test_data_are_taken_once_however_often_the_button_is_pressed(analyst: Reader) -> None:
    services = services_of(analyst.client)
    folder = services.settings.analytics
    note_beginning(folder, services.now())
    versions = sorted(path.name for path in folder.iterdir())
    page = analyst.opens("/analisis")
    assert "Se están tomando los datos" in analyst.words
    assert "Tomar los datos de ahora" not in analyst.words
    assert page.headers["refresh"] == "5; url=/analisis"
    analyst.sends("/analisis/datos")
    assert sorted(path.name for path in folder.iterdir()) == versions
    note_end(folder, None)
    analyst.opens("/analisis")
    assert "no salió" in analyst.words
    assert analyst.page is not None
    assert "refresh" not in analyst.page.headers


def test_what_takes_long_is_there_before_anybody_asks(analyst: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> Table:
        raise AssertionError("worked out while somebody waits")

    new_snapshot(services_of(analyst.client))
    for question in LONG:
        monkeypatch.setitem(ANSWERS, question, refuse)
    assert analyst.opens("/analisis/que-se-abriria").status_code == 200
    assert analyst.opens("/analisis/que-se-abriria/tabla").status_code == 200
    assert analyst.opens("/analisis/informe").status_code == 200


def test_an_attempt_of_a_killed_server_is_soon_late_and_can_be_made_again(analyst: Reader) -> None:
    services = services_of(analyst.client)
    folder = services.settings.analytics
    note_beginning(folder, services.now() - timedelta(hours=1))
    analyst.opens("/analisis")
    assert "tarda mucho más de lo usual" in analyst.words
    analyst.sends("/analisis/datos")
    assert newest_attempt(folder).state == "done"


def test_an_earlier_copy_answers_as_then(analyst: Reader, tiny_world: World) -> None:
    services = services_of(analyst.client)
    before = new_snapshot(services)
    new_snapshot(services)
    analyst.opens("/analisis")
    assert "Copias anteriores" in analyst.words
    assert f"datos={before.version}" in (analyst.page.text if analyst.page else "")
    assert analyst.opens(f"/analisis/embudo?datos={before.version}").status_code == 200
    assert not any(seeker.seeker_id in (analyst.page.text if analyst.page else "") for seeker in tiny_world.seekers)
