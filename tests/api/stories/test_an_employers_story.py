"""A workshop hires by Chamba: from no account to a person hired and a job closed, by HTTP, answers and mails alone."""

from __future__ import annotations

from typing import Any

from store.people.accounts import Role
from tests.api.real_things import PDF
from tests.api.stories.town import SITE, Someone, Town

PASSWORD = "dos telares y un gallo"
TITLE = "Atención de pedidos por chat, de noche"
NIGHTS = {
    "time_zone": "America/Lima",
    "windows": [{"days": ["mon", "tue", "wed"], "start": "19:00", "end": "22:00"}],
}
JOB: dict[str, Any] = {
    "title": TITLE,
    "description": "Responder pedidos de mantas por WhatsApp.",
    "skills": ["WhatsApp Business"],
    "modality": "remote",
    "country": "PE",
    "schedule": {"kind": "fixed", **NIGHTS},
    "pay": {"amount": 600, "currency": "PEN", "period": "month"},
}
UNLAWFUL = "Solo señoritas de 18 a 25 años."
SCAM = "Antes de empezar abona S/ 65 por el kit de hilos a nuestra cuenta."
WORKSHOP = {"name": "Taller Wayra", "tax_id": "20555123451", "contact": "ventas@wayra.example"}
LINKED = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Fotógrafa de mantas",
    "description": "<p>Fotos para la página.</p>",
    "identifier": {"@type": "PropertyValue", "value": "F-1"},
    "jobLocationType": "TELECOMMUTE",
    "datePosted": "2027-02-01",
    "validThrough": "pronto",
}


def test_a_workshop_registers_posts_invites_hires_and_closes(town: Town) -> None:
    admin = town.staff("ana@chamba.pe", Role.ADMINISTRATOR)
    wilma = town.somebody("wilma@wayra.example", PASSWORD, "employer")
    root = registers(town, wilma)
    colleague = is_joined_by(town, wilma, root)
    job = posts(town, wilma, root)
    is_verified(town, wilma, admin, root, job)
    nelly = invites(town, wilma, job)
    applicant = reads_who_applied(town, wilma, nelly, root, job)
    hires(town, wilma, nelly, root, applicant)
    has_bad_days(town, wilma, admin, root, job)
    ends(town, wilma, colleague, root, job)


def registers(town: Town, wilma: Someone) -> str:
    """A wrong RUC is told in words; the right one waits for a person, and says so."""
    assert wilma.asks("GET", "/v1/employers")["items"] == []
    wrong = wilma.asks("POST", "/v1/employers", WORKSHOP | {"tax_id": "20555123450"}, 422)
    assert "ese no es un RUC" in wrong["detail"]
    made = wilma.asks("POST", "/v1/employers", WORKSHOP, 201)
    assert (made["status"], made["tax_id"]) == ("unverified", WORKSHOP["tax_id"])
    assert "revisa tu empresa" in made["state_reasons"][0]["text"]
    (mail,) = town.told(wilma)
    assert "Registraste a Taller Wayra en Chamba" in mail
    assert f"{SITE}/empresas/{made['employer_id']}" in mail
    return f"/v1/employers/{made['employer_id']}"


def is_joined_by(town: Town, wilma: Someone, root: str) -> Someone:
    """A colleague acts for it by their own consent alone; a stranger finds nothing."""
    teo = town.somebody("teo@wayra.example", PASSWORD, "employer")
    teo.asks("GET", root, status=404)
    wilma.asks("POST", f"{root}/members", {"email": teo.email}, 204)
    wilma.asks("POST", f"{root}/members", {"email": "nadie@wayra.example"}, 204)
    teo.asks("GET", root, status=404)
    assert town.subjects(teo) == ["Taller Wayra te pide actuar en su nombre en Chamba"]
    (asked,) = teo.asks("GET", "/v1/member-requests")["items"]
    teo.asks("POST", f"/v1/member-requests/{asked['request_id']}/acceptance", status=204)
    listed = wilma.asks("GET", f"{root}/members")["items"]
    assert [one["email"] for one in listed] == [wilma.email, teo.email]
    return teo


