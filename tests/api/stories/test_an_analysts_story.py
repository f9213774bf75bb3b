"""An analyst asks whether it works: from the role that she is given to figures in which nobody is alone."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import duckdb

from sample.world import World
from store.analytics.tables import Question
from store.people.accounts import Role
from store.people.factors.totp import totp_code
from tests.api.services_of import services_of
from tests.api.stories.town import Someone, Town

PASSWORD = "regla, lápiz y compás"
ASK = "/v1/analytics/questions"
# Nothing was recommended yet.
UNSHOWN = (Question.EXPOSURE_CURVE,)
PEOPLE = ("people", "shown", "clicked", "applied", "interviewed", "offered", "hired")


def test_an_analyst_asks_every_question_and_learns_of_nobody(town: Town, tiny_world: World, tmp_path: Path) -> None:
    records = services_of(town.app).records
    records.put_jobs(tiny_world.jobs)
    records.put_seekers(tiny_world.seekers)
    records.add_placements(tiny_world.placements)
    admin = town.staff("ana@chamba.pe", Role.ADMINISTRATOR)
    alma = is_let_in(town, admin)
    asks_at_once(alma)
    asks_everything(alma)
    learns_of_no_one_person(town, alma)
    takes_figures_away(alma, tmp_path)
    is_refused_in_words(town, alma)


def is_let_in(town: Town, admin: Someone) -> Someone:
    """She has an account; an administrator gives it the role, of which a mail tells her."""
    alma = town.somebody("alma@municipio.example", PASSWORD, "employer")
    assert "analyst" in alma.asks("GET", f"{ASK}/funnel", status=403)["detail"]
    account_id = alma.asks("GET", "/v1/me")["account_id"]
    admin.asks("PUT", f"/v1/admin/accounts/{account_id}/roles/analyst")
    (mail,) = town.told(alma)
    assert "Desde ahora tu cuenta de Chamba puede mirar las cifras de Chamba" in mail
    assert "agrega una aplicación de códigos" in mail
    assert alma.asks("GET", f"{ASK}/funnel", status=403)["type"] == "/problems/second-factor-needed"
    secret = alma.asks("POST", "/v1/me/totp")["secret"]
    alma.asks("POST", "/v1/me/totp/confirm", {"code": totp_code(secret, town.now)})
    return alma


def asks_at_once(alma: Someone) -> None:
    """The first question takes the first snapshot."""
    assert alma.asks("GET", "/v1/analytics/snapshots")["items"] == []
    answer = alma.asks("GET", f"{ASK}/skills")
    (taken,) = alma.asks("GET", "/v1/analytics/snapshots")["items"]
    assert (answer["snapshot"], taken["is_current"]) == (taken["version"], True)
    assert all(count % 5 == 0 for name, count in taken["counts"].items() if name == "people")


def asks_everything(alma: Someone) -> None:
    """Each question is answered with its units and what has to be said of it; counts of people are told in fives."""
    for question in Question:
        answer = alma.asks("GET", f"{ASK}/{question}")
        names = [column["name"] for column in answer["columns"]]
        assert bool(answer["rows"]) is (question not in UNSHOWN), question
        assert all(len(row) == len(names) for row in answer["rows"])
        for row in answer["rows"]:
            told = [value for name, value in zip(names, row, strict=True) if name in PEOPLE and value is not None]
            assert all(value % 5 == 0 for value in told), (question, row)
        assert answer["suppressed_cells"] == len(answer["hidden"])
        assert all(note.endswith(".") for note in answer["notes"])


def learns_of_no_one_person(town: Town, alma: Someone) -> None:
    """Two snapshots around one sign-up tell nothing of who came."""
    before = everything(alma)
    one = town.somebody("sola@correo.pe", PASSWORD, "seeker", "matching")
    one.asks("PUT", "/v1/me/profile", {"text": "Restauro quenas", "skills": ["luthería de quenas"]})
    alma.asks("POST", "/v1/analytics/snapshots", status=201)
    assert everything(alma) == before
    assert "quenas" not in str(before)


def everything(alma: Someone) -> dict[str, Any]:
    return {question: alma.asks("GET", f"{ASK}/{question}")["rows"] for question in Question}


def takes_figures_away(alma: Someone, folder: Path) -> None:
    """The same figures as JSON, CSV and Parquet, and a page in Spanish without a script."""
    told = alma.asks("GET", f"{ASK}/hours")
    sheet = alma.app.get(f"{ASK}/hours?format=csv", headers=alma.headers)
    assert sheet.headers["content-disposition"].startswith('attachment; filename="hours-')
    rows = list(csv.reader(io.StringIO(sheet.text)))
    assert (rows[0], len(rows) - 1) == ([column["name"] for column in told["columns"]], len(told["rows"]))
    file = folder / "hours.parquet"
    file.write_bytes(alma.app.get(f"{ASK}/hours?format=parquet", headers=alma.headers).content)
    assert [list(row) for row in duckdb.sql(f"SELECT * FROM '{file}'").fetchall()] == told["rows"]
    page = alma.app.get("/v1/analytics/report", headers=alma.headers)
    assert ('<html lang="es"' in page.text, "<script" in page.text) == (True, False)


def is_refused_in_words(town: Town, alma: Someone) -> None:
    """What cannot be asked says what can; others ask nothing."""
    backwards = alma.asks("GET", f"{ASK}/funnel?since=2026-12-01&until=2026-01-01", status=422)
    assert "termina antes de empezar" in backwards["detail"]
    assert "funnel" in str(alma.asks("GET", f"{ASK}/sueldos", status=422)["errors"])
    alma.asks("GET", f"{ASK}/funnel?version=ninguna", status=404)
    alma.asks("GET", "/v1/admin/cases", status=403)
    stranger = town.somebody("otro@correo.pe", PASSWORD, "employer")
    stranger.asks("GET", f"{ASK}/funnel", status=403)
    Someone(town.app).asks("GET", f"{ASK}/funnel", status=401)
