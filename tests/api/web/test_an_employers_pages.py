"""A shop owner at a browser: registering, posting, reviewing, hiring, with somebody who applies beside."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from store.audit import AuditAction, count_audit
from store.hiring.employers import EmployerStatus, set_employer_status
from store.people.accounts import Role
from tests.api.real_things import PDF
from tests.api.services_of import services_of
from tests.api.web.browser import Reader, account_of

Bearer = dict[str, str]
SignIn = Callable[..., Bearer]

RUC, WRONG_RUC = "20601234565", "20601234566"
PASTED = """Vendedora o vendedor por WhatsApp para tienda de telas
Responder pedidos y anotar en Excel. De lunes a viernes de 7:00 pm a 10:00 pm. Trabajo remoto.
Pago S/ 600 mensual. Recibo por honorarios."""
UNLAWFUL = "Señoritas de 18 a 25 años con buena presencia para atender pedidos por WhatsApp."
EVENINGS = [f"{day}-{hour}" for day in range(5) for hour in (19, 20, 21)]
JOB: dict[str, Any] = {
    "title": "Diseño de piezas para redes",
    "text": "Piezas para Instagram con Illustrator y Photoshop.",
    "skills": "Adobe Illustrator, Photoshop",
    "how": "fixed",
    "cell": EVENINGS,
    "pay_amount": "S/ 1,200",
    "pay_period": "month",
    "contract": "freelance",
    "modality": "remote",
}


@pytest.fixture
def app(open_app: Callable[..., TestClient], tiny_bundles: Path) -> TestClient:
    return open_app(tiny_bundles)


@pytest.fixture
def shop(app: TestClient) -> Reader:
    return Reader(app, account_of(app, Role.EMPLOYER, "telas@correo.pe"))


@pytest.fixture
def rosa(app: TestClient, sign_in: SignIn, evening_designer: dict[str, Any]) -> Bearer:
    """Somebody who agreed to be found, with evenings free and a CV file."""
    headers = sign_in(app, Role.SEEKER, email="rosa@correo.pe", agreed=("matching", "be_found"))
    del evening_designer["min_pay"]
    assert app.put("/v1/me/profile", json=evening_designer, headers=headers).status_code == 200
    assert app.put("/v1/me/cv", content=PDF, headers=headers | {"Content-Type": "application/pdf"}).is_success
    return headers


def registered(shop: Reader, name: str = "Telas Wari") -> str:
    """The id of an organisation that the reader registers by the form."""
    page = shop.sends("/empresas/nueva", name=name, tax_id=f"RUC {RUC}", contact="+51 987 111 222")
    assert page.status_code == 200, page.text
    return str(page.url).rpartition("/")[2]


def verified(app: TestClient, employer_id: str) -> str:
    services = services_of(app)
    services.write(lambda each: set_employer_status(each, employer_id, EmployerStatus.VERIFIED, services.now()))
    return employer_id


def posted(shop: Reader, employer_id: str, **changed: Any) -> str:
    page = shop.sends(f"/empresas/{employer_id}/trabajos/nuevo", **JOB | changed)
    assert page.status_code == 200, page.text
    assert "Tu aviso" in shop.words or "tu aviso" in shop.words, shop.words
    return str(page.url).rpartition("/")[2]


def test_who_offers_work_registers_with_a_ruc_whose_digits_are_checked(app: TestClient, shop: Reader) -> None:
    page = Reader(app).opens("/empresas")
    assert '"/registrarse?empresa=1&amp;sigue=/mis-organizaciones"' in page.text
    shop.opens("/mis-organizaciones")
    assert "Registrar mi empresa" in shop.words
    shop.opens("/empresas/nueva")
    typed = {"20601": "Faltan 6 números", WRONG_RUC: "no está bien", RUC: "Está bien escrito", "abc": "no está bien"}
    for digits, told in typed.items():
        shop.sends("/empresas/ruc", tax_id=digits)
        assert told in shop.words
    again = shop.sends("/empresas/nueva", name="Telas Wari", tax_id=WRONG_RUC, contact="+51 987 111 222")
    assert (again.status_code, "sobre todo el último" in shop.words) == (422, True)
    assert f'value="{WRONG_RUC}"' in again.text
    employer_id = registered(shop)
    assert "Por verificar" in shop.words
    assert "revisa tu empresa" in shop.words
    shop.opens("/mis-organizaciones")
    assert "Telas Wari" in shop.words
    changed = shop.sends(f"/empresas/{employer_id}/datos", name="Telas Wari", tax_id=RUC, website="www.telaswari.pe")
    assert changed.status_code == 200
    assert "https://www.telaswari.pe" in shop.opens(f"/empresas/{employer_id}/datos").text


def test_an_ad_that_is_pasted_is_read_shown_with_its_sentences_and_posted(app: TestClient, shop: Reader) -> None:
    employer_id = verified(app, registered(shop))
    base = f"/empresas/{employer_id}/trabajos"
    shop.opens(f"{base}/pegar")
    form = shop.sends(f"{base}/pegar", pasted=PASTED)
    assert "«Pago S/ 600 mensual»" in shop.words
    assert 'value="fixed" checked' in form.text
    assert len(re.findall(r'name="cell" value="[0-4]-(?:19|20|21)" id="[^"]+" checked', form.text)) == 15
    assert 'name="pay_amount" maxlength="15" value="600"' in form.text
    assert shop.sends(f"{base}/pegar", pasted=" ").status_code == 422
    halves = shop.sends(f"{base}/pegar", pasted="Cajera\nDe lunes a viernes de 8:30 am a 1:30 pm")
    assert "Como dice el aviso: lun a vie 08:30-13:30" in shop.words
    found = re.search(r'name="schedule_json" value="([^"]+)"', halves.text)
    assert found is not None
    kept = unescape(found.group(1))
    job_id = posted(shop, employer_id, how="as_told", schedule_json=kept, cell=[])
    job = app.get(f"/v1/jobs/{job_id}").json()
    assert job["schedule"]["windows"][0]["start"] == "08:30"
    assert (job["pay"]["amount"], job["contract"], job["employer"]) == (1200, "freelance", "Telas Wari")


def test_what_is_wrong_is_told_before_it_is_posted_with_how_to_mend_it(shop: Reader) -> None:
    employer_id = registered(shop)
    base = f"/empresas/{employer_id}/trabajos"
    shop.opens(f"{base}/nuevo")
    typed = JOB | {"text": UNLAWFUL, "pay_amount": "400", "contract": "permanent", "hours_per_week": "48"}
    page = shop.sends(f"{base}/nuevo", **typed)
    assert str(page.url).endswith("/nuevo")
    for told in ("Quita la edad", "Pide foto, buena presencia", "Sube el pago o baja las horas", "Publicar así"):
        assert told in shop.words
    assert shop.words.count("Quita la edad") == 1
    assert page.text.index("Quita la edad") < page.text.index('name="title"'), "whoever pressed the button is above"
    assert shop.opens(base).text.count('class="card"') == 0
    page = shop.sends(f"{base}/nuevo", **typed)
    seen = re.search(r'name="seen" value="([^"]+)"', page.text)
    assert seen is not None
    worse = typed | {"text": f"{UNLAWFUL} Para empezar deposita S/ 80 por tu kit de inicio."}
    assert str(shop.sends(f"{base}/nuevo", **worse, seen=seen.group(1)).url).endswith("/nuevo")
    kept = shop.sends(f"{base}/nuevo", **typed, seen=seen.group(1))
    assert "En revisión" in shop.words, kept.text
    money = JOB | {"text": "Para empezar deposita S/ 80 por tu kit de inicio."}
    shop.sends(f"{base}/vista", **money)
    assert "no se muestra hasta que una persona lo mire" in shop.words
    assert "«" in shop.words
    wrongs: tuple[dict[str, Any], ...] = (
        *({"pay_amount": "mil"}, {"title": ""}, {"cell": []}, {"closes_at": "ayer"}, {"openings": "1.5"}),
        {"pay_amount": "900", "pay_most": "500"},
    )
    for wrong in wrongs:
        again = shop.sends(f"{base}/nuevo", **JOB | wrong)
        assert again.status_code == 422, wrong
        assert "is-wrong" in again.text or 'class="wrong"' in again.text


def test_hours_are_painted_by_one_touch_and_are_meant_where_nothing_else_is_chosen(
    app: TestClient, shop: Reader
) -> None:
    employer_id = verified(app, registered(shop))
    base = f"/empresas/{employer_id}/trabajos"
    shop.opens(f"{base}/nuevo")
    page = shop.sends(f"{base}/vista", cell=["5-9"], poner="noches")
    assert page.status_code == 200, "the name of the job is not asked for yet"
    checked = re.findall(r'name="cell" value="([^"]+)" id="[^"]+" checked', page.text)
    assert sorted(checked) == sorted([*EVENINGS, "5-9"])
    assert 'value="fixed" checked' in page.text
    cleared = shop.sends(f"{base}/vista", title="Cajera", cell=EVENINGS, poner="nada")
    assert 'name="cell" value="0-19" id="c0-19">' in cleared.text
    assert 'value="Cajera"' in cleared.text
    hours = app.get(f"/v1/jobs/{posted(shop, employer_id, how='')}").json()["schedule"]
    assert (hours["kind"], hours["windows"][0]["start"]) == ("fixed", "19:00")
    for how, kind in (("flexible", "flexible"), ("unsaid", None)):
        schedule = app.get(f"/v1/jobs/{posted(shop, employer_id, how=how)}").json().get("schedule")
        assert (schedule or {}).get("kind") == kind


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("S/ 1,350", 1350), ("S/. 1.350", 1350), ("1 350", 1350), ("18.50", 18.5), ("18,5", 18.5), ("1,350.00", 1350)],
)
def test_amounts_are_read_as_people_write_them(app: TestClient, shop: Reader, typed: str, amount: float) -> None:
    job_id = posted(shop, verified(app, registered(shop)), pay_amount=typed)
    assert app.get(f"/v1/jobs/{job_id}").json()["pay"]["amount"] == amount


@pytest.mark.usefixtures("rosa")
def test_the_preview_is_a_small_part_for_who_types_and_names_nobody(app: TestClient, shop: Reader) -> None:
    employer_id = verified(app, registered(shop))
    base = f"/empresas/{employer_id}/trabajos"
    shop.client.headers["HX-Request"] = "true"
    part = shop.sends(f"{base}/vista", **JOB)
    assert "<html" not in part.text
    assert "S/ 1,200 al mes" in shop.words
    assert "Menos de cinco personas" in shop.words
    shop.sends(f"{base}/vista", title="")
    assert "Escribe al menos qué trabajo es" in shop.words
    warned = shop.sends(f"{base}/vista", **JOB | {"text": UNLAWFUL}, seen="asks_age")
    assert warned.text.count("Quita la edad") == 1
    assert 'id="advertencias" aria-live="polite" hx-swap-oob="true"' in warned.text, "those above the form follow"
    del shop.client.headers["HX-Request"]
    assert shop.opens(base).text.count('class="card"') == 0


def test_a_job_is_changed_closed_and_opened_and_keeps_what_the_form_does_not_ask(app: TestClient, shop: Reader) -> None:
    employer_id = verified(app, registered(shop))
    job_id = posted(shop, employer_id)
    where = f"/empresas/{employer_id}/trabajos/{job_id}"
    assert "Se muestra" in shop.words
    form = shop.opens(f"{where}/editar")
    assert 'value="Diseño de piezas para redes"' in form.text
    assert len(re.findall(r'name="cell" value="[^"]+" id="[^"]+" checked', form.text)) == 15
    shop.sends(f"{where}/editar", **JOB | {"title": "Diseño para redes, de noche", "job_id": job_id})
    assert "Diseño para redes, de noche" in shop.words
    shop.sends(f"{where}/cerrar")
    assert "Cerrado" in shop.words
    shop.sends(f"{where}/abrir")
    assert "Se muestra" in shop.words
    several = shop.sends(
        f"/empresas/{employer_id}/trabajos/varios", pasted=f"{PASTED}\n-----\nCosturera\nA destajo, remoto\n---\n"
    )
    assert "Costurera" in shop.words
    assert several.text.count("<li>") >= 2
    linked = '{"@type": "JobPosting", "title": "Diseñadora web", "description": "De noche"}'
    shop.opens(f"/empresas/{employer_id}/trabajos/varios")
    shop.sends(f"/empresas/{employer_id}/trabajos/varios", pasted=linked)
    assert "Diseñadora web" in shop.words
    assert shop.sends(f"/empresas/{employer_id}/trabajos/varios", pasted="{no").status_code == 422


@pytest.mark.usefixtures("rosa")
def test_people_who_agreed_to_be_found_are_invited_without_their_names(app: TestClient, shop: Reader) -> None:
    employer_id = verified(app, registered(shop))
    where = f"/empresas/{employer_id}/trabajos/{posted(shop, employer_id)}"
    people = shop.opens(f"{where}/personas")
    assert "Tiene libres las 15 horas que pide el aviso" in shop.words
    assert "rosa@correo.pe" not in people.text
    found = re.search(r'name="seeker_id" value="([^"]+)"', people.text)
    assert found is not None
    shop.sends(f"{where}/invitar", seeker_id=found.group(1), text="Nos gustó lo que haces.")
    assert "Ya la invitaste" in shop.words
    again = shop.sends(f"{where}/invitar", seeker_id=found.group(1))
    assert again.status_code == 409
    shop.opens(f"{where}/invitaciones")
    assert "Todavía no responde" in shop.words
    shop.sends(f"{where}/cerrar")
    shop.opens(f"{where}/personas")
    assert "Se puede invitar cuando el aviso se muestra" in shop.words


@pytest.fixture
def employer_id(app: TestClient, shop: Reader) -> str:
    return verified(app, registered(shop))


@pytest.fixture
def application_id(app: TestClient, shop: Reader, employer_id: str, rosa: Bearer) -> str:
    """Rosa's application for the shop's only job."""
    body = {"job_id": posted(shop, employer_id), "text": "Tengo portafolio", "with_cv": True}
    applied = app.post("/v1/me/applications", json=body, headers=rosa)
    assert applied.status_code == 201, applied.text
    return str(applied.json()["application_id"])


def test_several_are_moved_at_once_with_words_that_are_kept(
    shop: Reader, employer_id: str, application_id: str
) -> None:
    board = f"/empresas/{employer_id}/postulaciones"
    shop.opens(f"/empresas/{employer_id}/trabajos")
    assert "1 postulación" in shop.words
    page = shop.opens(board)
    for told in ("Nuevas 1", "Diseñadora gráfica, identidad de marca y redes sociales", "de 100"):
        assert told in shop.words
    assert f'value="{application_id}|1"' in page.text

    kept = shop.sends(f"/empresas/{employer_id}/mensajes", name="Cita", text="Hola {nombre}, ¿hablamos de «{aviso}»?")
    template = re.search(r'/mensajes/([0-9a-f-]{36})"', kept.text)
    assert template is not None
    assert shop.sends(f"/empresas/{employer_id}/mensajes", name="Mal", text="{apellido}").status_code == 422

    assert shop.sends(f"{board}/mover", stage="interview").status_code == 422
    moves = {"stage": "interview", "chosen": [f"{application_id}|1"], "template_id": template.group(1)}
    shop.sends(f"{board}/mover", **moves)
    assert "Movimos 1 postulación" in shop.words
    shop.sends(f"{board}/mover", **moves)
    assert "No movimos ninguna" in shop.words
    assert "cambiaron mientras mirabas" in shop.words
    shop.opens(f"{board}/{application_id}")
    assert "¿hablamos de «Diseño de piezas para redes»?" in shop.words


def test_an_application_is_read_in_full_written_about_and_ends_in_a_job(
    app: TestClient, shop: Reader, employer_id: str, application_id: str, rosa: Bearer
) -> None:
    one = f"/empresas/{employer_id}/postulaciones/{application_id}"
    page = shop.opens(one)
    assert page.headers["cache-control"] == "no-store"
    for told in ("Tengo portafolio", "rosa@correo.pe", "Adobe Illustrator", "Bajar su CV"):
        assert told in shop.words
    file = shop.client.get(f"{one}/cv")
    assert (file.content, file.headers["cache-control"]) == (PDF, "no-store")
    assert file.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in file.headers["content-security-policy"]
    subject, read = f"application:{application_id}", AuditAction.CV_READ
    assert services_of(app).read(lambda each: count_audit(each, subject=subject, action=read)) == 1

    written = app.post(f"/v1/me/applications/{application_id}/messages", json={"text": "Sí puedo"}, headers=rosa)
    assert written.status_code == 201
    shop.opens(f"/empresas/{employer_id}/postulaciones?etapa=received")
    assert "1 mensaje sin leer" in shop.words
    shop.opens(one)
    assert "Sí puedo" in shop.words
    shop.sends(f"{one}/mensaje", message="Te llamo el jueves")
    assert "Mensaje enviado" in shop.words
    without = shop.sends(f"{one}/paso", stage="declined", version="1")
    assert (without.status_code, "Escribe la razón" in shop.words) == (422, True)
    shop.sends(f"{one}/paso", stage="hired", version="1")
    assert "Contratación" in shop.words
    followed = app.get(f"/v1/me/applications/{application_id}", headers=rosa).json()
    assert (followed["stage"], followed["messages"][-1]["text"]) == ("hired", "Te llamo el jueves")
    for part in ("applications:counts", "applications"):
        assert app.get(f"/v1/employers/{employer_id}/{part}", headers=rosa).status_code == 403


def test_colleagues_are_invited_and_leave_and_strangers_see_nothing(app: TestClient, shop: Reader) -> None:
    employer_id = registered(shop)
    colleague = Reader(app, account_of(app, Role.EMPLOYER, "colega@correo.pe"))
    for part in ("", "/trabajos", "/trabajos/nuevo", "/postulaciones", "/mensajes", "/personas", "/datos", "/apelar"):
        assert colleague.opens(f"/empresas/{employer_id}{part}").status_code == 404
    shop.sends(f"/empresas/{employer_id}/personas", email="colega@correo.pe")
    assert "le llegó tu invitación" in shop.words
    page = colleague.opens("/mis-organizaciones")
    found = re.search(r"/mis-organizaciones/pedidos/([0-9a-f-]{36})/aceptar", page.text)
    assert found is not None
    colleague.sends(f"/mis-organizaciones/pedidos/{found.group(1)}/aceptar")
    assert "Telas Wari" in colleague.words
    page = colleague.opens(f"/empresas/{employer_id}/personas")
    assert page.text.count("/quitar") == 1
    theirs = re.search(r"/personas/([0-9a-f-]{36})/quitar", page.text)
    assert theirs is not None
    colleague.sends(f"/empresas/{employer_id}/personas/{theirs.group(1)}/quitar")
    assert "Saliste de la empresa" in colleague.words
    assert colleague.opens(f"/empresas/{employer_id}").status_code == 404


def test_a_suspended_organisation_is_told_why_and_asks_for_another_look(app: TestClient, shop: Reader) -> None:
    employer_id = registered(shop)
    refused = shop.sends(f"/empresas/{employer_id}/apelar", text="No entiendo")
    assert refused.status_code == 409
    services = services_of(app)
    services.write(lambda each: set_employer_status(each, employer_id, EmployerStatus.SUSPENDED, services.now()))
    shop.opens(f"/empresas/{employer_id}")
    assert "Suspendida" in shop.words
    assert "Pedir que se revise" in shop.words
    assert shop.opens(f"/empresas/{employer_id}/trabajos").status_code == 403
    assert shop.sends(f"/empresas/{employer_id}/apelar", text=" ").status_code == 422
    shop.sends(f"/empresas/{employer_id}/apelar", text="El RUC ya está activo.")
    assert "otra persona lo va a mirar" in shop.words
