"""Ads that a shop keeps in a spreadsheet: read, looked at, posted, and what cannot be posted mended in place."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from api.employers.service import table_ads
from api.employers.service.table_ads import read_table
from engine.errors import InvalidInputError
from store.hiring.employers import EmployerStatus, set_employer_status
from store.people.accounts import Role
from tests.api.services_of import services_of
from tests.api.web.browser import Reader, account_of

# As a spreadsheet in Lima saves it: a heading above, semicolons, and the letters of Windows.
TABLE = """AVISOS DEL TALLER;;;;;;
Puesto;Funciones;Turno;Sueldo;Modalidad;Vacantes;Nota interna
Vendedora o vendedor por WhatsApp;Atiende pedidos de telas;lunes a viernes de 7 a 10 de la noche;600;En su casa;2;urge
;Corta tela;;900;;;
Costurera o costurero;"Cose polos
y casacas";sábado y domingo de 9 am a 6 pm;a tratar;en el taller;1 persona;
Cajera de 18 a 25 años;Cobra y cuenta la caja;a su hora;S/ 15 por hora;tienda;;
Remalladora;una celda de menos
"""
ADDRESS = "archivo"
NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def app(open_app: Callable[..., TestClient], tiny_bundles: Path) -> TestClient:
    return open_app(tiny_bundles)


@pytest.fixture
def shop(app: TestClient) -> Reader:
    return Reader(app, account_of(app, Role.EMPLOYER, "taller@correo.pe"))


@pytest.fixture
def ads(app: TestClient, shop: Reader) -> str:
    """Where a verified organisation's ads are."""
    employer_id = str(shop.sends("/empresas/nueva", name="Taller Illa").url).rpartition("/")[2]
    services = services_of(app)
    services.write(lambda each: set_employer_status(each, employer_id, EmployerStatus.VERIFIED, services.now()))
    return f"/empresas/{employer_id}/trabajos"


def uploaded(shop: Reader, ads: str, content: bytes) -> None:
    shop.opens(f"{ads}/{ADDRESS}")
    shop.sends(f"{ads}/{ADDRESS}", files={"archivo": ("avisos.csv", content, "text/csv")})


def fields(shop: Reader) -> dict[str, Any]:
    """What the form that is open would send, as its boxes are ticked."""
    columns = re.findall(r'<option value="(\w+)" selected', shop.text)
    ticked = re.findall(r'name="fila" value="(\w+)" checked', shop.text)
    once = re.search(r'name="_once" value="(\w+)"', shop.text)
    assert once is not None
    return {"_once": once[1], "columna": columns, "fila": ticked, "tabla": table_of(shop)}


def table_of(shop: Reader) -> str:
    """The table that goes along in the form that is open."""
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", shop.text, re.DOTALL)
    assert found is not None
    return found[1].replace("&#34;", '"').replace("&amp;", "&")


def links(shop: Reader, ads: str) -> dict[str, str]:
    """The ids of what is posted, by title."""
    found = re.findall(r'<h2><a href="[^"]*/([^/"]+)">([^<]*)</a></h2>', shop.opens(ads).text)
    return {title: job_id for job_id, title in found}


