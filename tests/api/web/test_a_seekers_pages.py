"""A mother at her phone, from the first question to a programme: what each page says, and where it leads."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import orjson
from fastapi.testclient import TestClient

from api.seekers.pages.opening import PLACE
from api.web.cookies import Cookie
from api.web.sealed_cookies import seal_text
from engine.jobs import Job
from store.hiring.applications import get_application
from store.people.accounts import Role
from tests.api.real_things import PDF
from tests.api.services_of import services_of
from tests.api.signed_in import signed_in
from tests.api.stories.town import CODE, Someone, Town
from tests.api.web.browser import Reader, account_of

JOB: dict[str, Any] = {
    "title": "Diseñadora de etiquetas, por las noches",
    "description": "Etiquetas y volantes con Illustrator.",
    "skills": ["Adobe Illustrator"],
    "modality": "remote",
    "country": "PE",
    "schedule": {
        "kind": "fixed",
        "time_zone": "America/Lima",
        "windows": [{"days": ["tue"], "start": "20:00", "end": "22:00"}],
    },
}
NIGHT = {"days": ["mon"], "start": "20:00", "end": "23:00"}
CAN = "Diseño etiquetas, volantes y logos en Illustrator"
_ONCE = re.compile(r'name="_once" value="([^"]+)"')


def test_a_mother_finds_work_at_her_phone(town: Town) -> None:
    shop, admin, employer_id = opens_a_shop(town)
    job_id = str(shop.asks("POST", f"/v1/employers/{employer_id}/jobs", JOB, 201)["job_id"])
    rosa = Reader(town.app)
    tells_what_she_can(rosa)
    signs_up_to_apply(town, rosa, job_id)
    application = applies(rosa, job_id)
    is_written_to_and_withdraws(rosa, shop, employer_id, application)
    keeps_and_dismisses(rosa, job_id)
    is_invited(rosa, shop, employer_id)
    looks_for_words(rosa)
    applies_for_what_she_found(town, rosa, job_id, application)
    reads_and_changes_her_profile(rosa)
    has_a_person_look(town, rosa, admin)
    asks_a_programme(town, rosa, admin)
    forgets_her_profile(rosa)


def opens_a_shop(town: Town) -> tuple[Someone, Someone, str]:
    """An organisation that was verified."""
    admin = town.staff("ana@chamba.pe", Role.ADMINISTRATOR)
    shop = town.somebody("sami@tienda.pe", "papel azul de despacho", "employer")
    employer_id = str(shop.asks("POST", "/v1/employers", {"name": "Imprenta Sami"}, 201)["employer_id"])
    town.decides(admin, "employer", "organisation_verified", "Revisamos su RUC")
    return shop, admin, employer_id


def tells_what_she_can(rosa: Reader) -> None:
    """Three questions, without an account."""
    rosa.opens("/")
    rosa.sends("/buscar", text=CAN, skills="Adobe Illustrator")
    rosa.sends("/buscar/horas", cell=[f"{day}-{hour}" for day in range(5) for hour in (19, 20, 21, 22)])
    rosa.sends("/buscar/equipo", device="computer", connection="broadband")
    assert JOB["title"] in rosa.words


def signs_up_to_apply(town: Town, rosa: Reader, job_id: str) -> None:
    """Who wants to apply gets an account, and is back at the same ad."""
    rosa.opens(f"/trabajos/{job_id}/postular")
    assert "Crear una cuenta" in rosa.words
    fields = {"name": "Rosa Huamán", "email": "rosa@correo.pe", "password": "neblina sobre Huancavelica"}
    goes_on = f"/trabajos/{job_id}/postular"
    rosa.sends("/registrarse", **fields, consents=["matching", "be_found", "screening", "sensitive"], sigue=goes_on)
    code = CODE.search(town.told(Someone(town.app, "rosa@correo.pe"))[0])
    assert code is not None
    rosa.sends("/codigo", code=code[0])
    assert rosa.words.count(JOB["title"]) >= 1
    assert "Ver lo que verá la empresa" in rosa.words
    assert "rosa@correo.pe" in rosa.words


def applies(rosa: Reader, job_id: str) -> str:
    """A file that is none is told in her words; sent twice, it is one application."""
    here = f"/trabajos/{job_id}/postular"
    wrong = rosa.sends(here, text="Puedo los martes", files={"cv": ("cv.pdf", b"MZ no es un CV", "application/pdf")})
    assert wrong.status_code == 422
    assert "el archivo no es de los que pueden ser un CV aquí: un archivo PDF, .docx u .odt" in rosa.words
    assert "Puedo los martes" in rosa.words
    heavy = rosa.sends(here, files={"cv": ("cv.pdf", PDF + b"\n" * 3_000_000, "application/pdf")})
    assert (heavy.status_code, "2 MB" in rosa.words) == (413, True)
    rosa.opens(here)
    rosa.sends(here, url="no es una dirección")
    assert "Escribe la dirección completa" in rosa.words
    assert rosa.page is not None
    (once,) = set(_ONCE.findall(rosa.page.text))
    assert rosa.sends(here, with_cv="1").status_code == 422
    assert "no hay un archivo de CV con el cual postular" in rosa.words
    sent = {"text": "Puedo los martes desde el 3", "url": "portafolio.example/rosa", "_once": once}
    paths = []
    for _ in range(2):
        rosa.sends(here, **sent, files={"cv": ("mi cv.pdf", PDF, "application/pdf")})
        assert rosa.page.status_code == 200
        paths.append(rosa.page.url.path)
    assert paths[0] == paths[1]
    assert "Puedo los martes desde el 3" in rosa.words
    assert "https://portafolio.example/rosa" in rosa.words
    assert "Y tu CV: PDF, 0 kB" in rosa.words
    assert rosa.opens(here).url.path == paths[0]
    assert "Ya postulaste a este trabajo" in rosa.words
    return str(paths[0].rpartition("/")[2])


def is_written_to_and_withdraws(rosa: Reader, shop: Someone, employer_id: str, application_id: str) -> None:
    """She reads what the employer says, answers, and takes it back with a reason."""
    theirs, mine = f"/v1/employers/{employer_id}/applications/{application_id}", f"/mis-postulaciones/{application_id}"
    seen = shop.asks("GET", theirs)
    assert (seen["has_cv"], seen["contact"]["name"], seen["text"]) == (
        True,
        "Rosa Huamán",
        "Puedo los martes desde el 3",
    )
    shop.asks("POST", f"{theirs}/steps", {"stage": "interview", "version": 1, "text": "¿Puedes el jueves a las 8?"})
    rosa.opens("/mis-postulaciones")
    assert "Entrevista Postulaste el" in rosa.words
    assert "1 mensaje sin leer" in rosa.words
    assert JOB["title"] not in (rosa.opens("/mis-postulaciones?etapa=offer"), rosa.words)[1]
    rosa.opens(mine)
    assert "¿Puedes el jueves a las 8?" in rosa.words
    assert "sin leer" not in (rosa.opens("/mis-postulaciones"), rosa.words)[1]
    rosa.opens(mine)
    assert rosa.sends(f"{mine}/mensajes", text="").status_code == 422
    assert "Escribe tu mensaje." in rosa.words
    rosa.sends(f"{mine}/mensajes", text="Sí, a las 8")
    assert "Mensaje enviado." in rosa.words
    assert shop.asks("GET", theirs)["messages"][-1]["text"] == "Sí, a las 8"
    assert rosa.sends(f"{mine}/retirar", version="1", reason="Ya encontré").status_code == 409
    rosa.sends(f"{mine}/retirar", version="2", reason="Ya encontré")
    assert "La retiraste. La empresa ya no ve tus datos." in rosa.words
    assert "Dijiste: «Ya encontré»" in rosa.words
    assert shop.asks("GET", theirs)["contact"] is None


def keeps_and_dismisses(rosa: Reader, job_id: str) -> None:
    """What she keeps is there with its ad; what is not for her can be taken back."""
    rosa.opens("/guardados")
    assert "Todavía no guardaste" in rosa.words
    rosa.sends(f"/trabajos/{job_id}/guardar")
    rosa.opens("/guardados")
    assert JOB["title"] in rosa.words
    rosa.sends(f"/trabajos/{job_id}/no-guardar")
    assert "Todavía no guardaste" in rosa.words
    rosa.sends(f"/trabajos/{job_id}/no-es-para-mi", reason="hours", text="Recojo a mi hija a las 8")
    rosa.opens("/no-son-para-mi")
    assert "No son mis horas: «Recojo a mi hija a las 8»" in rosa.words
    rosa.sends(f"/no-son-para-mi/{job_id}/volver")
    assert "Listo: te lo podemos volver a mostrar. " in rosa.words
    assert "No descartaste ningún aviso." in rosa.words


def is_invited(rosa: Reader, shop: Someone, employer_id: str) -> None:
    """She says no to one and yes to another, which is an application."""
    titles = ["Volantes para el mercado", "Logos para bodegas"]
    jobs = f"/v1/employers/{employer_id}/jobs"
    for title in titles:
        job_id = shop.asks("POST", jobs, JOB | {"title": title}, 201)["job_id"]
        found = shop.asks("POST", f"{jobs}/{job_id}/candidates", {})["people"]
        asked = {"seeker_id": found[0]["seeker_id"], "text": f"Nos gusta lo que haces: {title}"}
        shop.asks("POST", f"{jobs}/{job_id}/invitations", asked, 201)
    page = rosa.opens("/mis-invitaciones")
    assert all(f"«Nos gusta lo que haces: {title}»" in rosa.words for title in titles)
    newest, oldest = dict.fromkeys(re.findall(r"/mis-invitaciones/([0-9a-f-]{36})/", page.text))
    rosa.sends(f"/mis-invitaciones/{newest}/rechazar", reason="pay")
    assert "Dijiste que no" in rosa.words
    wrong = rosa.sends(f"/mis-invitaciones/{oldest}/aceptar", text="Voy", files={"cv": ("a", b"", "text/plain")})
    assert (wrong.status_code, ">Voy</textarea>" in wrong.text) == (422, True)
    assert rosa.sends(f"/mis-invitaciones/{newest}/aceptar", text="Mejor sí").status_code == 409
    rosa.sends(f"/mis-invitaciones/{oldest}/aceptar", text="Me interesa", with_cv="1")
    assert titles[0] in rosa.words
    assert "Me interesa" in rosa.words
    assert "Y tu CV" in rosa.words


def looks_for_words(rosa: Reader) -> None:
    """Limits that her words state can be taken away; the search is kept, changed and gone."""
    rosa.opens("/trabajos/buscar")
    assert rosa.sends("/trabajos/buscar", query="a").status_code == 422
    assert "de 2 a 400 letras" in rosa.words
    page = rosa.sends("/trabajos/buscar", query="illustrator medio tiempo")
    assert page.url.query == b""
    assert JOB["title"] in rosa.words
    chips = re.findall(r'name="chip" value="([^"]+)"', page.text)
    assert chips == ["hours_type|medio tiempo"]
    rosa.sends("/trabajos/buscar/entendido", chip=chips, quitar=chips[0])
    assert "entendimos" not in rosa.words
    rosa.opens("/mis-busquedas/nueva?de=palabras")
    assert rosa.page is not None
    assert 'value="illustrator medio tiempo"' in rosa.page.text
    rosa.sends("/mis-busquedas", name="", query="etiquetas", modalities="remote", alert="weekly")
    assert "Ponle un nombre de hasta 80 letras." in rosa.words
    rosa.sends("/mis-busquedas", name="Etiquetas", query="etiquetas", modalities="remote", alert="weekly")
    assert "Etiquetas etiquetas Remoto Avisos: Una vez por semana" in rosa.words
    (search,) = dict.fromkeys(re.findall(r"/mis-busquedas/([0-9a-f-]{36})/ver", rosa.page.text))
    rosa.sends(f"/mis-busquedas/{search}/ver")
    assert "Con los filtros de tu búsqueda guardada: Remoto" in rosa.words
    rosa.sends(f"/mis-busquedas/{search}", name="Todo", without_languages="en", alert="none")
    assert "Todo Lo que dice mi perfil Sin inglés Avisos: No avisarme" in rosa.words
    rosa.sends(f"/mis-busquedas/{search}/ver")
    assert rosa.page.url.path == "/trabajos"
    rosa.opens("/mis-busquedas")
    rosa.sends(f"/mis-busquedas/{search}/borrar")
    assert "Guarda lo que buscas y te avisamos" in rosa.words


def applies_for_what_she_found(town: Town, rosa: Reader, job_id: str, application_id: str) -> None:
    """The answer that showed her the job goes with it; one that did not, and one of somebody else, do not."""
    services = services_of(town.app)
    rosa.sends("/trabajos/buscar", query="illustrator")
    assert JOB["title"] in rosa.words
    services.journal.ship(wait=True)
    shown_by = rosa.client.cookies[Cookie.ANSWER]
    for answer, noted in (("01890a5d-ac96-774b-bcce-b302099a8057", None), (shown_by, shown_by)):
        rosa.client.cookies.delete(Cookie.ANSWER)
        rosa.client.cookies.set(Cookie.ANSWER, answer)
        rosa.opens(f"/trabajos/{job_id}/postular")
        rosa.sends(f"/trabajos/{job_id}/postular")
        kept = services.read(partial(get_application, application_id=application_id))
        assert kept.recommendation_id == noted
        path = f"/mis-postulaciones/{application_id}"
        rosa.sends(f"{path}/retirar", version=str(kept.version))


def reads_and_changes_her_profile(rosa: Reader) -> None:
    """A step leads back to the profile; work, studies and a file are added and taken away."""
    page = rosa.opens("/mi-perfil")
    assert CAN in rosa.words
    assert "Tus horas libres de la semana" in page.text
    rosa.sends("/mi-perfil/cambiar", paso="equipo")
    rosa.sends("/buscar/equipo", device="phone", min_pay="S/ 1,130")
    assert rosa.page is not None
    assert rosa.page.url.path == "/mi-perfil"
    assert "Solo celular" in rosa.words
    assert "S/ 1,130" in rosa.words
    rosa.opens("/mi-perfil/trayectoria/nuevo?que=estudio")
    path = "/mi-perfil/trayectoria"
    assert rosa.sends(f"{path}/nuevo", que="trabajo", title="Vendedora", from_month="marzo").status_code == 422
    assert "como 03/2021" in rosa.words
    rosa.sends(
        f"{path}/nuevo", que="trabajo", title="Vendedora", employer="Puesto 12", from_month="3/2021", to_month="11-2022"
    )
    assert "Vendedora , Puesto 12 · 03/2021 – 11/2022" in rosa.words
    assert rosa.sends(f"{path}/nuevo", que="estudio", year="2019").status_code == 422
    assert "Elige un nivel." in rosa.words
    rosa.sends(f"{path}/nuevo", que="estudio", level="technical", title="Diseño gráfico", year="2019")
    assert "Técnica : Diseño gráfico · 2019" in rosa.words
    removed = re.findall(r'name="cual" value="([0-9a-f]+)"', rosa.page.text)
    assert len(removed) == 3
    for _ in range(2):
        rosa.sends(f"{path}/quitar", cual=removed[0])
    assert "Vendedora" not in rosa.words
    assert "Diseño gráfico" in rosa.words
    assert rosa.opens("/mi-perfil/cv").content == PDF
    rosa.opens("/mi-perfil")
    assert rosa.sends("/mi-perfil/cv").status_code == 422
    rosa.sends("/mi-perfil/cv", files={"cv": ("b.pdf", PDF, "")})
    assert "Guardamos tu CV." in rosa.words
    rosa.sends("/mi-perfil/cv/borrar")
    assert "Borramos tu CV." in rosa.words
    assert rosa.opens("/mi-perfil/cv").status_code == 404
    details = {"national_id": "4455667", "birth_date": "1993-09-14", "region": "Ayacucho", "household_size": "4"}
    assert rosa.sends("/mi-perfil/datos-privados", **details).status_code == 422
    assert "El DNI tiene 8 números." in rosa.words
    rosa.sends("/mi-perfil/datos-privados", **details | {"national_id": "44556677", "income": "S/ 1,200"})
    assert "Guardado. Nadie más lo ve." in rosa.words
    assert 'value="1,200"' in rosa.page.text


def has_a_person_look(town: Town, rosa: Reader, admin: Someone) -> None:
    """What she asks of the answer that she saw last is decided by a person, with a reason."""
    rosa.opens("/mis-pedidos/revision")
    assert rosa.page is not None
    (answer,) = re.findall(r'name="respuesta" value="([^"]+)"', rosa.page.text)
    assert rosa.sends("/mis-pedidos/revision", text="", respuesta=answer).status_code == 422
    assert rosa.sends("/mis-pedidos/revision", text="No sale nada", respuesta="x").status_code == 404
    rosa.sends("/mis-pedidos/revision", text="No sale nada de etiquetas", respuesta=answer)
    assert "Recibimos tu pedido." in rosa.words
    assert "No sale nada de etiquetas" in rosa.words
    case = rosa.page.url.path
    town.decides(admin, "human_review", "answer_corrected", "Faltaba tu idioma")
    rosa.opens(case)
    assert "Tenías razón." in rosa.words
    assert "La razón: «Faltaba tu idioma»" in rosa.words
    rosa.opens("/mis-pedidos/correccion")
    rosa.sends("/mis-pedidos/correccion", text="Mi apellido es Huamaní")
    assert "Corregir mis datos" in rosa.words
    stranger = Reader(town.app, account_of(town.app, Role.SEEKER, "otra@correo.pe"))
    assert stranger.opens(case).status_code == 404
    rosa.opens("/mis-pedidos")
    assert "Los trabajos que me recomendaron" in rosa.words


def asks_a_programme(town: Town, rosa: Reader, admin: Someone) -> None:
    """She reads the rules before, learns why, and contests the answer."""
    facts = {"name": "Tabletas", "organisation": "Ministerio", "description": "Prestadas", "appeal_to": "Defensoría"}
    programme_id = str(admin.asks("POST", "/v1/admin/programmes", facts, 201)["programme_id"])
    officer = town.staff("oli@estado.example", Role.OFFICER)
    account_id = officer.asks("GET", "/v1/me")["account_id"]
    admin.asks("PUT", f"/v1/admin/programmes/{programme_id}/officers/{account_id}")
    path = f"/v1/officers/programmes/{programme_id}"
    rules = [{"kind": "age", "at_least": 18}, {"kind": "place", "regions": ["Puno"]}]
    shown = {"version": 1, "in_force_from": f"{town.now.date()}", "valid_months": 6, "rules": rules}
    officer.asks("POST", f"{path}/versions", shown, 201)
    rosa.opens("/mis-programas")
    assert "Tabletas" in rosa.words
    rosa.opens(f"/mis-programas/programa/{programme_id}")
    assert "Puno" in rosa.words
    assert "tu fecha de nacimiento" in rosa.words
    rosa.sends(f"/mis-programas/programa/{programme_id}")
    assert rosa.page is not None
    assert re.fullmatch(r"/mis-programas/[0-9a-f-]{36}", rosa.page.url.path)
    assert "Defensoría" in rosa.words
    assert "Vale hasta el 1 de septiembre de 2027" in rosa.words
    rosa.sends(rosa.page.url.path + "/reclamo", text="Vivo en Puno")
    assert "La respuesta de un programa" in rosa.words
    assert "Vivo en Puno" in rosa.words


def forgets_her_profile(rosa: Reader) -> None:
    """The profile is gone; the account stays."""
    rosa.opens("/mi-perfil")
    rosa.sends("/mi-perfil/olvidar")
    assert "Todavía no nos contaste" in rosa.words


def test_who_told_nothing_yet_tells_of_herself_and_is_back_at_the_ad(client: TestClient, tiny_jobs: list[Job]) -> None:
    services_of(client).records.put_jobs(tiny_jobs)
    elsewhere = next(job for job in tiny_jobs if job.is_open and not job.takes_applications)
    path = f"/trabajos/{elsewhere.job_id}/postular"
    rosa = Reader(client, account_of(client, Role.SEEKER, "nueva@correo.pe"))
    rosa.opens(path)
    assert "Son tres preguntas cortas y vuelves a este aviso." in rosa.words
    rosa.sends("/buscar", text="Atiendo por teléfono")
    rosa.sends("/buscar/horas")
    back = rosa.sends("/buscar/equipo", device="phone")
    assert back.url.path == path
    assert "Enviar mi postulación" not in rosa.words, "who posted it takes none here"
    answer = rosa.sends(path, text="Hola")
    assert answer.status_code == 409
    shop = Reader(client, account_of(client, Role.EMPLOYER, "bodega@correo.pe"))
    assert shop.opens(path).status_code == 403


# What a profile may say and the three steps do not ask for is among it.
WHOLE_PROFILE = {
    "text": "Traduzco del quechua",
    "languages": {"es": "C1", "en": "B1", "qu": "native"},
    "availability": {"time_zone": "America/Lima", "hours_per_week": 12, "windows": [NIGHT]},
    "min_pay": {"amount": 8, "currency": "USD", "period": "hour"},
    "country": "BO",
}


def with_whole_profile(client: TestClient, email: str) -> tuple[Reader, dict[str, str]]:
    """Somebody who saved it by an app, on pages, and what shows the API that it is them."""
    account_id = account_of(client, Role.SEEKER, email)
    headers = signed_in(services_of(client), account_id)
    assert client.put("/v1/me/profile", json=WHOLE_PROFILE, headers=headers).status_code == 200
    return Reader(client, account_id), headers


def test_a_step_changes_what_it_asks_for_alone(client: TestClient) -> None:
    quilla, headers = with_whole_profile(client, "quilla@correo.pe")
    quilla.sends("/mi-perfil/cambiar", paso="equipo")
    quilla.sends("/buscar/equipo", device="tablet", english="")
    told = client.get("/v1/me/profile", headers=headers).json()["profile"]
    assert told == WHOLE_PROFILE | {"device": "tablet", "languages": {"es": "C1", "qu": "native"}}


def test_who_has_a_profile_changes_one_part_of_it_in_one_step(client: TestClient) -> None:
    """The other steps are not asked again: each is a page to load."""
    sami, headers = with_whole_profile(client, "sami@correo.pe")
    sami.sends("/mi-perfil/cambiar", paso="que")
    sami.sends("/buscar", text="Traduzco del quechua y del aimara")
    assert (sami.path, "Guardamos tu perfil." in sami.words) == ("/mi-perfil", True)
    sami.opens("/buscar/horas")
    sami.sends("/buscar/horas", poner="noches")
    assert sami.path == "/buscar/horas"
    sami.sends("/buscar/horas", words="domingos de 8 a 12")
    assert sami.path == "/trabajos"
    told = client.get("/v1/me/profile", headers=headers).json()["profile"]
    assert told["text"] == "Traduzco del quechua y del aimara"
    assert [window["days"] for window in told["availability"]["windows"]][-1] == ["sun"]
    assert told["availability"]["hours_per_week"] == 12
    assert (told["languages"], told["min_pay"]) == (WHOLE_PROFILE["languages"], WHOLE_PROFILE["min_pay"])


def test_a_button_that_opens_more_changes_its_one_thing_of_a_profile(client: TestClient) -> None:
    illa, headers = with_whole_profile(client, "illa@correo.pe")
    change = orjson.dumps({"device": "computer"}).decode()
    sealed = seal_text(services_of(client).cipher, PLACE, change)
    illa.opens("/trabajos")
    assert illa.sends("/trabajos/abrir", change=sealed).status_code == 200
    told = client.get("/v1/me/profile", headers=headers).json()["profile"]
    assert told == WHOLE_PROFILE | {"device": "computer"}


def test_who_takes_her_consent_back_is_led_to_where_it_is_given(client: TestClient) -> None:
    account_id = account_of(client, Role.SEEKER, "arrepentida@correo.pe")
    headers = signed_in(services_of(client), account_id)
    assert client.put("/v1/me/profile", json={"text": "Coso"}, headers=headers).status_code == 200
    taken_back = {"purpose": "matching", "text_version": "2026-11", "is_given": False}
    assert client.post("/v1/me/consents", json=taken_back, headers=headers).status_code == 200
    reader = Reader(client, account_id)
    for answer in (reader.opens("/trabajos"), reader.sends("/trabajos/buscar", query="coser")):
        assert answer.status_code == 409
        assert 'href="/mi-cuenta/permisos"' in answer.text
        assert "/v1/" not in answer.text