def posts(town: Town, wilma: Someone, root: str) -> str:
    """By form, many at once and as linked data: what waits says why, what is wrong is told in its line."""
    made = wilma.asks("POST", f"{root}/jobs", JOB, 201, Idempotency_Key="primero")
    assert wilma.asks("POST", f"{root}/jobs", JOB, 201, Idempotency_Key="primero")["job_id"] == made["job_id"]
    assert (made["state"], made["state_reasons"][0]["code"]) == ("waiting", "employer_not_verified")
    joined, waits = town.told(wilma)
    assert "Otra persona actúa por Taller Wayra" in joined
    assert "- Una persona todavía tiene que verificar tu empresa." in waits
    town.later(minutes=1)
    lines = wilma.asks("POST", f"{root}/jobs:batch", {"jobs": [JOB | {"title": "Tejedora"}, {"title": ""}]})["items"]
    assert [line["posting"] is None for line in lines] == [False, True]
    assert lines[1]["problem"]["detail"].startswith("title:")
    (read,) = wilma.asks("POST", f"{root}/jobs:import", LINKED)["items"]
    assert (read["posting"]["job"]["title"], list(read["unread"])) == ("Fotógrafa de mantas", ["closes_at"])
    warned = wilma.asks("POST", f"{root}/jobs", JOB | {"title": "Bordadora", "description": UNLAWFUL}, 201)
    assert {one["severity"] for one in warned["signs"]} == {"note"}
    assert all(one["text"] and one["quote"] for one in warned["signs"])
    held = wilma.asks("POST", f"{root}/jobs", JOB | {"title": "Ayudante", "description": SCAM}, 201)
    assert [one["code"] for one in held["state_reasons"]] == ["asks_for_money", "employer_not_verified"]
    town.later(hours=2)
    (mail,) = town.told(wilma)
    assert "Revisaremos 4 avisos de Taller Wayra" in mail
    assert "- Pide dinero para postular o empezar" in mail
    return f"{root}/jobs/{made['job_id']}"


def is_verified(town: Town, wilma: Someone, admin: Someone, root: str, job: str) -> None:
    """Its ads are shown that waited for that alone; which, the mail says."""
    refused = wilma.asks("POST", f"{job}/invitations", {"seeker_id": root.rpartition("/")[2]}, 409)
    assert "verificada" in refused["detail"]
    town.decides(admin, "employer", "organisation_verified", "El RUC está activo")
    assert wilma.asks("GET", root)["state_reasons"] == []
    assert wilma.asks("GET", job)["state"] == "open"
    verified, shown = town.told(wilma)
    assert "«El RUC está activo»" in verified
    assert "4 avisos de Taller Wayra ya se muestran" in shown
    states = [one["state"] for one in wilma.asks("GET", f"{root}/jobs")["items"]]
    assert sorted(states) == ["open", "open", "open", "open", "waiting"]


def invites(town: Town, wilma: Someone, job: str) -> Someone:
    """Somebody who agreed to be found, without her name; she is told, and nobody is invited twice."""
    nelly = town.somebody("nelly@correo.pe", "sopa de quinua 12", "seeker", "matching", "be_found")
    nelly.asks("PATCH", "/v1/me", {"name": "Nelly Quispe"})
    profile = {"text": "Atiendo pedidos por chat", "skills": ["WhatsApp Business"], "availability": NIGHTS}
    nelly.asks("PUT", "/v1/me/profile", profile)
    nelly.app.put("/v1/me/cv", content=PDF, headers=nelly.headers | {"Content-Type": "application/pdf"})
    found = wilma.asks("POST", f"{job}/candidates", {})
    (person,) = found["people"]
    assert (person["can_be_invited"], person["profile"]["skills"]) == (True, ["WhatsApp Business"])
    assert "Nelly" not in str(found)
    asked = {"seeker_id": person["seeker_id"], "text": SCAM}
    assert "señales de fraude" in wilma.asks("POST", f"{job}/invitations", asked, 422)["detail"]
    wilma.asks("POST", f"{job}/invitations", asked | {"text": "Nos gustó lo que haces"}, 201)
    wilma.asks("POST", f"{job}/invitations", asked | {"text": "¿Y?"}, 409)
    assert f"Te invitan a postular a «{TITLE}»" in town.subjects(nelly)
    return nelly


def reads_who_applied(town: Town, wilma: Someone, nelly: Someone, root: str, job: str) -> str:
    """She accepts, which is an application: name, work, score and hours stand in the list, all else in the detail."""
    (asked,) = nelly.asks("GET", "/v1/me/invitations")["items"]
    nelly.asks("POST", f"/v1/me/invitations/{asked['invitation_id']}/acceptance", {"with_cv": True}, 201)
    (mail,) = town.told(wilma)
    assert f"Una persona postuló a «{TITLE}»" in mail
    assert f"{SITE}{root.removeprefix('/v1').replace('employers', 'empresas')}/postulaciones" in mail
    (listed,) = wilma.asks("GET", f"{root}/applications?sort=best")["items"]
    assert (listed["name"], listed["headline"], listed["job_title"]) == (
        *("Nelly Quispe", "Atiendo pedidos por chat", TITLE),
    )
    assert (listed["was_invited"], listed["score"] > 0) == (True, True)
    assert listed["shared_hours"] == "Tiene libres las 9 horas que pide el aviso"
    assert wilma.asks("GET", f"{job}/invitations")["items"][0]["state"] == "accepted"
    path = f"{root}/applications/{listed['application_id']}"
    assert wilma.asks("GET", path)["contact"]["email"] == nelly.email
    cv = wilma.app.get(f"{path}/cv", headers=wilma.headers)
    assert (cv.status_code, cv.content) == (200, PDF)
    return path