def test_a_file_is_read_shown_and_posted_and_what_is_wrong_stays_to_be_mended(
    app: TestClient, shop: Reader, ads: str
) -> None:
    assert 'href="' + f"{ads}/{ADDRESS}" in shop.opens(ads).text
    uploaded(shop, ads, TABLE.encode("cp1252"))
    for told in (
        *("«urge»", "No se usa", "600 soles al mes", "lun a vie 19:00-22:00", "Desde su casa"),
        *("Fila 4: no se puede publicar", "No dice qué trabajo es", "No entendimos «a tratar» en la columna Sueldo"),
        *("15 soles por hora", "A su hora: cada quien elige", "Quita la edad", "Fila 8: no se puede publicar"),
        "No calza con las columnas",
    ):
        assert told in shop.words, told
    assert links(shop, ads) == {}, "nothing is posted before it was seen"
    uploaded(shop, ads, TABLE.encode("utf-16"))
    sent = fields(shop)
    assert len(sent["fila"]) == 1, "what is in doubt is ticked by who posts it"
    shop.sends(f"{ads}/{ADDRESS}", **sent, paso="publicar")
    assert "Vendedora o vendedor por WhatsApp · Se muestra" in shop.words
    assert "Quedan estas filas" in shop.words
    left = table_of(shop)
    assert left == TABLE.replace(TABLE.split("\n")[2] + "\n", ""), "what was not posted stays to the letter"

    mended = left.replace(";Corta tela;;900", "Cortadora o cortador;Corta tela;;900").replace("a tratar", "1300")
    again = fields(shop)
    shop.sends(f"{ads}/{ADDRESS}", **again | {"tabla": mended, "fila": []})
    assert "Fila 3: no se puede publicar" not in shop.words
    shop.sends(f"{ads}/{ADDRESS}", **fields(shop), paso="publicar")
    posted = links(shop, ads)
    assert set(posted) == {"Vendedora o vendedor por WhatsApp", "Cortadora o cortador", "Costurera o costurero"}
    sewing = app.get(f"/v1/jobs/{posted['Costurera o costurero']}").json()
    assert (sewing["pay"]["amount"], sewing["modality"], sewing["openings"]) == (1300, "on_site", 1)
    assert sewing["description"] == "Cose polos\ny casacas"
    selling = app.get(f"/v1/jobs/{posted['Vendedora o vendedor por WhatsApp']}").text
    assert "urge" not in selling, "a column that is not used is told to nobody"


_CELLS = st.lists(st.text(st.sampled_from('ab"\n, ;ñ\t'), max_size=12), min_size=1, max_size=4)


@settings(max_examples=150)
@given(
    st.lists(_CELLS, min_size=1, max_size=6), st.sampled_from(["Puesto,Sueldo", "Puesto;Turno", "Puesto\tPago\tDónde"])
)
def test_no_line_of_a_table_is_lost_and_it_is_read_again_as_it_was(rows: list[list[str]], head: str) -> None:
    delimiter = head[len("Puesto")]
    text = "\n".join([head, *(delimiter.join(row) for row in rows)])

    def said(lines: str) -> list[str]:
        return [line.rstrip() for line in lines.split("\n") if any(map(str.isalnum, line))]

    try:
        table = read_table(text, (), NOW)
    except InvalidInputError as error:
        assert error.message == "the table has no rows"  # noqa: PT017
        return
    assert said(table.text_of(table.rows)) == said(text)
    if '"' in text:  # where quotes do not fit, what stands around a row decides of it
        return
    again = read_table(table.text_of(table.rows).strip(), [one.field or "no" for one in table.columns], NOW)
    assert [(row.mark, row.fault) for row in again.rows] == [(row.mark, row.fault) for row in table.rows]


def test_what_a_column_is_may_be_said_by_whoever_sent_it(app: TestClient, shop: Reader, ads: str) -> None:
    shop.opens(f"{ads}/{ADDRESS}")
    table = "Nombre\tLabor\tMonto\nCosturera o costurero\tCose polos\t950\n"
    shop.sends(f"{ads}/{ADDRESS}", tabla=table)
    assert "No dice qué trabajo es" in shop.words
    assert "Publicar los marcados" not in shop.words
    shop.sends(f"{ads}/{ADDRESS}", tabla=table, columna=["title", "description", "pay"])
    assert "950 soles al mes" in shop.words
    shop.sends(f"{ads}/{ADDRESS}", **fields(shop), paso="publicar")
    job = app.get(f"/v1/jobs/{links(shop, ads)['Costurera o costurero']}").json()
    assert (job["description"], job["pay"]["amount"], job["employer"]) == ("Cose polos", 950, "Taller Illa")


