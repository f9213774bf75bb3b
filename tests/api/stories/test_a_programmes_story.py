"""A ministry says whom a programme is for, and a mother learns whether she may enter: from nothing until it ends."""

from __future__ import annotations

import json
from typing import Any

from store.people.accounts import Role
from store.retention.retention import enforce_retention
from store.retention.times import retention_times
from tests.api.services_of import services_of
from tests.api.stories.town import AGREES, Someone, Town

FACTS = {
    "name": "Tabletas para el hogar",
    "organisation": "Ministerio de Educación",
    "description": "Una tableta prestada por dos años",
    "appeal_to": "Defensoría del Pueblo",
}
RULES: dict[str, Any] = {
    "version": 1,
    "in_force_from": "2027-03-02",
    "valid_months": 6,
    "rules": [
        {"kind": "age", "at_least": 18},
        {"kind": "household_income_per_head", "at_most": "poverty_line"},
        {"kind": "place", "regions": ["Apurímac"]},
    ],
}
TOLD = {"income": 811.4, "household_size": 4, "birth_date": "1993-09-14", "region": "Ayacucho"}
PRIVATE = ("811.4", "202.85", "1993-09-14", "Ayacucho")
PASSWORD = "quinua lavada en domingo"


def test_a_programme_is_defined_asked_for_contested_and_ends(town: Town) -> None:
    admin, officer, programme_id = is_defined(town)
    eulalia, ranked = asks_and_is_told_what_is_missing(town, officer, programme_id)
    screening_id = tells_and_is_told_no_and_why(eulalia, programme_id)
    contests_and_a_person_decides(town, eulalia, officer, programme_id, screening_id)
    nobody_else_ever_sees_it(town, eulalia, admin, ranked)
    is_told_before_it_ends(town, eulalia, officer, programme_id, screening_id)


def is_defined(town: Town) -> tuple[Someone, Someone, str]:
    """An administrator adds it and names its officer, who tries its rules and publishes them for tomorrow."""
    admin, officer = (
        town.staff(f"{name}@estado.example", role)
        for name, role in (("ana", Role.ADMINISTRATOR), ("oli", Role.OFFICER))
    )
    programme_id = str(admin.asks("POST", "/v1/admin/programmes", FACTS, 201)["programme_id"])
    account_id = officer.asks("GET", "/v1/me")["account_id"]
    admin.asks("PUT", f"/v1/admin/programmes/{programme_id}/officers/{account_id}")
    path = f"/v1/officers/programmes/{programme_id}"
    tried = officer.asks("POST", f"{path}/simulations", RULES)
    everybody = tried["groups"][0]
    assert (everybody["kind"], everybody["people"]) == ("all", 0), "nobody has agreed to be counted"
    shown = officer.asks("POST", f"{path}/versions", RULES, 201)
    assert shown["is_in_force"] is False
    assert "Apurímac" in json.dumps(shown, ensure_ascii=False)
    return admin, officer, programme_id


def asks_and_is_told_what_is_missing(town: Town, officer: Someone, programme_id: str) -> tuple[Someone, Any]:
    """She reads the rules before she has an account; nothing is read of her before she agrees."""
    nobody = Someone(town.app)
    (listed,) = nobody.asks("GET", "/v1/programmes")["items"]
    assert (listed["name"], listed["version_in_force"]) == (FACTS["name"], None)
    eulalia = town.somebody("eulalia@correo.pe", PASSWORD, "seeker", "matching")
    eulalia.asks("PUT", "/v1/me/profile", {"text": "Bordo mantas, tejo chompas", "device": "phone"})
    ask = f"/v1/me/programmes/{programme_id}/screenings"
    assert "`screening`" in str(eulalia.asks("POST", ask, {}, 422))
    eulalia.asks("POST", "/v1/me/consents", {"purpose": "screening"} | AGREES)
    assert "desde el 2027-03-02" in eulalia.asks("POST", ask, {}, 409)["detail"]
    town.later(days=1)
    ranked = ranking(eulalia)
    rules = nobody.asks("GET", f"/v1/programmes/{programme_id}")
    (version,) = rules["versions"]
    assert [one["kind"] for one in version["rules"]] == [rule["kind"] for rule in RULES["rules"]]
    assert "INEI" in version["rules"][1]["text"]
    assert rules["consents"] == ["screening", "sensitive"]
    first = eulalia.asks("POST", ask, {}, 201)
    assert (first["eligibility"], "No es un no" in first["message"]) == ("undecided", True)
    assert {one["proof"] for one in first["missing"]} == {"birth_date", "household_income", "household_size", "region"}
    officer.asks("GET", f"/v1/officers/programmes/{programme_id}/screenings/{first['screening_id']}", status=404)
    return eulalia, ranked


def tells_and_is_told_no_and_why(eulalia: Someone, programme_id: str) -> str:
    """Each rule with its figure and what she told; the answer that counts is the newest."""
    assert "primero" in str(eulalia.asks("PUT", "/v1/me/private-details", TOLD, 422))
    eulalia.asks("POST", "/v1/me/consents", {"purpose": "sensitive"} | AGREES)
    eulalia.asks("PUT", "/v1/me/private-details", TOLD)
    body = {"shares_contact": True}
    answer = eulalia.asks("POST", f"/v1/me/programmes/{programme_id}/screenings", body, 201)
    age, income, place = answer["rules"]
    assert place["text"] == "No se cumple: Vivir en Apurímac. Vives en Ayacucho."
    assert (age["outcome"], income["outcome"], place["outcome"]) == ("met", "met", "not_met")
    assert income["value"] == {"household_income": 811.4, "household_size": 4, "per_head": 202.85}
    assert (income["figure"]["year"], "INEI" in income["figure"]["source"]) == (2024, True)
    assert (answer["eligibility"], answer["missing"], answer["appeal_to"]) == (
        "not_eligible",
        [],
        FACTS["appeal_to"],
    )
    assert "pide que lo revise una persona" in answer["message"]
    return str(answer["screening_id"])


