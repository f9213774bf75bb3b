"""Searches that people keep, and the mails that tell them of new jobs: each once, few at a time, never at night."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from typer.testing import CliRunner

from api.alerts.running import AlertCounts, run_alerts
from api.recommendations.service.recommending import newest_bundle
from commands.app import app
from engine.jobs import Job, Modality
from engine.relevance import MatchCalibration
from store.hiring.employers import EmployerStatus, set_employer_status
from store.people.accounts import Role, find_account
from store.tables.alerts import SavedSearchRow, ToldJobRow
from tests.api.services_of import services_of
from tests.api.signed_in import signed_in

Bearer = dict[str, str]
MORNING = datetime(2027, 3, 1, 15, tzinfo=UTC)  # ten o'clock in Lima
NIGHTS = {
    "kind": "fixed",
    "time_zone": "America/Lima",
    "windows": [{"days": ["mon"], "start": "19:00", "end": "22:00"}],
}
MORNINGS = NIGHTS | {"windows": [{"days": ["mon", "tue", "wed"], "start": "08:00", "end": "13:00"}]}
JOB: dict[str, Any] = {
    "title": "Diseñadora gráfica para redes sociales",
    "modality": "remote",
    "country": "PE",
    "skills": ["Adobe Illustrator", "Photoshop"],
    "schedule": NIGHTS,
    "pay": {"amount": 1500, "currency": "PEN", "period": "month"},
}
SEARCH = {"name": "De noche", "query": "redes sociales", "alert": "at_once"}


@dataclass
class World:
    """An app at a moment, with Rosa, who looks for work, and an organisation that posts it."""

    app: TestClient
    mails: Callable[[TestClient], list[str]]
    sign_in: Callable[..., Bearer]

    def at(self, moment: datetime) -> None:
        """Set the clock; the headers of before have expired."""
        services_of(self.app).clock = lambda: moment

    def run(self) -> AlertCounts:
        """A run of alerts."""
        return run_alerts(services_of(self.app))

    def alerts(self) -> list[str]:
        """The mails that tell of new jobs, so far."""
        return [mail for mail in self.mails(self.app) if "nuevo" in mail.split("\n")[1]]


@pytest.fixture
def world(open_app: Any, tiny_bundles: Path, mails: Any, sign_in: Any) -> World:
    found = World(open_app(tiny_bundles, public_address="https://chamba.pe"), mails, sign_in)
    found.at(MORNING)
    return found


@pytest.fixture
def rosa(world: World, evening_designer: dict[str, Any]) -> Bearer:
    header = world.sign_in(world.app, Role.SEEKER, email="rosa@correo.pe")
    assert world.app.put("/v1/me/profile", json=evening_designer, headers=header).status_code in (200, 201)
    return header


@pytest.fixture
def post(world: World) -> Callable[..., str]:
    """Posts a job of a verified organisation, whose id it is."""
    header = world.sign_in(world.app, Role.EMPLOYER, email="killa@correo.pe", agreed=())
    made = world.app.post("/v1/employers", json={"name": "Tienda Killa"}, headers=header).json()["employer_id"]
    services = services_of(world.app)
    verified = partial(set_employer_status, employer_id=made, status=EmployerStatus.VERIFIED, now=MORNING)
    services.write(verified)

    def posted(job: dict[str, Any] = JOB, **also: Any) -> str:
        answer = world.app.post(f"/v1/employers/{made}/jobs", json=job | also, headers=header)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["job_id"])

    return posted


def save(world: World, header: Bearer, **also: Any) -> dict[str, Any]:
    answer = world.app.post("/v1/me/searches", json=SEARCH | also, headers=header)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_search_is_kept_changed_and_deleted_and_there_are_twenty_at_most(world: World, rosa: Bearer) -> None:
    filters = {"hours_types": ["part_time"], "without_words": ["ventas"]}
    saved = save(world, rosa, filters=filters, alert="daily")
    assert saved["next_alert_at"] == "2027-03-02T12:00:00+00:00"  # seven in the morning in Lima
    path = f"/v1/me/searches/{saved['search_id']}"
    assert world.app.get(path, headers=rosa).json() == saved
    assert saved["filters"]["without_words"] == ["ventas"]
    changed = world.app.put(path, json={"name": "Mías", "alert": "none"}, headers=rosa).json()
    assert (changed["name"], changed["query"], changed["next_alert_at"]) == ("Mías", None, None)
    for _ in range(19):
        save(world, rosa)
    refused = world.app.post("/v1/me/searches", json=SEARCH, headers=rosa)
    assert (refused.status_code, "20" in refused.text) == (409, True)
    assert world.app.delete(path, headers=rosa).status_code == 204
    assert world.app.delete(path, headers=rosa).status_code == 404
    assert len(world.app.get("/v1/me/searches", headers=rosa).json()["items"]) == 19


def test_a_new_job_is_told_once_with_employer_hours_pay_and_link(
    world: World, rosa: Bearer, post: Callable[..., str]
) -> None:
    before = post(title="Diseñadora de redes sociales, de antes")
    world.run()  # which sees what is open already
    save(world, rosa)
    assert world.run().mails == 0
    world.at(MORNING + timedelta(minutes=5))
    job_id = post()
    world.at(MORNING + timedelta(minutes=10))
    assert world.run() == AlertCounts(1, 1, 1)
    (mail,) = world.alerts()
    assert mail.startswith("rosa@correo.pe\nTrabajo nuevo para ti: «Diseñadora gráfica para redes sociales»\n")
    assert "«De noche»" in mail
    assert "1. Diseñadora gráfica para redes sociales (Tienda Killa)" in mail
    assert "3 horas" in mail
    assert "1500" in mail.replace(" ", "").replace(",", "").replace(".", "")
    assert f"https://chamba.pe/trabajos/{job_id}" in mail
    assert mail.index(job_id) < mail.index("Qué hacer") < mail.index("https://chamba.pe/mis-busquedas")
    assert before not in mail
    world.at(MORNING + timedelta(hours=2))
    assert world.run().mails == 0
    save(world, rosa | login(world), name="Otra")
    world.at(MORNING + timedelta(hours=3))
    assert world.run().mails == 0, "another search finds it, who was told knows it"


def test_who_acts_on_a_job_or_cannot_take_it_is_not_told_of_it(
    world: World, rosa: Bearer, post: Callable[..., str]
) -> None:
    save(world, rosa)
    dismissed, _in_the_morning = post(), post(title="Redes sociales de mañana", schedule=MORNINGS)
    world.app.put(f"/v1/me/dismissals/{dismissed}", json={"reason": "other"}, headers=rosa)
    world.at(MORNING + timedelta(minutes=10))
    assert world.run().jobs == 0


def test_what_is_no_match_is_not_told(world: World, rosa: Bearer, post: Callable[..., str]) -> None:
    save(world, rosa)
    save(world, rosa, name="Lo que sé hacer", query=None)
    post()
    watch = services_of(world.app).watch
    newest_bundle(services_of(world.app))
    assert watch.current is not None
    strict = replace(watch.current.recommender, match_calibration=MatchCalibration(1.0, -100.0, 0.5))
    watch.current = replace(watch.current, recommender=strict)
    world.at(MORNING + timedelta(minutes=10))
    assert world.run() == AlertCounts(2, 0, 0)


def test_one_mail_names_five_of_many_and_says_how_many_more(
    world: World, rosa: Bearer, post: Callable[..., str]
) -> None:
    save(world, rosa)
    save(world, rosa, name="Todo", query=None, filters={"modalities": ["remote"]})
    for town in ("Comas", "Cusco", "Puno", "Tacna", "Piura", "Ica", "Lima"):
        post(title=f"Diseñadora de redes sociales para una bodega de {town}", description=f"Bodega {town} " * 9)
    world.at(MORNING + timedelta(minutes=10))
    counts = world.run()
    (mail,) = world.alerts()
    assert (counts.searches, counts.mails, counts.jobs) == (2, 1, mail.count("https://chamba.pe/trabajos/"))
    assert counts.jobs <= 5
    assert "tus búsquedas guardadas" in mail


def test_nobody_is_mailed_at_night_and_daily_alerts_come_in_the_morning(
    world: World, rosa: Bearer, post: Callable[..., str]
) -> None:
    save(world, rosa, alert="daily")
    post()
    for hour, minute in ((2, 0), (11, 59)):  # 21:00 and 6:59 in Lima
        world.at(datetime(2027, 3, 2, hour, minute, tzinfo=UTC))
        assert world.run() == AlertCounts()
    world.at(datetime(2027, 3, 2, 12, 1, tzinfo=UTC))
    assert world.run().mails == 1


def test_who_chose_not_to_or_left_or_did_not_agree_is_mailed_nothing(
    world: World, rosa: Bearer, post: Callable[..., str]
) -> None:
    save(world, rosa)
    post()
    assert world.app.put("/v1/me/notices", json={"alerts": False}, headers=rosa).status_code == 200
    world.at(MORNING + timedelta(minutes=10))
    assert world.run() == AlertCounts(1, 0, 0)
    assert world.app.put("/v1/me/notices", json={"alerts": True}, headers=login(world)).status_code == 200
    world.at(MORNING + timedelta(days=181))
    services_of(world.app).records.put_jobs([Job("ad:1", JOB["title"], modality=Modality.REMOTE)])
    assert world.run().mails == 0, "it is half a year since she logged in"
    login(world)
    services_of(world.app).records.put_jobs([Job("ad:2", JOB["title"], modality=Modality.REMOTE)])
    world.at(MORNING + timedelta(days=181, hours=1))
    assert world.run().mails == 1


def test_a_run_that_is_killed_before_it_wrote_or_two_at_once_tell_once(
    world: World, rosa: Bearer, post: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    save(world, rosa)
    post()
    world.at(MORNING + timedelta(minutes=10))
    first = partial(run_alerts, services_of(world.app))
    with monkeypatch.context() as patched:
        patched.setattr("api.alerts.running.post_notice", killed)
        with pytest.raises(KeyboardInterrupt):
            first()
    assert world.alerts() == []
    services = services_of(world.app)
    with monkeypatch.context() as patched:
        patched.setattr("api.alerts.running.AlertQueries.found", another_run_first(first))
        first()
    assert len(world.alerts()) == 1
    with services.database.connect() as connection:
        assert len(connection.execute(select(ToldJobRow.__table__)).all()) == 1
        assert connection.execute(select(SavedSearchRow.due_at)).scalar_one() == services.now() + timedelta(hours=1)


def killed(*_: Any) -> bool:
    raise KeyboardInterrupt


def another_run_first(run: Callable[[], AlertCounts]) -> Any:
    """Has another whole run end between what a run reads and what it writes."""
    from api.alerts.asking import AlertQueries

    found = AlertQueries.found
    was_run: list[bool] = []

    def both(self: AlertQueries, asked: Any) -> Any:
        answer = found(self, asked)
        if not was_run:
            was_run.append(True)
            run()
        return answer

    return both


def login(world: World) -> Bearer:
    """Rosa's header at this moment."""
    services = services_of(world.app)
    account_id = services.read(partial(find_account, cipher=services.cipher, email="rosa@correo.pe"))
    return signed_in(services, str(account_id))


def test_the_command_runs_beside_a_server(world: World, post: Callable[..., str]) -> None:
    post()
    settings = services_of(world.app).settings
    stated = {
        "--data-dir": settings.data_dir,
        "--database-url": settings.database,
        "--master-keys": settings.master_keys,
    }
    arguments = ["alerts", *(str(one) for pair in stated.items() for one in pair)]
    ran = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert (ran.exit_code, ran.output) == (0, "0 searches looked at, 0 mails with 0 jobs\n")