def test_a_row_is_posted_as_it_was_seen_or_not_at_all(shop: Reader, ads: str) -> None:
    shop.opens(f"{ads}/{ADDRESS}")
    shop.sends(f"{ads}/{ADDRESS}", tabla="Puesto,Sueldo\nCajera o cajero,1200\nAyudante de almacén,1130\n")
    seen = fields(shop)
    changes: tuple[dict[str, Any], ...] = (
        {"tabla": str(seen["tabla"]).replace("1200", "120")},
        {"columna": ["title", "no"]},
        {"fila": []},
        {"fila": ["0" * 16]},
    )
    for changed in changes:
        page = shop.sends(f"{ads}/{ADDRESS}", **seen | changed, paso="publicar")
        assert (page.status_code, "Marca los avisos que quieres publicar" in shop.words) == (422, True)
        assert links(shop, ads) == {}
        shop.opens(f"{ads}/{ADDRESS}")
    shop.sends(f"{ads}/{ADDRESS}", **seen, paso="publicar")
    shop.sends(f"{ads}/{ADDRESS}", **seen, paso="publicar")
    assert len(links(shop, ads)) == 2, "sent twice, it is done once"


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("", "no hay ninguna tabla"),
        ("Puesto,Sueldo\n", "la tabla no tiene filas"),
        ("Puesto\n" + "Cajera\n" * 201, "son demasiados avisos a la vez"),
        (f"Puesto\n{'x' * 100_000}", "la tabla es demasiado larga"),
        ("Puesto," + "x," * 60 + "y\nCajera\n", "demasiadas columnas"),
    ],
)
def test_what_is_no_table_of_ads_is_told_in_words(shop: Reader, ads: str, table: str, told: str) -> None:
    shop.opens(f"{ads}/{ADDRESS}")
    page = shop.sends(f"{ads}/{ADDRESS}", tabla=table)
    assert (page.status_code, told in shop.words) == (422, True), shop.words
    assert table_of(shop) == table.strip()


def test_tables_are_read_so_many_times_an_hour_and_what_was_sent_stays(
    shop: Reader, ads: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_ads, "TABLES_BY_ACCOUNT", replace(table_ads.TABLES_BY_ACCOUNT, attempts=1))
    shop.opens(f"{ads}/{ADDRESS}")
    for status in (200, 429):
        assert shop.sends(f"{ads}/{ADDRESS}", tabla="Puesto\nCajera").status_code == status
    assert table_of(shop) == "Puesto\nCajera"


def test_a_workbook_is_told_how_to_become_a_file_that_is_read(shop: Reader, ads: str) -> None:
    uploaded(shop, ads, b"PK\x03\x04 and the rest of it")
    assert "guárdalo como CSV, o pega las celdas" in shop.words


def test_the_example_is_a_file_that_is_read_whole(app: TestClient, shop: Reader, ads: str) -> None:
    sample = shop.client.get(f"{ads}/{ADDRESS}/ejemplo.csv")
    assert (sample.headers["content-type"], sample.headers["cache-control"]) == ("text/csv; charset=utf-8", "no-store")
    rows = list(csv.reader(StringIO(sample.content.decode("utf-8-sig"))))
    assert {len(row) for row in rows} == {11}
    uploaded(shop, ads, sample.content)
    assert "No se usa" not in re.findall(r"<option[^>]* selected>([^<]*)", shop.text)
    assert "No entendimos" not in shop.words
    assert len(fields(shop)["fila"]) == len(rows) - 1
    stranger = Reader(app, account_of(app, Role.EMPLOYER, "otra@correo.pe"))
    assert stranger.opens(f"{ads}/{ADDRESS}").status_code == 404
    assert stranger.sends(f"{ads}/{ADDRESS}", tabla="Puesto\nCajera").status_code == 404
