"""What people do by text message: see jobs, apply, stop; each message once, from gateways that show their secret."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select

from api.alerts.running import run_alerts
from engine.jobs import Job, Modality
from engine.pay import Pay, PayPeriod
from store.hiring.applications import APPLICATIONS
from store.hiring.employers import EmployerStatus, set_employer_status
from store.people.accounts import AccountStatus, Role, find_account, set_status
from store.people.consents import ConsentPurpose, record_consent
from store.people.phones import put_numbers, write_phone
from store.tables.trust import AuditEntryRow
from tests.api.services_of import services_of
from tests.api.signed_in import signed_in

ROSA, NOBODY, SECRET = "+51987654321", "+51912345678", "un secreto de pasarela"
MORNING = datetime(2027, 3, 1, 15, tzinfo=UTC)  # ten o'clock in Lima
JOB: dict[str, Any] = {
    "title": "Diseñadora gráfica para redes sociales",
    "modality": "remote",
    "country": "PE",
    "skills": ["Adobe Illustrator", "Photoshop"],
    "schedule": {
        "kind": "fixed",
        "time_zone": "America/Lima",
        "windows": [{"days": ["mon", "tue", "wed"], "start": "19:00", "end": "22:00"}],
    },
    "pay": {"amount": 1500, "currency": "PEN", "period": "month"},
}

Bearer = dict[str, str]


@dataclass
class World:
    """An app at a moment, with Rosa's phone, and what was sent to phones."""

    app: TestClient
    texts: Callable[[TestClient], list[str]]
    sign_in: Callable[..., Bearer]
    ids: Any = field(default_factory=count)

    def at(self, **later: float) -> None:
        moment = services_of(self.app).now() + timedelta(**later)
        services_of(self.app).clock = lambda: moment

    def write(self, text: str, number: str = ROSA, **also: str) -> list[str]:
        """Hand over a message; what is answered to anybody."""
        before = len(self.texts(self.app))
        body = {"from": number, "text": text, "id": f"m{next(self.ids)}"} | also
        answer = self.app.post("/v1/messages/incoming", json=body, headers={"Authorization": f"Bearer {SECRET}"})
        assert answer.status_code == 204, answer.text
        return [text.partition(" sms ")[2] for text in self.texts(self.app)[before:]]

    def applications(self) -> list[str]:
        with services_of(self.app).database.connect() as connection:
            return list(connection.execute(select(APPLICATIONS.c.job_id)).scalars())

    def rosa(self, connection: Connection) -> str:
        return str(find_account(connection, services_of(self.app).cipher, "rosa@correo.pe"))

    def change(self, work: Callable[[Connection, str], object]) -> None:
        services_of(self.app).write(lambda connection: work(connection, self.rosa(connection)))

    def number(self, *job_ids: str) -> None:
        """Tell Rosa of some jobs."""
        self.change(lambda connection, rosa: put_numbers(connection, rosa, job_ids, services_of(self.app).now()))


@pytest.fixture
def world(open_app: Any, tiny_bundles: Path, texts: Any, sign_in: Any, evening_designer: dict[str, Any]) -> World:
    found = World(open_app(tiny_bundles, incoming_secret=SECRET), texts, sign_in)
    services_of(found.app).clock = lambda: MORNING
    header = sign_in(found.app, Role.SEEKER, email="rosa@correo.pe")
    assert found.app.put("/v1/me/profile", json=evening_designer, headers=header).status_code in (200, 201)
    cipher = services_of(found.app).cipher
    found.change(lambda connection, rosa: write_phone(connection, cipher, rosa, ROSA, MORNING))
    answer = found.app.put("/v1/me/notices", json={"by": {"alerts": "sms"}}, headers=header)
    assert answer.status_code == 200, answer.text
    return found


@pytest.fixture
def post(world: World) -> Callable[..., str]:
    """Posts a job of a verified organisation, whose id it is."""
    header = world.sign_in(world.app, Role.EMPLOYER, email="killa@correo.pe", agreed=())
    made = world.app.post("/v1/employers", json={"name": "Tienda Killa"}, headers=header).json()["employer_id"]
    verified = partial(set_employer_status, employer_id=made, status=EmployerStatus.VERIFIED, now=MORNING)
    services_of(world.app).write(verified)

    def posted(**also: Any) -> str:
        services = services_of(world.app)
        killa = services.read(partial(find_account, cipher=services.cipher, email="killa@correo.pe"))
        header = signed_in(services, str(killa))
        answer = world.app.post(f"/v1/employers/{made}/jobs", json=JOB | also, headers=header)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["job_id"])

    return posted


