"""Rules tried before they hold: by officers and analysts over HTTP, by operators on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from commands.app import app as command_line
from store.people.accounts import Role
from tests.api.programmes.conftest import RULES, Office, ok
from tests.api.services_of import services_of

STRICT = RULES | {
    "version": 2,
    "in_force_from": "2027-06-01",
    "rules": [{"kind": "household_income_per_head", "at_most": "extreme_poverty_line"}],
}


def crowd(office: Office) -> None:
    """Twelve people, of whom ten agree: seven between the lines in Puno, three who told nothing."""
    for number in range(12):
        agreed = ("matching", "sensitive", *(("screening",) if number < 10 else ()))
        rosa = office.person(f"rosa{number}", agreed)
        if number < 7 or number >= 10:
            office.details(rosa, income=350, household_size=1, birth_date="1990-01-01", region="Puno")


def test_it_counts_those_who_agree_against_the_rules_in_force(office: Office, tmp_path: Path) -> None:
    office.publish()
    crowd(office)
    found = office.officers("POST", "/simulations", STRICT)
    assert (found["version"], found["version_in_force"]) == (2, 1)
    everybody = found["groups"][0]
    assert (everybody["people"], everybody["eligible"], everybody["not_eligible"]) == (10, 0, 5)
    assert (everybody["undecided"], everybody["eligible_in_force"]) == (None, 5)
    assert (found["gain"], found["lose"]) == (0, 5)
    assert {one["group"] for one in found["groups"] if one["kind"] == "region"} == {"other"}  # three are too few
    assert {one["proof"] for one in found["lacking"]} == {"household_income", "household_size"}
    analyst = office.sign_in(office.app, Role.ANALYST, email="analista@correo.pe", agreed=())
    url = f"/v1/analytics/programmes/{office.programme_id}/simulations"
    assert ok(office.app.post(url, json=STRICT, headers=analyst)) == found

    file = tmp_path / "reglas.json"
    file.write_text(json.dumps(STRICT))
    services = services_of(office.app)
    place = ["--data-dir", str(services.settings.data_dir), "--master-keys", str(services.settings.master_keys)]
    place += ["--database-url", services.database.url.render_as_string(hide_password=False)]
    printed = CliRunner().invoke(
        command_line,
        ["programme", "simulate", str(file), "--programme", office.programme_id, "--day", "2026-12-01", *place],
    )
    assert printed.exit_code == 0, printed.output
    assert printed.output.splitlines()[1].split()[:6] == ["all", "10", "0", "5", "·", "5"]
    said = CliRunner().invoke(command_line, ["programme", "check", str(file), "--language", "en"])
    assert "S/ 256" in said.output


def test_it_is_asked_thirty_times_a_day(office: Office) -> None:
    statuses = [
        office.app.post(
            f"/v1/officers/programmes/{office.programme_id}/simulations", json=RULES, headers=office.officer
        ).status_code
        for _ in range(31)
    ]
    assert statuses == [200] * 30 + [429]