def contests_and_a_person_decides(
    town: Town, eulalia: Someone, officer: Someone, programme_id: str, screening_id: str
) -> None:
    """An officer reads what came of each rule and her words, nothing that she told, and decides with a reason."""
    town.told(eulalia)
    eulalia.asks("POST", f"/v1/me/screenings/{screening_id}/appeal", {"text": "Vivo en Andahuaylas desde enero"}, 201)
    assert town.subjects(officer) == [f"Alguien pide que se revise una respuesta de «{FACTS['name']}»"]
    again = {"text": "Tengo el contrato de alquiler"}
    eulalia.asks("POST", f"/v1/me/screenings/{screening_id}/appeal", again, 201)
    path = f"/v1/officers/programmes/{programme_id}"
    (waits,) = officer.asks("GET", f"{path}/appeals")["items"]
    assert waits["appeal"]["text"] == "Vivo en Andahuaylas desde enero\n\nTengo el contrato de alquiler"
    assert not [value for value in PRIVATE if value in json.dumps(waits, ensure_ascii=False)]
    decision = {"eligibility": "eligible", "reason": "Mostró su contrato de alquiler"}
    officer.asks("POST", f"{path}/screenings/{screening_id}/decision", decision)
    receipt, *news = town.told(eulalia)
    assert "una persona revisará" in receipt
    assert news
    assert not [mail for mail in [receipt, *news] if FACTS["name"] in mail or "alquiler" in mail]
    hers = eulalia.asks("GET", f"/v1/me/screenings/{screening_id}")
    assert (hers["eligibility"], hers["by_the_rules"]) == ("eligible", "not_eligible")
    assert [one["reason"] for one in hers["decisions"]] == [decision["reason"]]
    assert (
        "una persona decidió" in eulalia.asks("POST", f"/v1/me/programmes/{programme_id}/screenings", {}, 409)["detail"]
    )
    (known,) = officer.asks("GET", f"{path}/people")["items"]
    assert (known["email"], [value for value in PRIVATE if value in str(known)]) == (eulalia.email, [])
    assert officer.asks("GET", f"{path}/counts") == {"eligible": None, "not_eligible": 0, "undecided": 0}


def nobody_else_ever_sees_it(town: Town, eulalia: Someone, admin: Someone, ranked: Any) -> None:
    """Her ranking is byte for byte what it was; employers find her by what she does, and the log names no answer."""
    assert ranking(eulalia) == ranked
    shop = town.somebody("tienda@correo.pe", "hilo negro sin aguja", "employer")
    employer_id = shop.asks("POST", "/v1/employers", {"name": "Telares Qori"}, 201)["employer_id"]
    town.decides(admin, "employer", "organisation_verified", "Revisado")
    job = {"title": "Bordadora", "modality": "remote"}
    job_id = shop.asks("POST", f"/v1/employers/{employer_id}/jobs", job, 201)["job_id"]
    eulalia.asks("POST", "/v1/me/consents", {"purpose": "be_found"} | AGREES)
    made = eulalia.asks("POST", "/v1/me/applications", {"job_id": job_id}, 201)
    seen = [
        shop.asks("POST", f"/v1/employers/{employer_id}/jobs/{job_id}/candidates", {}),
        shop.asks("GET", f"/v1/employers/{employer_id}/applications/{made['application_id']}"),
    ]
    assert not [value for value in (*PRIVATE, "screening", "eligib") if value in json.dumps(seen, ensure_ascii=False)]
    entries = admin.asks("GET", "/v1/admin/audit?limit=100")["items"]
    assert {"screening.asked", "screening.decided"} <= {one["action"] for one in entries}
    assert not [one for one in entries if "eligible" in str(one["detail"])]


def is_told_before_it_ends(
    town: Town, eulalia: Someone, officer: Someone, programme_id: str, screening_id: str
) -> None:
    """Six months later it holds no more; a month before she has a mail, and her income goes with its consent."""
    services = services_of(town.app)
    town.people.clear()
    town.later(days=160)
    enforce_retention(services.database, services.cipher, services.settings.data_dir, town.now, retention_times())
    eulalia.mails_read = 0  # those of before are gone from the outbox
    assert [subject for subject in town.subjects(eulalia) if "vence el 02/09/2027" in subject]
    town.later(days=30)
    eulalia.logs_in(PASSWORD)
    officer.goes_on()
    over = eulalia.asks("GET", f"/v1/me/screenings/{screening_id}")
    assert (over["holds"], over["message"].startswith("Esta respuesta valió hasta el 02/09/2027")) == (False, True)
    assert officer.asks("GET", f"/v1/officers/programmes/{programme_id}/people")["items"] == []
    eulalia.asks("POST", "/v1/me/consents", {"purpose": "sensitive"} | AGREES | {"is_given": False})
    assert eulalia.asks("GET", "/v1/me/private-details")["income"] is None
    assert eulalia.asks("POST", f"/v1/me/programmes/{programme_id}/screenings", {}, 201)["eligibility"] in (
        "undecided",
        "not_eligible",
    )


def ranking(who: Someone) -> Any:
    """Her jobs with their scores and reasons, as she reads them."""
    answer = who.asks("POST", "/v1/me/recommendations", {"limit": 30})
    return json.dumps([answer["recommendations"], answer["nearest"], answer["notice"]], sort_keys=True)