def listed(world: World, *jobs: Job) -> None:
    """Tell Rosa of jobs that Chamba only lists."""
    services_of(world.app).records.put_jobs(jobs)
    world.number(*(job.job_id for job in jobs))


def test_a_job_is_two_messages_with_title_employer_hours_pay_and_how_to_apply(
    world: World, post: Callable[..., str]
) -> None:
    world.number(post())
    what, how = world.write("1")
    assert what.startswith("1) Diseñadora grafica para redes sociales, Tienda Killa. Horario: lun a mié 19:00-22:00.")
    assert "Paga S/ 1,500 al mes" in what
    assert how == "1) Para postular, responde POSTULAR 1. Nadie debe cobrarte por postular."
    assert all(len(text) <= 160 for text in (what, how))


def test_what_an_ad_does_not_say_is_said_not_to_be_said(world: World) -> None:
    bare = Job("ad:1", "Digitadora", modality=Modality.REMOTE)
    paged = Job("ad:2", "Cajera", url="https://bolsa.example/avisos/2", pay=Pay(12, "PEN", PayPeriod.HOUR))
    long = Job("ad:3", "Asistente " * 40, employer="Corporación " * 40, modality=Modality.REMOTE)
    listed(world, bare, paged, long)
    what, how = world.write("1")
    assert "no dice qué empresa" in what
    assert "no dice cuantas horas" in what
    assert "no dice cuanto paga" in what
    assert "lee en él como postular" in how
    assert "Postula en la pagina del aviso: bolsa.example" in world.write("2")[1]
    assert len(world.write("3")) == 2
    assert len(world.write("1 2 3")) == 6
    assert world.write("7") == [
        "Chamba: ese numero no esta en tu lista. Ahora tienes 1, 2 y 3. Responde uno para verlo."
    ]


def test_who_applies_by_message_has_applied_and_is_told_what_happened(world: World, post: Callable[..., str]) -> None:
    job_id = post()
    world.number(post(title="Otra cosa que no le interesa"), job_id)
    (answer,) = world.write("Postulo al 2")
    assert answer.startswith("Chamba: listo, postulaste a Diseñadora grafica para redes sociales, Tienda Killa.")
    assert world.applications() == [job_id]
    (again,) = world.write("POSTULAR 2")
    assert "ya habias postulado" in again
    with services_of(world.app).database.connect() as connection:
        audited = select(AuditEntryRow.actor).where(AuditEntryRow.action == "application.stage_changed")
        assert connection.execute(audited).scalar_one() == f"account:{world.rosa(connection)}"


@pytest.mark.parametrize("text", ["no quiero postular al 1", "postular 1?", "ya postule al 1", "postular"])
def test_a_misreading_applies_for_nothing_and_is_asked_back(world: World, post: Callable[..., str], text: str) -> None:
    world.number(post())
    (answer,) = world.write(text)
    assert "no postulamos todavia" in answer
    assert "POSTULAR 1" in answer
    assert world.applications() == []


def test_one_applies_by_message_only_where_one_applies_by_chamba_and_may(
    world: World, post: Callable[..., str]
) -> None:
    elsewhere = Job("ad:2", "Cajera", url="https://bolsa.example/avisos/2")
    services_of(world.app).records.put_jobs([elsewhere, Job("ad:3", "Cerrado", is_open=False)])
    world.number(post(), "ad:2", "ad:3", "ad:4")
    assert "bolsa.example" in world.write("postular 2")[0]
    assert "ya no recibe postulaciones" in world.write("postular 3")[0]
    assert "ya no recibe postulaciones" in world.write("postular 4")[0]
    assert world.write("3") == ["3) Ese aviso ya no recibe postulaciones."]

    def take_back(connection: Connection, rosa: str) -> None:
        now = services_of(world.app).now()
        record_consent(connection, rosa, ConsentPurpose.MATCHING, "2026-11", is_given=False, now=now)

    world.at(minutes=1)
    world.change(take_back)
    assert "falta tu permiso" in world.write("postular 1")[0]
    world.change(lambda connection, rosa: set_status(connection, rosa, AccountStatus.SUSPENDED, MORNING))
    assert "suspendida" in world.write("postular 1")[0]
    assert world.applications() == []