def hires(town: Town, wilma: Someone, nelly: Someone, root: str, applicant: str) -> None:
    """Stage by stage, with words of a template, messages both ways, and a reason where one is owed."""
    words = {"name": "Entrevista", "text": "Hola, {name}: hablemos de {job} en {employer}."}
    template_id = wilma.asks("POST", f"{root}/templates", words, 201)["template_id"]
    silent = wilma.asks("POST", f"{applicant}/steps", {"stage": "declined", "version": 1}, 422)
    assert silent["errors"][0]["field"] == "reason"
    step = {"stage": "interview", "version": 1, "template_id": template_id}
    stepped = wilma.asks("POST", f"{applicant}/steps", step)
    assert stepped["messages"][0]["text"] == f"Hola, Nelly Quispe: hablemos de {TITLE} en Taller Wayra."
    wilma.asks("POST", f"{applicant}/steps", step, 409)
    own = "/v1/me/applications/" + applicant.rpartition("/")[2]
    nelly.asks("POST", f"{own}/messages", {"text": "El martes puedo"}, 201)
    assert wilma.asks("GET", f"{root}/applications")["items"][0]["unread_messages"] == 1
    assert f"Te escribieron por el trabajo «{TITLE}»" in town.subjects(wilma)
    wilma.asks("POST", f"{applicant}/messages", {"text": "El martes, entonces"}, 201)
    hired = {"stage": "hired", "version": stepped["version"], "reason": "Buena conversación"}
    assert wilma.asks("POST", f"{applicant}/steps", hired)["next_stages"] == []
    assert f"Te contrataron para «{TITLE}»" in town.subjects(nelly)


def has_bad_days(town: Town, wilma: Someone, admin: Someone, root: str, job: str) -> None:
    """Its ad is taken down and it is suspended: each with a reason, a way to contest it, and back at once."""
    boss = town.staff("beto@chamba.pe", Role.ADMINISTRATOR)
    why = {"cause": "misleading", "reason": "No dice quién paga"}
    admin.asks("POST", f"/v1/admin/jobs/{job.rpartition('/')[2]}/take-down", why)
    down = wilma.asks("GET", job)
    assert (down["state"], "No dice quién paga" in down["state_reasons"][0]["text"]) == ("rejected", True)
    wilma.asks("POST", f"{job}/appeal", {"text": "Paga el taller, lo dice abajo"}, 201)
    town.decides(boss, "job_appeal", "job_shown", "Es cierto")
    admin.asks("POST", f"/v1/admin/employers/{root.rpartition('/')[2]}/suspend", {"reason": "fraud"})
    refused = wilma.asks("GET", f"{root}/jobs", status=403)
    assert f"{root}/appeal" in refused["detail"]
    assert "Parece un fraude" in wilma.asks("GET", root)["state_reasons"][0]["text"]
    wilma.asks("POST", f"{root}/appeal", {"text": "Somos los de siempre"}, 201)
    town.decides(boss, "organisation_appeal", "organisation_restored", "Se aclaró")
    assert wilma.asks("GET", job)["state"] == "open"
    told = town.subjects(wilma)
    assert told == [
        f"Quitamos tu aviso «{TITLE}»",
        f"Recibimos tu pedido de revisar tu aviso «{TITLE}»",
        f"Tu aviso «{TITLE}» se muestra otra vez",
        "Suspendimos a Taller Wayra en Chamba",
        "Recibimos tu pedido de revisar la suspensión de Taller Wayra",
        "Taller Wayra vuelve a estar activa en Chamba",
    ]
    decided = [one["decision"] for one in wilma.asks("GET", "/v1/me/cases")["items"]]
    assert decided == ["organisation_restored", "job_shown", "organisation_verified"]


def ends(town: Town, wilma: Someone, teo: Someone, root: str, job: str) -> None:
    """A job is closed and opened again; who leaves sees no more, and the last does not leave jobs open."""
    assert wilma.asks("POST", f"{job}/close")["state"] == "closed"
    assert wilma.asks("POST", f"{job}/re-open")["state"] == "open"
    accounts = {one["email"]: one["account_id"] for one in wilma.asks("GET", f"{root}/members")["items"]}
    teo.asks("DELETE", f"{root}/members/{accounts[wilma.email]}", status=409)
    wilma.asks("DELETE", f"{root}/members/{accounts[teo.email]}", status=204)
    assert town.subjects(teo)[-1] == "Ya no actúas por Taller Wayra en Chamba"
    teo.asks("GET", root, status=404)
    last = wilma.asks("DELETE", f"{root}/members/{accounts[wilma.email]}", status=409)
    assert "cierra sus trabajos" in last["detail"]
    for one in wilma.asks("GET", f"{root}/jobs")["items"]:
        wilma.asks("POST", f"{root}/jobs/{one['job_id']}/close")
    wilma.asks("DELETE", f"{root}/members/{accounts[wilma.email]}", status=204)
    wilma.asks("GET", root, status=404)
