"""The impact record: in Spanish, of figures that are true at that moment, and of what is missing why."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text, update
from typer.testing import CliRunner

from api.credentials.tokens import read_token
from commands import law
from commands.dossier.document import Bullets, Grid, Paragraph, Section, as_html, as_markdown
from commands.dossier.figures import Source, months
from commands.dossier.people import DECIDED, PURPOSES
from commands.dossier.record import write_dossier
from commands.dossier.safety import RETAINED_NAMES
from engine.errors import ArtifactError
from sample.world import World
from store.analytics.snapshots import take_snapshot
from store.database import writing
from store.encryption.data_keys import Purpose
from store.evidence.log_shipping import ship_all
from store.people.accounts import Role
from store.people.cases import Decision
from store.people.consents import ConsentPurpose
from store.retention.times import Retained
from store.tables import Base
from tests.api.services_of import services_of
from tests.api.signed_in import signed_in

TABLES = Base.metadata.tables
PASSWORD = "lluvia en Huaraz"

Bearer = dict[str, str]
SignIn = Callable[..., Bearer]


@pytest.fixture
def bundles(tiny_bundles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundles folder that a test may empty."""
    return Path(shutil.copytree(tiny_bundles, tmp_path_factory.mktemp("bundles") / "bundles", symlinks=True))


@pytest.fixture
def app(open_app: Callable[..., TestClient], bundles: Path) -> TestClient:
    return open_app(bundles)


def written(app: TestClient, tmp_path: Path, name: str = "dossier.md", replays: int = 20) -> str:
    """The record of an app as it is now."""
    services, out = services_of(app), tmp_path / name
    ship_all(services.settings.journal, services.database)
    with services.database.connect() as connection:
        write_dossier(out, Source(connection, services.settings.data_dir, services.now(), replays))
    return out.read_text("utf-8")


def section(record: str, title: str) -> str:
    """What is under a heading."""
    found = re.search(rf"## \d+\. {title}\n(.*?)(?=\n## |\Z)", record, re.DOTALL)
    assert found is not None, title
    return found.group(1)


def value(part: str, name: str) -> str:
    """The value beside a name in a table."""
    (found,) = re.findall(rf"^\| {re.escape(name)} \| ([^|]*?) \|$", part, re.MULTILINE)
    return str(found)


def test_a_new_installation_says_what_there_is_not_yet_and_why(
    open_app: Callable[..., TestClient], tmp_path: Path
) -> None:
    record = written(open_app(), tmp_path)
    assert re.findall(r"^## (\d+)\.", record, re.MULTILINE) == [str(number) for number in range(1, 16)]
    assert "No hay ningún paquete publicado" in section(record, "Modelos y paquetes en servicio")
    assert "Todavía no se ha recomendado nada" in section(record, "Recomendaciones por mes")
    assert "No se pudo calcular: no snapshot in" in section(record, "Equidad y congestión")
    assert "No hay respuestas registradas" in section(record, "Repetición de respuestas")
    assert "Nunca se ha aplicado: chamba retention" in section(record, "Plazos de conservación")
    assert "48 horas" in section(record, "Incidentes")


def test_it_counts_what_people_agreed_to_asked_for_and_got(
    app: TestClient, sign_in: SignIn, evening_designer: dict[str, Any], tmp_path: Path
) -> None:
    rosa = sign_in(app, Role.SEEKER, email="rosa@correo.pe", agreed=("matching", "training"))
    ana = sign_in(app, Role.SEEKER, email="ana@correo.pe")
    for person in (rosa, ana):
        app.put("/v1/me/profile", json=evening_designer | {"min_pay": None}, headers=person)
    withdrawn = {"purpose": "training", "text_version": "2026-11", "is_given": False}
    app.post("/v1/me/consents", json=withdrawn, headers=rosa)
    answers = [app.post("/v1/me/recommendations", json={}, headers=one).json() for one in (rosa, ana, ana)]
    assert app.get("/v1/me/export", headers=rosa).status_code == 200
    assert app.post("/v1/me/erasure", json={"password": PASSWORD}, headers=ana).status_code == 200

    record = written(app, tmp_path)
    agreed = section(record, "Base legal y consentimientos")
    assert "| recomendar (perfilado automático) | 2026-11 | 1 | 0 |" in agreed  # Ana's went with her
    assert "| que los modelos aprendan | 2026-11 | 0 | 1 |" in agreed
    assert "| 3 | 2 |" in section(record, "Recomendaciones por mes")  # of those who erased themselves: Ana's two
    asked = section(record, "Derechos de las personas")
    assert value(asked, "Descargas de todos los datos propios (al momento)") == "1"
    assert value(asked, "Personas borradas de la base de datos (al momento)") == "1"
    assert value(asked, "De ellas, también de todas las copias") == "0"
    served = section(record, "Modelos y paquetes en servicio")
    assert value(served, "Paquete") == answers[0]["bundle"]
    assert value(served, "Modelo") == answers[0]["model"]
    for private in ("rosa@correo.pe", "Diseñadora"):
        assert private not in record