def test_who_has_no_profile_is_told_so(world: World, post: Callable[..., str]) -> None:
    ana = world.sign_in(world.app, Role.SEEKER, email="ana@correo.pe")
    cipher, job_id = services_of(world.app).cipher, post()

    def give(connection: Connection) -> None:
        account_id = str(find_account(connection, cipher, "ana@correo.pe"))
        write_phone(connection, cipher, account_id, NOBODY, MORNING)
        put_numbers(connection, account_id, [job_id], MORNING)

    services_of(world.app).write(give)
    assert "falta tu perfil" in world.write("postular 1", NOBODY)[0]
    assert world.app.get("/v1/me/applications", headers=ana).json()["items"] == []


def test_all_messages_stop_at_once_and_begin_again_when_asked(world: World, post: Callable[..., str]) -> None:
    world.number(post())
    (answer,) = world.write("parar x favor")
    assert answer.startswith("Chamba: listo, ya no te enviamos mensajes.")
    assert world.write("PARAR") == [], "once is enough"
    assert world.write("postular 1") == world.write("1") == []
    assert world.applications() == []
    reset = {"phone": ROSA, "new_password": "granizo en Puno"}
    before = len(world.texts(world.app))
    assert world.app.post("/v1/auth/password-reset", json=reset).status_code == 202
    assert len(world.texts(world.app)) == before
    (answer,) = world.write("Empezar")
    assert "otra vez" in answer
    assert len(world.write("1")) == 2


def test_who_chooses_messages_in_their_account_gets_them_again(world: World) -> None:
    world.write("ALTO")
    header = rosas(world)
    assert world.app.put("/v1/me/notices", json={"by": {"alerts": "sms"}}, headers=header).status_code == 200
    assert world.write("ayuda") != []


def rosas(world: World) -> Bearer:
    return signed_in(services_of(world.app), services_of(world.app).read(world.rosa))


def test_a_number_without_an_account_may_stop_too_and_is_helped_once_a_day(world: World) -> None:
    assert "no tiene cuenta" in world.write("hola", NOBODY)[0]
    assert world.write("hola", NOBODY) == []
    assert "no tiene cuenta" in world.write("ayuda", NOBODY)[0]
    world.at(days=1)
    assert len(world.write("y ahora", NOBODY)) == 1
    assert len(world.write("BAJA", NOBODY)) == 1
    sign_up = {"phone": NOBODY, "password": "lluvia en Huaraz", "role": "employer"}
    before = len(world.texts(world.app))
    assert world.app.post("/v1/auth/sign-up", json=sign_up).status_code == 202
    assert len(world.texts(world.app)) == before


def test_what_is_not_read_is_helped_once_a_day_and_machines_do_not_talk_for_ever(world: World) -> None:
    assert "AYUDA" not in world.write("gracias por todo amigos")[0]
    assert world.write("gracias por todo amigos") == []
    assert sum(len(world.write("AYUDA")) for _ in range(60)) < 40
    assert len(world.write("PARAR")) == 1, "stopping is always heard"


def test_a_message_that_comes_twice_is_one(world: World, post: Callable[..., str]) -> None:
    world.number(post())
    assert len(world.write("1", id="same")) == 2
    assert world.write("1", id="same") == []


@pytest.mark.parametrize("number", ["51987654321", "987654321", "+51 987 654 321"])
def test_a_number_is_known_however_a_gateway_writes_it(world: World, post: Callable[..., str], number: str) -> None:
    world.number(post())
    assert len(world.write("1", number)) == 2


@pytest.mark.parametrize("number", ["8000", "Movistar", "+", "0" * 40])
def test_what_is_no_number_is_answered_nothing(world: World, number: str) -> None:
    assert world.write("1", number) == []


def test_only_a_gateway_that_shows_the_secret_hands_over_and_wrong_ones_are_limited(world: World) -> None:
    params = {"from": ROSA, "text": "ayuda", "id": "k1"}
    basic = {"Authorization": "Basic " + b64encode(f"kannel:{SECRET}".encode()).decode()}
    assert world.app.get("/v1/messages/incoming", params=params, headers=basic).status_code == 204
    assert len(world.texts(world.app)) == 1
    for wrong in ({"Authorization": "Bearer otro"}, {"Authorization": "Basic !!"}, {"Authorization": ""}):
        answer = world.app.get("/v1/messages/incoming", params=params, headers=wrong)
        assert answer.status_code == 401
    refused = [
        world.app.post("/v1/messages/incoming", json={}, headers={"Authorization": "Bearer x"}) for _ in range(40)
    ]
    assert refused[-1].status_code == 429


