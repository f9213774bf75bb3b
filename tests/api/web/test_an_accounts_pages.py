"""An account's pages as their owner reads them: from signing up to erasing everything, and staff who need a factor."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from api.credentials.passwords import Passwords
from api.web.cookies import Cookie
from engine.explain import Locale
from store.notices.texts import NoticeGroup, frame
from store.notices.unsubscribing import Unsubscription, unsubscribe_url
from store.notices.writing import Site
from store.people.accounts import AccountStatus, Role, find_account, set_status, write_password_hash
from store.people.factors.totp import totp_code
from tests.api.authenticator import Authenticator
from tests.api.conftest import LEAST_KIB
from tests.api.services_of import services_of
from tests.api.web.browser import Reader, account_of

Mails = Callable[[TestClient], list[str]]
NewAccountOf = Callable[[Role, str], str]
PASSWORD, OTHER_PASSWORD = "lluvia en Huaraz", "granizo sobre Juliaca"
WRONG, GUESSED = "otra cosa", "nelida12345"
EMAIL = "nelida@correo.pe"


@pytest.fixture
def app(open_app: Callable[..., TestClient]) -> TestClient:
    client = open_app()
    services = services_of(client)
    moment = services.now().replace(minute=1, second=5)
    services.clock = lambda: moment
    return client


@pytest.fixture
def new_account(app: TestClient) -> NewAccountOf:
    """Makes somebody who logs in with the usual password; a seeker agreed to `matching`."""
    hashed = Passwords(LEAST_KIB).hashed(PASSWORD)

    def make(role: Role, email: str) -> str:
        account_id, services = account_of(app, role, email), services_of(app)
        services.write(lambda connection: write_password_hash(connection, account_id, hashed, services.now()))
        return account_id

    return make


def later(client: TestClient, **time: int) -> None:
    services = services_of(client)
    moment = services.now() + timedelta(**time)
    services.clock = lambda: moment


def code_in(mail: str) -> str:
    found = re.search(r"\b[0-9]{6}\b", mail)
    assert found is not None, mail
    return found.group()


def signs_up(reader: Reader, mails: Mails) -> None:
    reader.opens("/registrarse?sigue=/mi-cuenta")
    fields = {"name": "Nélida Quispe", "email": EMAIL, "password": PASSWORD, "sigue": "/mi-cuenta"}
    reader.sends("/registrarse", **fields)
    assert "Sin este permiso no podemos buscar trabajos para ti" in reader.words
    assert f'value="{EMAIL}"' in reader.text
    reader.sends("/registrarse", **fields | {"password": "12345678", "consents": "matching"})
    assert "la contraseña es un número corto" in reader.words
    reader.sends("/registrarse", **fields, consents="matching")
    assert "Te enviamos un código de 6 números" in reader.words
    reader.sends("/codigo", code="000 000")
    assert "el código no es correcto" in reader.words
    reader.sends("/codigo", code=code_in(mails(reader.client)[-1]))
    assert reader.path == "/mi-cuenta"


def logs_in(reader: Reader, email: str = EMAIL, password: str = PASSWORD) -> None:
    reader.opens("/entrar?sigue=/mi-cuenta")
    reader.sends("/entrar", email=email, password=password, sigue="/mi-cuenta")


def test_from_signing_up_to_erasing_everything(app: TestClient, mails: Mails) -> None:
    nelida = Reader(app)
    signs_up(nelida, mails)
    corrects_her_details(nelida)
    changes_her_address(nelida, mails)
    looks_where_she_is_logged_in(nelida, Reader(app))
    decides_what_her_data_are_used_for(nelida)
    chooses_what_is_mailed(nelida)
    takes_her_data_away(nelida)
    erases_everything(nelida)


def corrects_her_details(nelida: Reader) -> None:
    assert "Nélida Quispe" in nelida.words
    nelida.opens("/mi-cuenta/datos-personales")
    nelida.sends("/mi-cuenta/datos-personales", name="Nélida Quispe Rojas", phone="123 45", locale="es")
    assert "Ese número no existe" in nelida.words
    assert 'value="Nélida Quispe Rojas"' in nelida.text
    nelida.sends("/mi-cuenta/datos-personales", name="Nélida Quispe Rojas", phone="987 654 321", locale="es")
    assert "Guardamos tus datos." in nelida.words
    assert "Nélida Quispe Rojas" in nelida.words
    assert "987 654 321" in nelida.words


def changes_her_address(nelida: Reader, mails: Mails) -> None:
    """A proof of an hour ago is too old: it is asked for before she types the new address."""
    later(nelida.client, hours=1)
    nelida.opens("/mi-cuenta/correo")
    assert nelida.path == "/confirmar"
    nelida.sends("/confirmar", password=WRONG, sigue="/mi-cuenta/correo")
    assert "la contraseña no es correcta" in nelida.words
    nelida.sends("/confirmar", password=PASSWORD, sigue="/mi-cuenta/correo")
    assert nelida.path == "/mi-cuenta/correo"
    nelida.sends("/mi-cuenta/correo", email="nelida@nuevo.pe", password=PASSWORD)
    assert nelida.path == "/codigo"
    assert "/mi-cuenta/correo" in nelida.text
    code = next(code_in(mail) for mail in reversed(mails(nelida.client)) if mail.startswith("nelida@nuevo.pe"))
    nelida.sends("/codigo", code=code)
    assert "El cambio ya vale." in nelida.words
    assert "nelida@nuevo.pe" in nelida.words
    nelida.opens("/mi-cuenta/sesiones")
    assert nelida.words.count("Último uso") == 1  # the session of before ended with the new one


def looks_where_she_is_logged_in(nelida: Reader, elsewhere: Reader) -> None:
    logs_in(elsewhere, "nelida@nuevo.pe")
    assert "Tus datos" in elsewhere.words
    nelida.opens("/mi-cuenta/sesiones")
    ends = re.search(r"/mi-cuenta/sesiones/[^/]+/cerrar(?=\")", nelida.text)
    assert ends is not None
    nelida.sends(ends.group())
    assert "Cerramos tu cuenta en ese equipo." in nelida.words
    assert elsewhere.opens("/mi-cuenta").status_code == 200
    assert elsewhere.path == "/entrar"
    logs_in(elsewhere, "nelida@nuevo.pe")
    nelida.sends("/mi-cuenta/sesiones/cerrar-otras")
    elsewhere.opens("/mi-cuenta")
    assert (elsewhere.path, nelida.opens("/mi-cuenta").status_code) == ("/entrar", 200)


def decides_what_her_data_are_used_for(nelida: Reader) -> None:
    nelida.opens("/mi-cuenta/permisos")
    assert "Los empleadores con trabajos que puedes hacer en tus horas pueden encontrarte" in nelida.words
    assert "Si lo quitas, ya no te recomendamos trabajos" in nelida.words
    version = re.search(r'name="version" value="([^"]+)"', nelida.text)
    assert version is not None
    nelida.sends("/mi-cuenta/permisos/be_found", version="1999-01", dar="1")
    assert "El texto cambió" in nelida.words
    nelida.sends("/mi-cuenta/permisos/be_found", version=version.group(1), dar="1")
    assert "Diste tu permiso." in nelida.words
    assert "ninguna empresa te encuentra" in nelida.words
    nelida.sends("/mi-cuenta/permisos/be_found", version=version.group(1), quitar="1")
    assert "Quitaste tu permiso." in nelida.words
    assert "Dijiste que no el" in nelida.words


def chooses_what_is_mailed(nelida: Reader) -> None:
    nelida.opens("/mi-cuenta/avisos")
    assert "Personas que postulan" not in nelida.words
    nelida.sends("/mi-cuenta/avisos", alerts="none", messages="whatsapp")
    assert "Guardamos qué avisos quieres." in nelida.words
    assert chosen_ways(nelida) == {"applications": "mail", "messages": "mail", "alerts": "none"}
    services = services_of(nelida.client)
    account_id = services.read(lambda connection: find_account(connection, services.cipher, "nelida@nuevo.pe"))
    assert account_id is not None
    wanted = Unsubscription(account_id, NoticeGroup.MESSAGES)
    address = str(unsubscribe_url(services.cipher, wanted, Site("https://chamba.pe"))).removeprefix("https://chamba.pe")
    asked = TestClient(nelida.client.app).get(address)
    assert "Estos correos se llaman «Cuando te escriben un mensaje». ¿Quieres dejar de recibirlos?" in asked.text
    one_click = {"List-Unsubscribe": "One-Click"}
    assert TestClient(nelida.client.app).post(address, data=one_click).status_code == 200
    nelida.opens("/mi-cuenta/avisos")
    assert chosen_ways(nelida)["messages"] == "none"
    broken = TestClient(nelida.client.app).get(address[:-3])
    assert (broken.status_code, broken.headers["content-type"][:9]) == (404, "text/html")


def chosen_ways(reader: Reader) -> dict[str, str]:
    found = re.findall(r'<select id="([a-z_]+)".*?value="([a-z]+)" selected', reader.text, re.DOTALL)
    return dict(found)


def takes_her_data_away(nelida: Reader) -> None:
    nelida.opens("/mi-cuenta/datos")
    assert "Ley 29733" in nelida.words
    nelida.opens("/mi-cuenta/datos/copia")
    copy = nelida.sends("/mi-cuenta/datos/copia")
    assert copy.headers["content-disposition"].startswith("attachment")
    assert copy.headers["cache-control"] == "no-store"
    assert json.loads(copy.content)["account"]["email"] == "nelida@nuevo.pe"


def erases_everything(nelida: Reader) -> None:
    later(nelida.client, hours=1)
    nelida.opens("/mi-cuenta/datos/borrar")
    nelida.sends("/confirmar", password=PASSWORD, sigue="/mi-cuenta/datos/borrar")
    assert "Se queda, sin tu nombre" in nelida.words
    nelida.sends("/mi-cuenta/datos/borrar", word="si", password=PASSWORD)
    assert "Escribe la palabra BORRAR" in nelida.words
    nelida.sends("/mi-cuenta/datos/borrar", word="borrar", password=WRONG)
    assert "la contraseña no es correcta" in nelida.words
    gone = nelida.client.post(
        "/mi-cuenta/datos/borrar", data={"_token": nelida.token(), "word": "Borrar", "password": PASSWORD}
    )
    assert gone.status_code == 303
    assert '"storage"' in gone.headers["clear-site-data"]
    nelida.opens(gone.headers["location"])
    assert "Constancia de borrado" in nelida.words
    assert Cookie.SESSION not in nelida.client.cookies
    logs_in(nelida, "nelida@nuevo.pe")
    assert "el correo, el número o la contraseña no es correcto" in nelida.words


def test_staff_add_a_factor_before_anything_else(app: TestClient, new_account: NewAccountOf) -> None:
    new_account(Role.ADMINISTRATOR, "guardia@chamba.pe")
    guard = Reader(app)
    logs_in(guard, "guardia@chamba.pe")
    assert guard.path == "/mi-cuenta/seguridad"
    assert "Antes de seguir, agrega una de estas dos formas de entrar" in guard.words
    assert guard.opens("/mi-cuenta/datos").status_code == 200
    assert guard.path == "/mi-cuenta/seguridad"
    guard.opens("/mi-cuenta/seguridad/aplicacion")
    guard.sends("/mi-cuenta/seguridad/aplicacion")
    secret = re.search(r'name="secret" value="([A-Z2-7]+)"', guard.text)
    assert secret is not None
    assert '<svg class="qr"' in guard.text
    wrong = f"{(int(totp_code(secret.group(1), services_of(app).now())) + 1) % 10**6:06}"
    guard.sends("/mi-cuenta/seguridad/aplicacion/codigo", code=wrong, secret=secret.group(1))
    assert secret.group(1) in guard.text  # the same, so that nothing is to be scanned again
    code = totp_code(secret.group(1), services_of(app).now())
    guard.sends("/mi-cuenta/seguridad/aplicacion/codigo", code=code, secret=secret.group(1))
    codes = re.findall(r"<li>([A-Z0-9-]{10,})</li>", guard.text)
    assert len(codes) == 10
    assert guard.opens("/mi-cuenta").status_code == 200
    assert guard.path == "/mi-cuenta"
    guard.opens("/mi-cuenta/seguridad")
    guard.sends("/mi-cuenta/seguridad/aplicacion/quitar")
    assert "No se puede quitar la última" in guard.words
    guard.sends("/salir")
    later(app, minutes=1)
    logs_in(guard, "guardia@chamba.pe")
    assert guard.path == "/segundo-paso"
    guard.sends("/segundo-paso", code="ABCD-EFGH-IJKL-MNOP")
    assert "eso no es correcto o ya se usó" in guard.words
    assert "Abre tu aplicación de códigos" in guard.words
    assert "llave de acceso" not in guard.words  # which the account has not
    guard.sends("/segundo-paso", code=codes[0])
    assert guard.path == "/mi-cuenta"


def test_a_passkey_is_added_logs_in_and_is_removed(app: TestClient, new_account: NewAccountOf) -> None:
    new_account(Role.SEEKER, EMAIL)
    nelida, device = Reader(app), Authenticator()
    logs_in(nelida)
    nelida.opens("/mi-cuenta/seguridad/llave")
    asked = nelida.sends("/mi-cuenta/seguridad/llave/reto").json()
    nelida.opens("/mi-cuenta/seguridad/llave")
    made = json.dumps(device.create(asked["options"]))
    shown = {"challenge_id": asked["challenge_id"], "passkey": made, "name": "Mi celular"}
    nelida.sends("/mi-cuenta/seguridad/llave", **shown)
    assert "Tus códigos de recuperación" in nelida.words
    nelida.sends("/salir")
    for path, challenge, form in (
        ("/entrar", "/entrar/llave/reto", "/entrar/llave"),
        ("/confirmar?sigue=/mi-cuenta", "/confirmar/llave", "/confirmar"),
    ):
        nelida.opens(path)
        assert "passkeys.js" in nelida.text
        asked = nelida.sends(challenge).json()
        nelida.opens(path)
        signed = json.dumps(device.get(asked["options"]))
        nelida.sends(form, challenge_id=asked["challenge_id"], passkey=signed, sigue="/mi-cuenta")
        assert nelida.path == "/mi-cuenta"
    nelida.sends("/salir")
    logs_in(nelida)
    assert "Muestra que eres tú con tu llave de acceso" in nelida.words
    assert "aplicación de códigos" not in nelida.words  # which she has not
    asked = nelida.sends("/segundo-paso/llave").json()
    nelida.opens("/segundo-paso")
    nelida.sends("/segundo-paso", passkey=json.dumps(device.get(asked["options"])))
    assert nelida.path == "/mi-cuenta"
    nelida.opens("/mi-cuenta/seguridad")
    removes = re.search(r"/mi-cuenta/seguridad/llaves/[^/]+/quitar", nelida.text)
    assert removes is not None
    nelida.sends(removes.group())
    assert "Quitaste la llave de acceso." in nelida.words


def test_what_is_no_passkey_logs_nobody_in(app: TestClient) -> None:
    stranger = Reader(app)
    for passkey in ("", "{", "[]", "null", '{"id": 1}', "x" * 50_000):
        stranger.opens("/entrar")
        answer = stranger.sends("/entrar/llave", challenge_id="x", passkey=passkey)
        assert answer.status_code in (401, 422)
        assert Cookie.SESSION not in stranger.client.cookies


def test_a_password_is_changed_and_reset(app: TestClient, new_account: NewAccountOf, mails: Mails) -> None:
    new_account(Role.SEEKER, EMAIL)
    nelida = Reader(app)
    logs_in(nelida)
    nelida.opens("/mi-cuenta/clave")
    nelida.sends("/mi-cuenta/clave", password=PASSWORD, new_password=GUESSED)
    assert "la contraseña contiene tu correo" in nelida.words
    nelida.sends("/mi-cuenta/clave", password=PASSWORD, new_password=OTHER_PASSWORD)
    assert "entra con la nueva" in nelida.words
    logs_in(nelida, password=OTHER_PASSWORD)
    assert nelida.path == "/mi-cuenta"
    assert nelida.opens("/entrar?sigue=/mi-cuenta/avisos").status_code == 200
    assert nelida.path == "/mi-cuenta/avisos"  # who is logged in is not asked again
    forgetful = Reader(app)
    forgetful.opens("/olvide")
    forgetful.sends("/olvide", email=EMAIL, new_password=PASSWORD)
    forgetful.sends("/codigo", code=code_in(mails(app)[-1]))
    assert forgetful.opens("/mi-cuenta").status_code == 200
    assert forgetful.path == "/mi-cuenta"


def test_who_is_suspended_asks_for_another_look(app: TestClient, new_account: NewAccountOf) -> None:
    account_id = new_account(Role.SEEKER, EMAIL)
    nelida, services = Reader(app), services_of(app)
    logs_in(nelida)
    services.write(lambda connection: set_status(connection, account_id, AccountStatus.SUSPENDED, services.now()))
    nelida.opens("/mi-cuenta")
    assert nelida.path == "/pedir-revision"
    logs_in(nelida)
    assert "Tu cuenta está suspendida" in nelida.words
    assert f'value="{EMAIL}"' in nelida.text
    nelida.sends("/pedir-revision", email=EMAIL, password=WRONG, text="No hice nada malo.")
    assert "No hice nada malo." in nelida.words
    assert "el correo, el número o la contraseña no es correcto" in nelida.words
    nelida.sends("/pedir-revision", email=EMAIL, password=PASSWORD, text="No hice nada malo.")
    assert "Una persona va a mirar tu caso" in nelida.words


def test_a_code_without_its_request_says_what_to_do(app: TestClient) -> None:
    stranger = Reader(app)
    stranger.opens("/codigo")
    assert "Ese pedido ya no vale" in stranger.words
    stranger.sends("/codigo", code="123456")
    assert "Ese pedido ya no vale" in stranger.words
    stranger.opens("/segundo-paso")
    assert stranger.path == "/entrar"


def test_somebody_with_a_phone_alone(app: TestClient, texts: Mails) -> None:
    """Signs up by its number, logs in by it however it is written, and chooses to be written to there."""
    rosa = Reader(app)
    rosa.opens("/registrarse")
    fields = {"password": PASSWORD, "consents": "matching"}
    for wrong in ("01 234 5678", "987 654", "rosa", "+34 612 345 678"):
        rosa.sends("/registrarse", email=wrong, **fields)
        assert "Escribe tu celular, como 987 654 321" in rosa.words
        assert f'value="{wrong}"' in rosa.text
    rosa.sends("/registrarse", email="987-654-321", **fields)
    assert "te llega un mensaje de texto" in rosa.words
    rosa.sends("/codigo", code=code_in(texts(app)[-1]))
    rosa.opens("/mi-cuenta")
    assert "987 654 321" in rosa.words
    assert "Agregar un correo" in rosa.words
    rosa.opens("/mi-cuenta/avisos")
    assert set(chosen_ways(rosa).values()) == {"sms"}
    rosa.opens("/mi-cuenta/celular")
    rosa.sends("/mi-cuenta/celular/quitar")
    assert "sin un correo no podrías entrar" in rosa.words
    rosa.sends("/salir")
    logs_in(rosa, "+51 987 654 321")
    assert rosa.path == "/mi-cuenta"
    rosa.opens("/olvide")
    rosa.sends("/olvide", email="987654321", new_password=OTHER_PASSWORD)
    rosa.sends("/codigo", code=code_in(texts(app)[-1]))
    logs_in(Reader(app), "987654321", OTHER_PASSWORD)


def test_another_code_takes_the_place_of_one_that_did_not_come(app: TestClient, mails: Mails) -> None:
    nelida = Reader(app)
    nelida.opens("/registrarse")
    nelida.sends("/registrarse", email=EMAIL, password=PASSWORD, consents="matching")
    first = code_in(mails(app)[-1])
    later(app, minutes=10)
    nelida.sends("/codigo/otro")
    assert "Te enviamos otro código" in nelida.words
    second = code_in(mails(app)[-1])
    later(app, minutes=10)
    if first != second:
        nelida.sends("/codigo", code=first)
        assert "el código no es correcto" in nelida.words
    for _ in range(4):  # five mails an hour to an address
        nelida.sends("/codigo/otro")
    assert "demasiadas veces" in nelida.words or "Espera" in nelida.words
    nelida.sends("/codigo", code=code_in(mails(app)[-1]))
    assert nelida.opens("/mi-cuenta").status_code == 200
    assert nelida.path == "/mi-cuenta"


def test_no_code_goes_again_to_who_was_sent_none(app: TestClient, new_account: NewAccountOf, mails: Mails) -> None:
    new_account(Role.SEEKER, EMAIL)
    stranger = Reader(app)
    stranger.opens("/registrarse")
    stranger.sends("/registrarse", email=EMAIL, password=OTHER_PASSWORD, consents="matching")
    sent = len(mails(app))
    stranger.sends("/codigo/otro")
    assert "Te enviamos otro código" in stranger.words
    assert len(mails(app)) == sent
    later(app, minutes=20)
    stranger.sends("/codigo/otro")
    assert "Ese pedido ya no vale" in stranger.words


@pytest.mark.parametrize("locale", list(Locale))
def test_what_mails_call_the_page_of_notices_is_its_name(
    app: TestClient, new_account: NewAccountOf, locale: Locale
) -> None:
    reader = Reader(app, new_account(Role.SEEKER, EMAIL))
    reader.client.headers["Accept-Language"] = locale.value
    reader.opens("/mi-cuenta/avisos")
    title = reader.text.partition("<h1>")[2].partition("</h1>")[0]
    assert all(title in frame()[locale][name] for name in ("choose", "stop_done"))