def as_of(app: TestClient, headers: Bearer) -> Bearer:
    """The same person, logged in at the app's clock."""
    services = services_of(app)
    token = read_token(services.cipher, headers["Authorization"].removeprefix("Bearer "), datetime.now(UTC))
    assert token is not None
    return signed_in(services, token.account_id)


def test_reviews_say_how_long_they_took(
    app: TestClient, sign_in: SignIn, evening_designer: dict[str, Any], tmp_path: Path
) -> None:
    rosa = sign_in(app, Role.SEEKER, email="rosa@correo.pe")
    admin = sign_in(app, Role.ADMINISTRATOR, email="admin@correo.pe", agreed=())
    app.put("/v1/me/profile", json=evening_designer | {"min_pay": None}, headers=rosa)
    answer = app.post("/v1/me/recommendations", json={}, headers=rosa).json()
    where = f"/v1/me/recommendations/{answer['recommendation_id']}/review-request"
    assert app.post(where, json={"text": "¿Por qué?"}, headers=rosa).status_code == 201
    part = section(written(app, tmp_path), "Supervisión humana")
    assert (value(part, "Pedidas"), value(part, "Decididos"), value(part, "Tiempo hasta decidir")) == ("1", "0", "–")
    (case,) = app.get("/v1/admin/cases?kind=human_review", headers=admin).json()["items"]
    services = services_of(app)
    later = services.now() + timedelta(hours=6)
    services.clock = lambda: later
    decision = {"decision": "answer_stands", "reason": "Revisada"}
    decided = app.post(f"/v1/admin/cases/{case['case_id']}/decision", json=decision, headers=as_of(app, admin))
    assert decided.status_code == 200, decided.text
    part = section(written(app, tmp_path), "Supervisión humana")
    assert (value(part, "Decididos"), value(part, "La respuesta era la que correspondía")) == ("1", "1")
    assert value(part, "Tiempo hasta decidir") == "mediana 6.0 h, la mayor 6.0 h"


def test_a_sample_of_logged_answers_is_given_again(
    app: TestClient, evening_designer: dict[str, Any], bundles: Path, tmp_path: Path
) -> None:
    names = [app.post("/v1/recommendations", json={"profile": evening_designer}).json() for _ in range(3)]
    part = section(written(app, tmp_path), "Repetición de respuestas")
    assert value(part, "Tomadas al azar") == "3"
    assert value(part, "Idénticas hasta el último bit") == "3 (100.0 % de las repetidas)"
    assert value(section(written(app, tmp_path, replays=2), "Repetición de respuestas"), "Tomadas al azar") == "2"
    recommendations = TABLES["recommendations"]
    with writing(services_of(app).database).begin() as connection:
        at_row = recommendations.c.recommendation_id == names[0]["recommendation_id"]
        connection.execute(update(recommendations).where(at_row).values(shown=[["sample:job-000001", 0.5]]))
    part = section(written(app, tmp_path), "Repetición de respuestas")
    assert (value(part, "Distintas"), "were changed" in part) == ("1", True)
    shutil.rmtree((bundles / "current").resolve())
    part = section(written(app, tmp_path), "Repetición de respuestas")
    assert value(part, "Imposibles de repetir") == "3"
    assert value(part, "Idénticas hasta el último bit") == "0 (– de las repetidas)"
    assert "is not kept any more: 3" in part