def test_what_a_phone_writes_with_an_emoji_comes_in_wide_letters(world: World, post: Callable[..., str]) -> None:
    world.number(post())
    words = quote_from_bytes("Postulo al 1 🙏".encode("utf-16-be"))
    query = f"from=%2B51987654321&id=w1&charset=UTF-16BE&text={words}"
    answer = world.app.get(f"/v1/messages/incoming?{query}", headers={"Authorization": f"Bearer {SECRET}"})
    assert answer.status_code == 204
    assert "listo, postulaste" in world.texts(world.app)[-1]


def test_without_a_secret_nothing_comes_in(open_app: Any) -> None:
    app = open_app()
    for shown in ("", "Bearer ", "Basic Og=="):
        answer = app.get("/v1/messages/incoming", params={"from": ROSA, "id": "1"}, headers={"Authorization": shown})
        assert answer.status_code == 403


def test_alerts_come_numbered_and_numbers_go_on_within_a_week(world: World, post: Callable[..., str]) -> None:
    header = rosas(world)
    search = {"name": "De noche", "query": "redes sociales", "alert": "at_once"}
    assert world.app.post("/v1/me/searches", json=search, headers=header).status_code == 201
    found = []
    for town in ("Comas", "Cusco", "Puno", "Tacna", "Piura"):
        post(title=f"Diseñadora de redes sociales, {town}", description=f"Bodega {town} " * 9)
        world.at(hours=1)
        before = len(world.texts(world.app))
        run_alerts(services_of(world.app))
        found.append([text.partition(" sms ")[2] for text in world.texts(world.app)[before:]])
    assert [len(texts) for texts in found] == [1, 1, 1, 0, 0], "three a day"
    assert found[0] == [
        "Chamba: trabajo nuevo para ti: 1) Diseñadora de redes sociales, Comas. Responde 1 para verlo. "
        "PARAR si no quieres mas."
    ]
    assert "2) Diseñadora de redes sociales, Cusco" in found[1][0]
    assert "Comas" in world.write("1")[0]
    services_of(world.app).clock = lambda: MORNING + timedelta(days=1)
    before = len(world.texts(world.app))
    run_alerts(services_of(world.app))
    (late,) = world.texts(world.app)[before:]
    assert "4) Diseñadora de redes sociales, Tacna" in late, "it waited for the morning"


@pytest.mark.parametrize(("way", "secret"), [("sms", ""), ("whatsapp", SECRET)])
def test_where_no_answer_would_be_read_none_is_asked_for(
    open_app: Any,
    tiny_bundles: Path,
    texts: Any,
    sign_in: Any,
    evening_designer: dict[str, Any],
    way: str,
    secret: str,
) -> None:
    world = World(open_app(tiny_bundles, incoming_secret=secret), texts, sign_in)
    services_of(world.app).clock = lambda: MORNING
    header = sign_in(world.app, Role.SEEKER, email="rosa@correo.pe")
    world.app.put("/v1/me/profile", json=evening_designer, headers=header)
    refused = world.app.put("/v1/me/notices", json={"by": {"alerts": "sms"}}, headers=header)
    assert refused.status_code == 409
    cipher = services_of(world.app).cipher
    world.change(lambda connection, rosa: write_phone(connection, cipher, rosa, ROSA, MORNING))
    world.app.put("/v1/me/notices", json={"by": {"alerts": way}}, headers=header)
    search = {"name": "Todo", "query": None, "alert": "at_once"}
    assert world.app.post("/v1/me/searches", json=search, headers=header).status_code == 201
    services_of(world.app).records.put_jobs(
        [Job("ad:1", JOB["title"], skills=("Photoshop",), modality=Modality.REMOTE)]
    )
    world.at(minutes=10)
    run_alerts(services_of(world.app))
    (text,) = texts(world.app)
    assert text.startswith(f"{ROSA} {way} Chamba: hay un trabajo nuevo para ti")
    assert "Responde" not in text
