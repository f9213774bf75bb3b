"""An administrator's weeks: from the command that makes her account to the audit log, by HTTP, answers and mails."""

from __future__ import annotations

from typing import Any

import pytest
from typer.testing import CliRunner

from commands.accounts import account
from store.people.accounts import Role
from store.people.factors.totp import totp_code
from tests.api.moderation.parts import JOB, PROFILE, SCAM, TITLE, imported, ok, seen
from tests.api.services_of import services_of
from tests.api.stories.town import NOBODY, Someone, Town

PASSWORD, OTHERS = "faro verde en Paita", "tambor de hojalata 8"
WORKSHOP = {"name": "Taller Inti", "tax_id": "20100070970", "contact": "taller@inti.example"}
WHY = {"cause": "fraud", "reason": "La empresa dice que no es suyo"}


def test_an_administrator_begins_decides_and_answers_for_it(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    ana, secret = begins(town, monkeypatch)
    beto = town.staff("beto@chamba.pe", Role.ADMINISTRATOR)
    inti = town.somebody("inti@inti.example", OTHERS, "employer")
    rosa = town.somebody("rosa@correo.pe", OTHERS, "seeker", "matching")
    rosa.asks("PUT", "/v1/me/profile", PROFILE)
    root, job = verifies(town, ana, inti, rosa)
    takes_down_and_puts_back(town, ana, rosa, inti, job)
    proves_herself_again(town, ana, secret, job)
    decides_of_imports(town, ana, rosa)
    answers_people(town, ana, rosa)
    leaves_appeals_to_another(town, ana, beto, inti, root)
    looks_up_and_answers_for_it(town, ana, beto, inti)


def begins(town: Town, monkeypatch: pytest.MonkeyPatch) -> tuple[Someone, str]:
    """Her password opens nothing but the way to a second factor, which the app's codes are."""
    settings = services_of(town.app).settings
    monkeypatch.setenv("CHAMBA_MASTER_KEYS", str(settings.master_keys))
    monkeypatch.setenv("CHAMBA_PASSWORD_MEMORY_KIB", str(settings.password_memory_kib))
    asked = ["create", "ana@chamba.pe", "--password-stdin", "--data-dir", str(settings.data_dir)]
    asked += ["--database-url", settings.database]
    made = CliRunner().invoke(account, asked, input=f"{PASSWORD}\n")
    assert made.exit_code == 0, made.output
    ana = Someone(town.app, "ana@chamba.pe")
    assert "contraseña" in ana.logs_in("otra cosa 99", 401)["detail"]
    ana.logs_in(PASSWORD)
    needed = ana.asks("GET", "/v1/admin/cases", status=403)
    assert (needed["type"], "segundo paso" in needed["detail"]) == ("/problems/second-factor-needed", True)
    secret = ana.asks("POST", "/v1/me/totp")["secret"]
    ana.asks("POST", "/v1/me/totp/confirm", {"code": "000000"}, 401)
    told = ana.asks("POST", "/v1/me/totp/confirm", {"code": totp_code(secret, town.now)})
    assert len(told["recovery_codes"]) == 10
    assert ana.asks("GET", "/v1/admin/overview")["accounts"]["administrator"] == 1
    town.people.append(ana)
    return ana, str(secret)


def case_of(admin: Someone, kind: str) -> dict[str, Any]:
    """All that there is to read of the one case of a kind that waits."""
    (case,) = admin.asks("GET", f"/v1/admin/cases?kind={kind}&state=open")["items"]
    found: dict[str, Any] = admin.asks("GET", f"/v1/admin/cases/{case['case_id']}")
    assert all(one["text"] for one in (*found["waits_for"], *found["decisions"]))
    return found


def verifies(town: Town, ana: Someone, inti: Someone, rosa: Someone) -> tuple[str, str]:
    """The case has RUC and contact; verifying shows the ad that waited for it, and leaves the one with a sign."""
    root = "/v1/employers/" + inti.asks("POST", "/v1/employers", WORKSHOP, 201)["employer_id"]
    job_id = inti.asks("POST", f"{root}/jobs", JOB, 201)["job_id"]
    inti.asks("POST", f"{root}/jobs", JOB | {"title": "Ayudante", "description": SCAM}, 201)
    case = case_of(ana, "employer")
    subject = case["subject"]
    assert (subject["tax_id"], subject["tax_id_is_valid"]) == (WORKSHOP["tax_id"], True)
    assert subject["contact"] == WORKSHOP["contact"]
    assert {one["state_reasons"][0]["code"] for one in subject["waiting"]} == {
        "asks_for_money",
        "employer_not_verified",
    }
    path = f"/v1/admin/cases/{case['case_id']}"
    ana.asks("POST", f"{path}/take")
    ana.asks("POST", f"{path}/notes", {"text": "El RUC está activo"}, 201)
    wrong = ana.asks("POST", f"{path}/decision", {"decision": "job_shown", "reason": "x"}, 422)
    assert "organisation_verified o organisation_refused" in wrong["errors"][0]["expected"]
    ana.asks("POST", f"{path}/decision", {"decision": "organisation_verified", "reason": "RUC activo"})
    assert seen(town.app, rosa.headers) == {job_id}
    held = case_of(ana, "posting")
    (sign,) = [one for one in held["subject"]["signs"] if one["severity"] == "block"]
    assert (sign["kind"], "65" in sign["quote"], bool(sign["text"])) == ("asks_for_money", True, True)
    assert held["subject"]["owner"]["tax_id"] == WORKSHOP["tax_id"]
    town.decides(ana, "posting", "job_taken_down", "Cobra el kit")
    return root, job_id


def takes_down_and_puts_back(town: Town, ana: Someone, rosa: Someone, inti: Someone, job_id: str) -> None:
    """A job of the workshop and one that was imported: gone and back at once, with reason, notice and audit."""
    town.told(inti)
    ids = [job_id, imported(town.app)]
    for one in ids:
        down = ana.asks("POST", f"/v1/admin/jobs/{one}/take-down", WHY)
        assert (down["state"], WHY["reason"] in down["state_reasons"][0]["text"]) == ("rejected", True)
    assert seen(town.app, rosa.headers) == set()
    rosa.asks("GET", f"/v1/jobs/{job_id}", status=404)
    listed = ana.asks("GET", "/v1/admin/taken-down-jobs")["items"]
    assert {one["origin"]: one["reason"] for one in listed}["import"] == WHY["reason"]
    for one in ids:
        ana.asks("POST", f"/v1/admin/jobs/{one}/put-back", {"cause": "mistake", "reason": "Sí es suyo"})
    ana.asks("POST", f"/v1/admin/jobs/{job_id}/put-back", WHY, 409)
    ana.asks("POST", "/v1/admin/jobs/nadie/take-down", WHY, 404)
    assert seen(town.app, rosa.headers) == set(ids)
    told = town.told(inti)
    assert [mail.split("\n")[1] for mail in told] == [
        f"Quitamos tu aviso «{TITLE}»",
        f"Tu aviso «{TITLE}» se muestra otra vez",
    ]
    assert all("La razón: «" in mail for mail in told)
    acts = [one["action"] for one in ana.asks("GET", "/v1/admin/audit?is_newest_first=true&limit=20")["items"]]
    assert (acts.count("job.taken_down"), acts.count("job.put_back")) == (2, 2)


def proves_herself_again(town: Town, ana: Someone, secret: str, job_id: str) -> None:
    """After a quarter of an hour a decision asks for a proof; a code is good once, and reading needs none."""
    town.later(minutes=16)
    needed = ana.asks("POST", f"/v1/admin/jobs/{job_id}/take-down", WHY, 401)
    assert needed["type"] == "/problems/step-up-needed"
    ana.asks("GET", f"/v1/admin/jobs/{job_id}")
    assert "segundo paso" in ana.asks("POST", "/v1/me/step-up", {"password": PASSWORD}, 409)["detail"]
    code = totp_code(secret, town.now)
    ana.asks("POST", "/v1/me/step-up", {"code": code}, 204)
    ana.asks("POST", "/v1/me/step-up", {"code": code}, 401)


def decides_of_imports(town: Town, ana: Someone, rosa: Someone) -> None:
    """What signs of fraud hold waits by itself, with reasons; many are decided together."""
    for number in range(3):
        imported(town.app, f"taller:x{number}", description=SCAM)
    waits = {one["kind"]: one for one in ana.asks("GET", "/v1/admin/waiting-cases")["items"]}
    assert (waits["import"]["open"], waits["import"]["by_reason"]) == (3, {"asks_for_money": 3})
    assert ana.asks("GET", "/v1/admin/cases")["items"] == []
    queue = ana.asks("GET", "/v1/admin/cases?kind=import")["items"]
    body = {"case_ids": [one["case_id"] for one in queue], "decision": "job_taken_down", "reason": "Cobran"}
    lines = ana.asks("POST", "/v1/admin/cases:decide", body)["items"]
    assert [line["is_decided"] for line in lines] == [True] * 3
    assert not any(one.startswith("taller:x") for one in seen(town.app, rosa.headers))


def answers_people(town: Town, ana: Someone, rosa: Someone) -> None:
    """A report, a contested answer as it was given, a wish to correct data: each told to whoever asked."""
    imported(town.app, "taller:raro", title="Bordadora de gorros")
    rosa.asks("PUT", "/v1/me/dismissals/taller:raro", {"reason": "looks_false", "text": "Me pidieron S/ 20"}, 201)
    report = case_of(ana, "report")
    assert (report["text"], report["subject"]["origin"]) == ("Me pidieron S/ 20", "import")
    assert (report["opener"]["reports"], report["opener"]["reports_right"]) == (1, 0)
    town.decides(ana, "report", "job_stays", "Preguntamos: no cobran")
    answer = rosa.asks("POST", "/v1/me/recommendations", {"limit": 5})
    path = f"/v1/me/recommendations/{answer['recommendation_id']}/review-request"
    rosa.asks("POST", path, {"text": "No sale nada de bordado"}, 201)
    contested = case_of(ana, "human_review")
    shown = [one["job_id"] for one in answer["recommendations"]]
    assert [one["job_id"] for one in contested["subject"]["jobs"]] == shown
    assert contested["subject"]["profile"]["text"] == PROFILE["text"]
    again = ana.asks("GET", f"/v1/admin/cases/{contested['case_id']}/answer")
    assert (again["is_identical"], [one["job_id"] for one in again["answer"]["recommendations"]]) == (True, shown)
    town.decides(ana, "human_review", "answer_stands", "Así está su perfil")
    rosa.asks("POST", "/v1/me/correction-requests", {"text": "Mi nombre es Rosa"}, 201)
    town.decides(ana, "correction", "data_corrected", "Ya está")
    first = rosa.asks("GET", "/v1/me/cases?limit=2")
    rest = rosa.asks("GET", f"/v1/me/cases?limit=2&cursor={first['next_cursor']}")
    decisions = [one["decision"] for one in first["items"] + rest["items"]]
    assert (decisions, rest["next_cursor"]) == (["data_corrected", "answer_stands", "job_stays"], None)
    reasons = [mail for mail in town.told(rosa) if "Lo que dice" in mail]
    assert len(reasons) == 3


def leaves_appeals_to_another(town: Town, ana: Someone, beto: Someone, inti: Someone, root: str) -> None:
    """What she suspended somebody else looks at again; all of it is hidden at once and back at once."""
    found = ana.asks("POST", "/v1/admin/accounts:find", {"email": inti.email})
    assert [one["name"] for one in found["organisations"]] == ["Taller Inti"]
    path = f"/v1/admin/accounts/{found['account_id']}"
    ana.asks("POST", f"{path}/suspend", {"reason": "abuse"})
    inti.asks("GET", root, status=401)
    out = Someone(town.app, inti.email)
    assert "/v1/auth/appeal" in out.logs_in(OTHERS, 403)["detail"]
    out.asks("POST", "/v1/auth/appeal", {"email": inti.email, "password": OTHERS, "text": "No fui yo"}, 204)
    appeal = case_of(ana, "appeal")
    assert (appeal["unfair"]["code"], appeal["subject"]["suspended_for"]) == ("own_decision", "abuse")
    own = {"decision": "account_stays_suspended", "reason": "x"}
    ana.asks("POST", f"/v1/admin/cases/{appeal['case_id']}/decision", own, 409)
    town.decides(beto, "appeal", "account_restored", "Fue otra persona")
    inti.logs_in(OTHERS)
    employer_id = root.rpartition("/")[2]
    ana.asks("POST", f"/v1/admin/employers/{employer_id}/suspend", {"reason": "fraud"})
    inti.asks("POST", f"{root}/appeal", {"text": "Vengan a vernos"}, 201)
    assert case_of(ana, "organisation_appeal")["subject"]["suspended_for"] == "fraud"
    ana.asks("POST", f"/v1/admin/employers/{employer_id}/restore", {"reason": "mistake"})
    assert beto.asks("GET", "/v1/admin/cases?kind=organisation_appeal&state=open")["items"] == []
    assert inti.asks("GET", root)["status"] == "verified"


def looks_up_and_answers_for_it(town: Town, ana: Someone, beto: Someone, inti: Someone) -> None:
    """Whom she gave a role is told; everything she did, and read, is in the log; nobody else reads it."""
    account_id = ana.asks("POST", "/v1/admin/accounts:find", {"email": inti.email})["account_id"]
    ana.asks("PUT", f"/v1/admin/accounts/{account_id}/roles/analyst")
    assert town.subjects(inti)[-1] == "Desde ahora tu cuenta de Chamba puede mirar las cifras de Chamba"
    own = f"account:{ana.asks('GET', '/v1/me')['account_id']}"
    entries = beto.asks("GET", f"/v1/admin/audit?actor={own}&is_newest_first=true&limit=100")["items"]
    acts = {one["action"] for one in entries}
    assert acts >= {
        *("private_values.read", "case.decided", "job.taken_down", "employer.suspended", "employer.restored"),
        *("account.suspended", "account.role_granted", "human_review.answered", "account.proved"),
    }
    first = beto.asks("GET", f"/v1/admin/audit?actor={own}&is_newest_first=true&limit=2")
    assert [one["number"] for one in first["items"]] == sorted((one["number"] for one in entries), reverse=True)[:2]
    after = beto.asks("GET", f"/v1/admin/audit?actor={own}&is_newest_first=true&limit=2&cursor={first['next_cursor']}")
    assert after["items"][0]["number"] < first["items"][-1]["number"]
    for stranger in (inti, Someone(town.app)):
        answer = town.app.get("/v1/admin/audit", headers=NOBODY | stranger.headers)
        assert answer.status_code in (401, 403)
    assert ok(town.app.get("/healthz"))