def test_fairness_is_told_by_group_and_of_few_people_nothing(
    app: TestClient, tiny_world: World, tmp_path: Path
) -> None:
    services = services_of(app)
    services.records.put_jobs(tiny_world.jobs)
    services.records.put_seekers(tiny_world.seekers)
    services.records.add_placements(tiny_world.placements)
    data = services.settings.data_dir

    def pseudonym(seeker_id: str) -> str:
        return services.cipher.keyed_hash(Purpose.PSEUDONYM, seeker_id)

    snapshot = take_snapshot(services.database, data / "analytics", pseudonym, services.now())
    part = section(written(app, tmp_path), "Equidad y congestión")
    assert snapshot.version in part
    (row,) = re.findall(r"^\| Todo \| Todo \| (\d+) \|", part, re.MULTILINE)
    assert int(row) == 5 * round(len({(one.seeker_id, one.job_id) for one in tiny_world.placements}) / 5)
    assert "Idioma materno" in part
    assert "oculto (menos de 5)" in part
    assert "Personas por vacante" in part


def test_security_tells_keys_and_whether_the_audit_log_is_whole(
    app: TestClient, sign_in: SignIn, tmp_path: Path
) -> None:
    sign_in(app, Role.SEEKER, email="rosa@correo.pe")
    services = services_of(app)
    app.post("/v1/auth/log-in", json={"email": "rosa@correo.pe", "password": PASSWORD})
    part = section(written(app, tmp_path), "Medidas de seguridad")
    assert "| field-1 | field |" in part
    assert re.search(r"1 entradas encadenadas, íntegra\. Cabeza, para guardar en otro lugar: 1:[0-9a-f]{64}", part)
    with writing(services.database).begin() as connection:
        connection.execute(text("UPDATE counters SET value = 5 WHERE name = 'audit_entries'"))
    assert "DAÑADA en la entrada 2" in section(written(app, tmp_path), "Medidas de seguridad")


def test_every_time_is_told_with_its_source(app: TestClient, tmp_path: Path) -> None:
    part = section(written(app, tmp_path), "Plazos de conservación")
    assert "| Respuestas del sistema y perfiles de los que salieron | 36 meses | DS 115-2025-PCM" in part
    assert part.count("decisión nuestra") > 5


def test_what_is_kept_decided_and_agreed_to_has_its_words() -> None:
    assert set(Retained) == RETAINED_NAMES.keys()
    assert set(Decision) == DECIDED.keys()
    assert set(ConsentPurpose) == PURPOSES.keys()


def test_the_commands_write_the_record_and_enforce_the_times(app: TestClient, tmp_path: Path) -> None:
    settings = services_of(app).settings
    where = ["--data-dir", str(settings.data_dir), "--database-url", settings.database]
    result = CliRunner().invoke(law.app, ["retention", *where, "--master-keys", str(settings.master_keys)])
    assert (result.exit_code, result.stdout) == (0, "nothing was older than it may be\n")
    out = tmp_path / "dossier.html"
    result = CliRunner().invoke(law.app, ["dossier", "--out", str(out), *where])
    assert result.exit_code == 0
    assert "Equidad y congestión" in result.stderr
    record = out.read_text("utf-8")
    assert record.startswith("<!doctype html>")
    assert "Aplicado el" in record  # the retention of just now
    empty = ["dossier", "--out", str(out), "--database-url", f"sqlite:///{tmp_path}/nothing.db"]
    assert isinstance(CliRunner().invoke(law.app, empty).exception, ArtifactError)


CELL = st.text(st.characters(codec="utf-8"), max_size=12)


@given(rows=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=4))
def test_no_text_is_taken_for_markup(rows: list[tuple[str, str]]) -> None:
    sections = [Section("Uno | dos", (Grid(("a", "b"), tuple(rows)), Bullets(("* x", "- y")), Paragraph("# no <b>")))]
    markdown = as_markdown("Título", sections)
    table = [line for line in markdown.split("\n") if line.startswith("| ")]
    assert len(table) == len(rows) + 2
    for line in table:
        assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 3
    assert "\\# no \\<b\\>" in markdown
    html = as_html("Título", sections)
    assert "<b>" not in html
    assert html.count("<tr>") == len(rows) + 1


@given(first=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)), days=st.integers(0, 800))
def test_months_follow_each_other_and_hold_every_moment(first: datetime, days: int) -> None:
    last = first + timedelta(days=days)
    found = list(months(first, last))
    assert found[0][1] <= first
    assert found[-1][1] <= last < found[-1][2]
    assert all(one[2] == following[1] for one, following in pairwise(found))
    assert len({name for name, _, _ in found}) == len(found)
