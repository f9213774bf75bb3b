"""From nothing to the end: rules, what is missing, the proof, a yes, its end, an appeal, a person's word."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from store.notices.of_programmes import tell_expiring
from store.notices.writing import NOWHERE
from store.people.accounts import Role
from store.tables import Base
from tests.api.programmes.conftest import NOW, RULES, Bearer, Office, ok
from tests.api.services_of import services_of

Mails = Callable[..., list[str]]
POOR = {"income": 731.5, "household_size": 3, "birth_date": "1998-07-28", "region": "puno"}


def test_the_rules_are_there_to_read_before_anything_is_told(office: Office) -> None:
    office.publish()
    (listed,) = ok(office.app.get("/v1/programmes", headers={"Authorization": ""}))["items"]
    assert (listed["name"], listed["version_in_force"]) == ("Conectados", 1)
    shown = ok(office.app.get(f"/v1/programmes/{office.programme_id}?locale=es", headers={"Authorization": ""}))
    (version,) = shown["versions"]
    income = version["rules"][1]["rules"][0]
    assert "S/ 454" in income["text"]
    assert (income["figure"]["year"], "INEI" in income["figure"]["source"]) == (2024, True)
    assert shown["reads"] == ["birth_date", "household_income", "household_size", "sisfoh_class", "sisfoh_date"]
    assert (shown["consents"], shown["kept_months"]) == (["screening", "sensitive"], 36)
    assert shown["appeal_to"] == "Mesa de partes del ministerio"
    english = ok(office.app.get(f"/v1/programmes/{office.programme_id}?locale=en"))
    assert "poverty line of 2024" in english["versions"][0]["rules"][1]["rules"][0]["text"]


def test_nothing_is_read_before_she_agrees_and_what_is_missing_is_named(office: Office) -> None:
    office.publish()
    rosa = office.person("rosa", ("matching",))
    assert "`screening`" in office.ask(rosa, 422)["errors"][0]["expected"]
    agrees = {"purpose": "screening", "text_version": "2026-11", "is_given": True}
    ok(office.app.post("/v1/me/consents", json=agrees, headers=rosa))
    first = office.ask(rosa)
    assert (first["eligibility"], first["by_the_rules"]) == ("undecided", "undecided")
    missing = {one["proof"]: one for one in first["missing"]}
    assert missing.keys() == {"birth_date", "household_income", "household_size", "sisfoh_class"}
    assert "ULE" in missing["sisfoh_class"]["text"]
    assert {one["at"] for one in missing.values()} == {"/v1/me/private-details"}


def test_the_proof_makes_it_a_yes_with_each_rule_and_figure(office: Office) -> None:
    office.publish()
    rosa = office.person("rosa")
    office.details(rosa, birth_date="1998-07-28")
    assert office.ask(rosa)["eligibility"] == "undecided"
    assert office.details(rosa, **POOR)["region"] == "Puno"
    answer = office.ask(rosa, key="una")
    assert (answer["eligibility"], answer["missing"], answer["holds_until"]) == ("eligible", [], "2027-12-01")
    income = answer["rules"][1]["rules"][0]
    assert income["value"] == {"household_income": 731.5, "household_size": 3, "per_head": 243.83}
    assert (income["outcome"], income["figure"]["soles_per_month"]) == ("met", 454.0)
    assert "S/ 243.83 por persona" in income["text"]
    assert answer["rules"][1]["rules"][1]["outcome"] == "unknown"  # nobody needs her class
    assert office.ask(rosa, key="una")["screening_id"] == answer["screening_id"]
    own = ok(office.app.get("/v1/me/screenings", headers=rosa))["items"]
    assert [one["eligibility"] for one in own] == ["eligible", "undecided"]
    assert ok(office.app.get(f"/v1/me/screenings/{answer['screening_id']}", headers=rosa)) == answer
    stranger = office.person("otra")
    assert office.app.get(f"/v1/me/screenings/{answer['screening_id']}", headers=stranger).status_code == 404


def test_without_the_consent_income_and_class_are_not_read_any_more(office: Office) -> None:
    office.publish()
    rosa = office.person("rosa")
    office.details(rosa, **POOR)
    assert office.ask(rosa)["eligibility"] == "eligible"
    withdrawn = {"purpose": "sensitive", "text_version": "2026-11", "is_given": False}
    ok(office.app.post("/v1/me/consents", json=withdrawn, headers=rosa))
    assert office.ask(rosa)["eligibility"] == "undecided"


def test_the_organisation_knows_those_who_agreed_and_no_income(office: Office) -> None:
    office.publish()
    rosa, ana = office.person("rosa"), office.person("ana")
    for person, shares in ((rosa, True), (ana, False)):
        office.details(person, **POOR)
        office.ask(person, shares_contact=shares)
    (known,) = office.officers("GET", "/people")["items"]
    assert known["email"] == "rosa@correo.pe"
    assert known.keys() == {"screening_id", "name", "email", "phone", "asked_at", "holds_until"}
    assert office.officers("GET", "/counts") == {"eligible": None, "not_eligible": 0, "undecided": 0}
    withdrawn = {"purpose": "screening", "text_version": "2026-11", "is_given": False}
    ok(office.app.post("/v1/me/consents", json=withdrawn, headers=rosa))
    assert office.officers("GET", "/people")["items"] == []
    office.officers("GET", f"/screenings/{known['screening_id']}", status=404)


def appealed(office: Office, rosa: Bearer) -> Any:
    """A no that she contests."""
    office.publish(rules=[*RULES["rules"], {"kind": "place", "regions": ["Cusco"]}])
    office.details(rosa, **POOR)
    answer = office.ask(rosa)
    assert answer["eligibility"] == "not_eligible"
    case = ok(office.app.post(answer["appeal_at"], json={"text": "Me mudé al Cusco"}, headers=rosa), 201)
    assert case["kind"] == "eligibility"
    return answer


def test_an_officer_decides_an_appeal_without_reading_what_she_told(office: Office, mails: Mails) -> None:
    rosa = office.person("rosa")
    answer = appealed(office, rosa)
    (waits,) = office.officers("GET", "/appeals")["items"]
    assert (waits["screening_id"], waits["appeal"]["text"]) == (answer["screening_id"], "Me mudé al Cusco")
    assert [one["outcome"] for one in waits["rules"]] == ["met", "met", "not_met"]
    for told in ("731.5", "243.83", "1998-07-28", "Puno"):
        assert told not in json.dumps(waits)
    body = {"eligibility": "eligible", "reason": "Mostró su recibo de luz"}
    decided = office.officers("POST", f"/screenings/{answer['screening_id']}/decision", body)
    assert (decided["eligibility"], decided["by_the_rules"]) == ("eligible", "not_eligible")
    assert office.officers("GET", "/appeals")["items"] == []
    hers = ok(office.app.get(f"/v1/me/screenings/{answer['screening_id']}", headers=rosa))
    assert [one["reason"] for one in hers["decisions"]] == ["Mostró su recibo de luz"]
    assert hers["by_the_rules"] == "not_eligible"
    (case,) = ok(office.app.get("/v1/me/cases", headers=rosa))["items"]
    assert (case["state"], case["decision"]) == ("decided", "screening_changed")
    assert "una persona decidió" in office.ask(rosa, 409)["detail"]
    assert any("rosa@correo.pe" in mail and "revisó" in mail for mail in mails(office.app))
    entries = ok(office.app.get("/v1/admin/audit?limit=100", headers=office.admin))["items"]
    assert {"screening.asked", "case.opened", "screening.decided"} <= {one["action"] for one in entries}
    assert not any("eligible" in str(one["detail"]) for one in entries)


def test_an_officer_does_not_decide_about_herself(office: Office) -> None:
    rosa = office.sign_in(
        office.app, Role.SEEKER, Role.OFFICER, email="rosa@correo.pe", agreed=("matching", "sensitive", "screening")
    )
    account_id = ok(office.app.get("/v1/me", headers=rosa))["account_id"]
    ok(office.app.put(f"/v1/admin/programmes/{office.programme_id}/officers/{account_id}", headers=office.admin))
    answer = appealed(office, rosa)
    body = {"eligibility": "eligible", "reason": "Soy yo"}
    path = f"/screenings/{answer['screening_id']}/decision"
    assert "nadie decide" in office.officers("POST", path, body, 409, who=rosa)["detail"]
    assert office.officers("POST", path, body)["eligibility"] == "eligible"


def test_who_decided_an_answer_does_not_decide_it_again(office: Office) -> None:
    rosa = office.person("rosa")
    answer = appealed(office, rosa)
    path = f"/screenings/{answer['screening_id']}/decision"
    office.officers("POST", path, {"eligibility": "not_eligible", "reason": "No mostró nada"})
    ok(office.app.post(answer["appeal_at"], json={"text": "Sí lo mostré"}, headers=rosa), 201)
    favour = {"eligibility": "eligible", "reason": "Lo vi en su recibo"}
    assert "quien decidió" in office.officers("POST", path, favour, 409)["detail"]
    other = office.sign_in(office.app, Role.OFFICER, Role.ADMINISTRATOR, email="otra@fundacion.example", agreed=())
    account_id = ok(office.app.get("/v1/me", headers=other))["account_id"]
    ok(office.app.put(f"/v1/admin/programmes/{office.programme_id}/officers/{account_id}", headers=office.admin))
    assert office.officers("POST", path, favour, who=other)["eligibility"] == "eligible"
    ok(office.app.post(answer["appeal_at"], json={"text": "Todavía falta algo"}, headers=rosa), 201)
    (case,) = ok(office.app.get("/v1/admin/cases?kind=eligibility&state=open", headers=other))["items"]
    decide, body = f"/v1/admin/cases/{case['case_id']}/decision", {"decision": "screening_stands", "reason": "Ya está"}
    assert office.app.post(decide, json=body, headers=other).status_code == 409
    ok(office.app.post(decide, json=body, headers=office.admin))


@pytest.mark.parametrize(
    ("decision", "eligibility"), [("screening_changed", "eligible"), ("screening_stands", "not_eligible")]
)
def test_an_administrator_decides_it_among_the_cases(office: Office, decision: str, eligibility: str) -> None:
    rosa = office.person("rosa")
    answer = appealed(office, rosa)
    (case,) = ok(office.app.get("/v1/admin/cases?kind=eligibility", headers=office.admin))["items"]
    body = {"decision": decision, "reason": "Lo vimos con ella"}
    ok(office.app.post(f"/v1/admin/cases/{case['case_id']}/decision", json=body, headers=office.admin))
    hers = ok(office.app.get(f"/v1/me/screenings/{answer['screening_id']}", headers=rosa))
    assert (hers["eligibility"], hers["by_the_rules"]) == (eligibility, "not_eligible")


def test_rules_that_hold_stay_and_answers_keep_their_version(office: Office) -> None:
    office.publish()
    rosa = office.person("rosa")
    office.details(rosa, **POOR)
    first = office.ask(rosa)
    assert "siguiente versión" in office.publish(409)["detail"]
    office.publish(409, version=2, in_force_from="2026-12-01")
    office.officers("DELETE", "/versions/1", status=409)
    strict = [{"kind": "household_income_per_head", "at_most": "extreme_poverty_line", "factor": 0.5}]
    office.publish(version=2, in_force_from="2026-12-03", rules=strict)
    assert office.ask(rosa)["version"] == 1
    office.move(days=2)
    second = office.ask(office.again("rosa@correo.pe"))
    assert (first["version"], second["version"], second["eligibility"]) == (1, 2, "not_eligible")
    office.publish(version=3, in_force_from="2027-02-01")
    office.officers("DELETE", "/versions/3", status=204)
    assert [one["version"] for one in office.officers("GET", "/versions")["items"]] == [1, 2]


def test_an_answer_ends_and_she_is_told_before(office: Office, mails: Mails) -> None:
    office.publish()
    rosa = office.person("rosa")
    office.details(
        rosa,
        birth_date="1998-07-28",
        income=9_000,
        household_size=1,
        poverty_class="poor",
        poverty_class_date="2024-01-15",
    )
    answer = office.ask(rosa, shares_contact=True)
    assert (answer["eligibility"], answer["holds_until"]) == ("eligible", "2027-01-15")
    services = services_of(office.app)
    today = NOW.date()
    assert tell_expiring(services.database, services.cipher, NOWHERE, today, NOW) == 0
    soon = today + timedelta(days=20)
    later = NOW + timedelta(days=20)
    assert tell_expiring(services.database, services.cipher, NOWHERE, soon, later) == 1
    assert tell_expiring(services.database, services.cipher, NOWHERE, soon, later) == 0
    assert len(office.officers("GET", "/people")["items"]) == 1
    office.move(days=20)
    assert any("vence el 15/01/2027" in mail for mail in mails(office.app))
    office.move(days=30)
    assert office.officers("GET", "/people")["items"] == []
    rosa = office.again("rosa@correo.pe")
    assert not ok(office.app.get(f"/v1/me/screenings/{answer['screening_id']}", headers=rosa))["holds"]
    office.details(rosa, birth_date="1998-07-28", poverty_class="poor", poverty_class_date="2023-12-01")
    missing = [one["proof"] for one in office.ask(rosa)["missing"]]
    assert missing == ["household_income", "household_size", "sisfoh_renewal"]


def test_what_was_answered_is_sealed_exported_and_erased(office: Office) -> None:
    office.publish()
    rosa = office.person("rosa")
    office.details(rosa, **POOR)
    answer = office.ask(rosa)
    ok(office.app.post(answer["appeal_at"], json={"text": "palabras-de-rosa"}, headers=rosa), 201)
    (exported,) = ok(office.app.get("/v1/me/export", headers=rosa))["screenings"]
    assert (exported["eligibility"], exported["screening_id"]) == ("eligible", answer["screening_id"])
    services = services_of(office.app)
    with services.database.connect() as connection:
        row = connection.execute(select(Base.metadata.tables["screenings"])).one()
        assert "eligible" not in str(row).replace("judgement", "")
    ok(office.app.post("/v1/me/erasure", json={"password": "lluvia en Huaraz"}, headers=rosa))
    with services.database.connect() as connection:
        for name in ("screenings", "cases"):
            assert connection.execute(select(Base.metadata.tables[name])).all() == []


def test_an_officer_of_another_programme_finds_nothing(office: Office) -> None:
    office.publish()
    other = office.sign_in(office.app, Role.OFFICER, email="otro@fundacion.example", agreed=())
    for method, path, body in (
        ("GET", "/versions", None),
        ("POST", "/versions", RULES | {"version": 2, "in_force_from": "2027-01-01"}),
        ("GET", "/people", None),
        ("GET", "/counts", None),
        ("GET", "/appeals", None),
        ("POST", "/simulations", RULES),
    ):
        office.officers(method, path, body, 404, who=other)
    assert ok(office.app.get("/v1/officers/programmes", headers=other))["items"] == []


def test_a_programme_that_is_over_answers_nobody(office: Office) -> None:
    office.publish()
    facts = {"name": "C", "organisation": "M", "description": "D", "appeal_to": "A", "ends_on": "2026-11-30"}
    ok(office.app.put(f"/v1/admin/programmes/{office.programme_id}", json=facts, headers=office.admin))
    rosa = office.person("rosa")
    assert "ninguna regla" in office.ask(rosa, 409)["detail"]


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"birth_date": "2026-12-02"}, "birth_date"),
        ({"poverty_class": "poor", "poverty_class_date": "2027-01-01"}, "poverty_class_date"),
        ({"poverty_class_date": "2025-01-01"}, "poverty_class"),
        ({"region": "Atlántida"}, "region"),
        ({"household_size": 0}, "household_size"),
    ],
)
def test_private_details_that_cannot_be_are_refused(office: Office, details: dict[str, Any], field: str) -> None:
    refused = office.app.put("/v1/me/private-details", json=details, headers=office.person("rosa"))
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == field


def test_who_asks_too_early_is_told_from_which_day(office: Office) -> None:
    rosa = office.person("rosa")
    untold = office.ask(rosa, 409)["detail"]
    assert f"/v1/programmes/{office.programme_id}" in untold
    assert "desde el" not in untold
    office.publish(in_force_from="2026-12-09")
    assert "desde el 2026-12-09" in office.ask(rosa, 409)["detail"]
    office.move(days=8)
    assert office.ask(office.again("rosa@correo.pe"))["version"] == 1
