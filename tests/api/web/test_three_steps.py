"""From the first page to the jobs without an account, in words as people write them."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.access.limiting import VISITS_BY_ADDRESS, require_attempt
from api.http.problems import ProblemError
from api.seekers.pages.drafts import SearchDraft, opened_draft
from api.web.cookies import Cookie
from store.people.accounts import Role
from tests.api.conftest import OpenApp
from tests.api.services_of import services_of
from tests.api.web.browser import Reader, account_of, session_cookie

SAID = "diseño logos y publicaciones para redes"
_CHECKED = re.compile(r'value="([0-6]-[0-9]+)" id="c[^"]+" checked')


def after_three_steps(client: TestClient, account_id: str | None = None, **last: str) -> Reader:
    """Somebody who went through the three steps and sees the jobs."""
    reader = Reader(client, account_id)
    reader.opens("/buscar")
    reader.sends("/buscar", text=SAID, skills="Photoshop, Illustrator")
    reader.sends("/buscar/horas", poner="noches")
    reader.sends("/buscar/horas", cell=checked(reader))
    reader.sends("/buscar/equipo", **{"device": "computer", "english": "B1"} | last)
    return reader


def checked(reader: Reader) -> list[str]:
    """The cells that are painted."""
    assert reader.page is not None
    return _CHECKED.findall(reader.page.text)


def address(reader: Reader) -> str:
    assert reader.page is not None
    return reader.page.url.path


def kept_draft(client: TestClient, reader: Reader) -> SearchDraft:
    """What the browser keeps."""
    return opened_draft(services_of(client).cipher, reader.client.cookies[Cookie.SEARCH])


def test_three_steps_lead_to_jobs_with_their_reasons(client: TestClient) -> None:
    reader = after_three_steps(client)
    assert address(reader) == "/trabajos"
    assert "Trabajos para ti" in reader.words
    assert "Tienes libres" in reader.words


def test_what_was_said_stands_in_no_address_and_in_no_cookie_to_read(client: TestClient) -> None:
    reader = after_three_steps(client)
    kept = " ".join(f"{name}={value}" for name, value in reader.client.cookies.items())
    assert "logos" not in kept
    assert len(reader.client.cookies[Cookie.SEARCH]) < 4_000
    assert str(reader.page and reader.page.url).endswith("/trabajos")


def test_nothing_said_is_asked_for_again(client: TestClient) -> None:
    reader = Reader(client)
    reader.opens("/")
    page = reader.sends("/buscar", text="  ", skills="")
    assert page.status_code == 422
    assert "Cuéntanos algo que sabes hacer" in reader.words
    stranger = Reader(client)
    stranger.opens("/trabajos")
    assert address(stranger) == "/buscar"


def test_presets_add_up_and_are_cleared(client: TestClient) -> None:
    reader = Reader(client)
    reader.opens("/buscar/horas")
    reader.sends("/buscar/horas", poner="noches")
    assert len(checked(reader)) == 28
    reader.sends("/buscar/horas", cell=checked(reader), poner="colegio")
    assert len(checked(reader)) == 28 + 25
    reader.sends("/buscar/horas", cell=checked(reader), poner="nada")
    assert checked(reader) == []


@pytest.mark.parametrize(
    ("words", "cells"),
    [
        ("lunes a viernes de 7 a 11 de la noche", {f"{day}-{hour}" for day in range(5) for hour in range(19, 23)}),
        ("sabados y domingos de 8am a 12pm", {f"{day}-{hour}" for day in (5, 6) for hour in range(8, 12)}),
    ],
)
def test_hours_are_told_in_words(client: TestClient, words: str, cells: set[str]) -> None:
    reader = Reader(client)
    reader.opens("/buscar/horas")
    assert reader.sends("/buscar/horas", words=words).status_code == 200
    reader.opens("/buscar/horas")
    assert set(checked(reader)) == cells


def test_hours_to_the_minute_stay_while_their_cells_do(client: TestClient) -> None:
    reader = Reader(client)
    reader.opens("/buscar")
    reader.sends("/buscar", text=SAID)
    reader.sends("/buscar/horas", words="lunes de 19:30 a 23:00")
    reader.opens("/buscar/horas")
    reader.sends("/buscar/horas", cell=checked(reader))
    draft = kept_draft(client, reader)
    assert [one["start"] for one in draft.windows] == ["19:30"]


def test_words_that_tell_no_hours_are_said_so_beside_the_field(client: TestClient) -> None:
    reader = Reader(client)
    reader.opens("/buscar/horas")
    page = reader.sends("/buscar/horas", words="cuando se pueda nomas", cell=["0-19"])
    assert page.status_code == 422
    assert "No entendimos a qué horas" in reader.words
    assert checked(reader) == ["0-19"]
    assert "cuando se pueda nomas" in page.text


CALENDAR = b"""BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:clases\r
DTSTART;TZID=America/Lima:20260302T080000\r\nDURATION:PT5H\r\nRRULE:FREQ=WEEKLY;BYDAY=MO\r
END:VEVENT\r\nEND:VCALENDAR\r\n"""


def test_a_calendar_takes_off_what_is_painted(client: TestClient) -> None:
    reader = Reader(client)
    reader.opens("/buscar/horas")
    reader.sends("/buscar/calendario", files={"calendar": ("mio.ics", CALENDAR, "text/calendar")})
    assert "Leímos tu calendario." in reader.words
    reader.opens("/buscar/horas")
    assert {"0-7", "0-13"} < set(checked(reader))
    assert "0-9" not in checked(reader)


@pytest.mark.parametrize("content", [b"", b"no es un calendario", b"\x00\xff" * 400])
def test_a_file_that_is_no_calendar_is_refused_in_words(client: TestClient, content: bytes) -> None:
    reader = Reader(client)
    reader.opens("/buscar/horas")
    page = reader.sends("/buscar/calendario", files={"calendar": ("x.ics", content, "text/calendar")})
    assert page.status_code == 422
    assert 'role="alert"' in page.text


@pytest.mark.parametrize(
    ("typed", "amount"), [("1200", 1_200), ("S/ 1,200", 1_200), ("s/.1 200.50", 1_200.5), ("١٢٠٠", 1_200), ("", None)]
)
def test_pay_is_read_as_people_write_it(client: TestClient, typed: str, amount: float | None) -> None:
    reader = after_three_steps(client, min_pay=typed)
    assert kept_draft(client, reader).min_pay == amount


@pytest.mark.parametrize("typed", ["mil", "-3", "0", "1e9", "9" * 200, "1200 al mes"])
def test_pay_that_is_no_amount_is_said_so(client: TestClient, typed: str) -> None:
    reader = after_three_steps(client, min_pay=typed)
    assert "Escribe un monto en soles" in reader.words


def test_skills_are_suggested_as_they_are_typed(client: TestClient) -> None:
    reader = Reader(client)
    reader.opens("/buscar")
    part = reader.client.post("/buscar/habilidades", data={"_token": reader.token(), "skills": "Excel, photo"})
    assert 'value="Photoshop"' in part.text
    assert "<html" not in part.text
    reader.opens("/buscar")
    reader.sends("/buscar", text=SAID, skills="photo", skill=["Photoshop"])
    assert kept_draft(client, reader).skills == ("Photoshop",)


def test_filters_are_chips_that_are_taken_away(client: TestClient) -> None:
    reader = after_three_steps(client)
    reader.sends("/trabajos/filtros", modalities=["remote", "hybrid"], sort="pay_per_hour")
    assert kept_draft(client, reader).filters == {"modalities": ["remote", "hybrid"]}
    reader.sends("/trabajos/filtros", quitar="modalities:hybrid", sort="pay_per_hour")
    draft = kept_draft(client, reader)
    assert (draft.filters, draft.sort) == ({"modalities": ["remote"]}, "pay_per_hour")
    reader.sends("/trabajos/filtros", modalities=["nada"], max_experience_years="0", sort="otra")
    draft = kept_draft(client, reader)
    assert (draft.filters, draft.sort) == ({"max_experience_years": 0.0}, "")


def test_what_would_open_more_is_one_touch(client: TestClient) -> None:
    reader = after_three_steps(client, device="phone")
    assert reader.page is not None
    changes = re.findall(r'name="change" value="([^"]+)"', reader.page.text)
    assert changes
    before = kept_draft(client, reader)
    assert reader.sends("/trabajos/abrir", change=changes[0]).status_code == 200
    assert kept_draft(client, reader) != before
    assert reader.sends("/trabajos/abrir", change=changes[0][:-8] + "AAAAAAA=").status_code == 422


def test_who_gets_an_account_has_what_they_came_with(client: TestClient) -> None:
    account_id = account_of(client, Role.SEEKER, "maria@tres-pasos.example")
    reader = after_three_steps(client)
    reader.client.cookies.set(Cookie.SESSION, session_cookie(client, account_id))
    reader.opens("/trabajos")
    assert "Trabajos para ti" in reader.words
    del reader.client.cookies[Cookie.SEARCH]
    reader.opens("/buscar")
    assert reader.page is not None
    assert SAID in reader.page.text


def test_a_visitor_who_asks_too_often_is_told_when_to_come_again(open_app: OpenApp, tiny_bundles: Path) -> None:
    client = open_app(tiny_bundles)
    reader, services = after_three_steps(client), services_of(client)
    with suppress(ProblemError):
        while True:
            require_attempt(services, (VISITS_BY_ADDRESS, "testclient"))
    page = reader.opens("/trabajos")
    assert page.status_code == 429
    assert page.headers["content-type"].startswith("text/html")


def test_more_than_a_hundred_jobs_are_paged_without_a_repeat(client: TestClient) -> None:
    reader, seen = after_three_steps(client, english="C1"), []
    for number in range(1, 60):
        reader.opens(f"/trabajos?pagina={number}")
        assert reader.page is not None
        page = reader.page.text.partition('<ul class="cards">')[2].partition("</ul>\n<nav")[0]
        seen += re.findall(r'<h2><a href="/trabajos/([^"]+)"', page)
        if 'rel="next"' not in reader.page.text:
            break
    assert len(seen) == len(set(seen))
    assert reader.opens("/trabajos?pagina=0").status_code == 422
    assert reader.opens("/trabajos?pagina=51").status_code == 422
