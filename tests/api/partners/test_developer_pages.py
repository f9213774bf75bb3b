"""Who acts for a partner looks after its keys and webhooks on pages, sees its use and tries it out; others do not."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

import orjson
import pytest
from fastapi.testclient import TestClient

from api.credentials.tokens import AccessToken, signed_page_token
from api.delivering.deliveries import Deliveries
from api.partners.pages.overview import first_call
from api.web.cookies import Cookie
from store.audit import read_audit
from store.partners.partners import PartnerStatus, RequestLimits, set_limits, set_status
from store.people.accounts import NewAccount, Role, create_account
from store.people.open_sessions import NewSession
from store.people.partner_developers import add_developer, remove_developer
from store.people.sessions import start_session
from tests.api.partners.parts import Clock, PartnerApp, make_partner
from tests.api.partners.web_receiver import Receiver
from tests.api.partners.webhooks_told import is_signed
from tests.api.served_app import served_app
from tests.api.services_of import services_of
from tests.api.web.browser import Reader, account_of
from tests.databases import NewDatabaseUrl
from tests.docs.requests_of_curl import ask

KEYS, WEBHOOKS, TRYING = "/desarrolladores/claves", "/desarrolladores/webhooks", "/desarrolladores/probar"
_CODE = re.compile(r"<pre>(.*?)</pre>", re.DOTALL)
_ONCE = re.compile(r'name="_once" value="([^"]+)"')
ALL_PAGES = (KEYS, f"{KEYS}/nueva", WEBHOOKS, f"{WEBHOOKS}/nuevo", TRYING, "/desarrolladores/uso")


@dataclass
class Developer:
    """Somebody at the pages, and the account."""

    reader: Reader
    account_id: str

    def codes(self) -> list[str]:
        """What the page shows as it is to be copied."""
        assert self.reader.page is not None
        return [unescape(found) for found in _CODE.findall(self.reader.page.text)]

    def sends_once(self, path: str, **fields: Any) -> Any:
        """A form with the key that the open page gives it."""
        assert self.reader.page is not None
        found = _ONCE.search(self.reader.page.text)
        assert found is not None
        return self.reader.sends(path, _once=found.group(1), **fields)


@pytest.fixture
def site(open_app: Callable[..., TestClient], tiny_bundles: Path, clock: Clock) -> TestClient:
    """An app with jobs to recommend, that sends nothing by itself."""
    client = open_app(tiny_bundles, webhooks_to_loopback=True)
    services_of(client).clock = clock
    del client.headers["Authorization"]
    return client


@pytest.fixture
def bolsa(site: TestClient) -> PartnerApp:
    return make_partner(site)


def developer_of(site: TestClient, partner: PartnerApp, name: str = "lucho") -> Developer:
    account_id, services = account_of(site, Role.DEVELOPER, f"{name}@correo.pe"), services_of(site)
    add = partial(add_developer, partner_id=partner.partner_id, account_id=account_id, now=services.now())
    services.write(add)
    return Developer(Reader(site, account_id), account_id)


@pytest.fixture
def lucho(site: TestClient, bolsa: PartnerApp) -> Developer:
    return developer_of(site, bolsa)


def acts(site: TestClient, account_id: str) -> list[tuple[str, str]]:
    """What an account did, and to what kind of thing."""
    found = services_of(site).read(lambda connection: read_audit(connection, actor=f"account:{account_id}", limit=50))
    return [(one.action, one.subject.partition(":")[0]) for one in found]


def test_a_key_is_made_shown_once_changed_and_revoked(site: TestClient, bolsa: PartnerApp, lucho: Developer) -> None:
    lucho.reader.opens(f"{KEYS}/nueva")
    fields = {"scopes": ["recommend", "jobs"], "days": "90"}
    lucho.sends_once(f"{KEYS}/nueva", **fields)
    (key,) = lucho.codes()
    headers = {"Authorization": f"Bearer {key}"}
    assert site.get("/v1/jobs", headers=headers).status_code == 200
    assert site.get("/v1/seekers", headers=headers).status_code == 403
    key_id = key.split("_")[1]
    page = lucho.reader.opens(KEYS).text
    assert f"chamba_{key_id}_…" in page
    assert key not in page
    assert "Vence el 23 de febrero de 2027" in lucho.reader.words
    lucho.reader.opens(f"{KEYS}/{key_id}")
    lucho.sends_once(f"{KEYS}/{key_id}/cambiar", grace_hours="0")
    (new,) = lucho.codes()
    services_of(site).partner_keys.refresh()
    assert site.get("/v1/jobs", headers=headers).status_code == 401
    assert site.get("/v1/jobs", headers={"Authorization": f"Bearer {new}"}).status_code == 200
    lucho.reader.opens(f"{KEYS}/{new.split('_')[1]}")
    lucho.reader.sends(f"{KEYS}/{new.split('_')[1]}/anular")
    assert "Anulaste la clave. Ya no abre nada." in lucho.reader.words
    assert site.get("/v1/jobs", headers={"Authorization": f"Bearer {new}"}).status_code == 401
    made, revoked = ("api_key.created", "partner"), ("api_key.revoked", "partner")
    assert acts(site, lucho.account_id) == [made, ("api_key.created", "api_key"), revoked]
    assert bolsa.partner_id in str(services_of(site).read(lambda each: read_audit(each, limit=50)))


def test_a_form_that_is_sent_twice_makes_one_key_and_shows_it_once(lucho: Developer) -> None:
    lucho.reader.opens(f"{KEYS}/nueva")
    once = _ONCE.search(str(lucho.reader.page and lucho.reader.page.text))
    assert once is not None
    fields = {"scopes": "recommend", "days": "", "_once": once.group(1)}
    first, again = (lucho.reader.sends(f"{KEYS}/nueva", **fields) for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 409)
    assert "este formulario ya creó la clave" in lucho.reader.words
    assert lucho.codes() == []
    lucho.reader.opens(KEYS)
    assert lucho.reader.words.count("chamba_") == 2, "the first, and that which the partner had"


@pytest.mark.parametrize(
    "fields", [{}, {"scopes": "todo"}, {"scopes": "recommend", "days": "0"}, {"scopes": "recommend", "days": "x"}]
)
def test_a_key_of_nothing_or_for_no_time_is_not_made(lucho: Developer, fields: dict[str, str]) -> None:
    lucho.reader.opens(f"{KEYS}/nueva")
    assert lucho.reader.sends(f"{KEYS}/nueva", **fields).status_code == 422
    assert lucho.reader.page is not None
    assert 'role="alert"' in lucho.reader.page.text


def test_keys_and_secrets_ask_again_who_it_is(lucho: Developer, clock: Clock) -> None:
    for path in (f"{KEYS}/nueva", f"{WEBHOOKS}/nuevo"):
        assert lucho.reader.opens(path).status_code == 200
    token = lucho.reader.token()
    clock.move(minutes=16)
    for path in (f"{KEYS}/nueva", f"{WEBHOOKS}/nuevo"):
        answer = lucho.reader.client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/confirmar?sigue={path}")
        sent = lucho.reader.client.post(path, data={"_token": token, "scopes": "recommend"})
        assert (sent.status_code, sent.headers["location"].partition("?")[0]) == (303, "/confirmar")
    assert lucho.reader.opens(WEBHOOKS).status_code == 200
    assert "Todavía no hay ninguno." in lucho.reader.words


def test_webhooks_are_added_tried_sent_again_signed_anew_and_removed(
    site: TestClient, lucho: Developer, open_receiver: Callable[..., Receiver]
) -> None:
    receiver, worker = open_receiver(204), Deliveries(services_of(site))
    lucho.reader.opens(f"{WEBHOOKS}/nuevo")
    assert lucho.sends_once(f"{WEBHOOKS}/nuevo", url="http://10.0.0.1/", kinds="job.closed").status_code == 422
    assert "10.0.0.1" in str(lucho.reader.page and lucho.reader.page.text), "what was typed stays"
    lucho.reader.opens(f"{WEBHOOKS}/nuevo")
    lucho.sends_once(f"{WEBHOOKS}/nuevo", url=receiver.url, kinds=["job.closed", "seeker.erased"])
    (secret,) = lucho.codes()
    listed = lucho.reader.opens(WEBHOOKS).text
    assert secret not in listed
    (path,) = set(re.findall(rf"{WEBHOOKS}/[0-9a-f-]{{36}}", listed))
    lucho.reader.opens(path)
    assert "Todavía no se envió nada." in lucho.reader.words
    lucho.reader.sends(f"{path}/probar")
    assert "Va en camino un aviso de prueba" in lucho.reader.words
    worker.send_due()
    lucho.reader.opens(path)
    assert "Entregado" in lucho.reader.words
    (again,) = re.findall(rf"{path}/entregas/[0-9a-f-]+/repetir", str(lucho.reader.page and lucho.reader.page.text))
    lucho.reader.sends(again)
    assert lucho.reader.sends(again).status_code == 409, "it waits"
    lucho.reader.opens(path)
    lucho.sends_once(f"{path}/secreto")
    (new,) = lucho.codes()
    worker.send_due()
    first, second = receiver.received
    assert [is_signed(first, secret), is_signed(second, secret), is_signed(second, new)] == [True, False, True]
    lucho.reader.opens(path)
    lucho.reader.sends(f"{path}/quitar")
    assert "Quitaste el webhook" in lucho.reader.words
    assert lucho.reader.opens(path).status_code == 404
    kinds = [action for action, _ in acts(site, lucho.account_id)]
    assert kinds == ["webhook.created", "webhook.redelivered", "webhook.secret_rotated", "webhook.removed"]
    worker.close()


def test_the_console_asks_as_an_app_would_within_the_partners_limits(
    site: TestClient, bolsa: PartnerApp, lucho: Developer, clock: Clock
) -> None:
    services = services_of(site)
    lucho.reader.opens(TRYING)
    hostile = "Diseñadora gráfica <script>alert('1')</script>"
    fields = {"text": hostile, "skills": "Photoshop, Procreate", "limit": "3", "modalities": ["remote", "hybrid"]}
    assert lucho.reader.sends(TRYING, **fields).status_code == 200
    assert "<script>alert" not in str(lucho.reader.page and lucho.reader.page.text)
    asked, answered, curl = lucho.codes()
    body = orjson.loads(asked.partition("\n\n")[2])
    assert body["profile"] == {"text": hostile, "skills": ["Photoshop", "Procreate"]}
    status, _, told = answered.partition("\n\n")
    assert status == "HTTP 200"
    answer = orjson.loads(told)
    assert answer["recommendations"]
    with_key = curl.replace("$CHAMBA_KEY", bolsa.key).replace("http://testserver", "http://127.0.0.1:8000")
    same = ask(site, shlex.split(with_key)[1:])
    assert [one["job_id"] for one in same.json()["recommendations"]] == [
        one["job_id"] for one in answer["recommendations"]
    ]
    assert services.partner_keys.used(bolsa.partner_id)[0] == 2
    lucho.reader.sends(TRYING, limit="3")
    assert lucho.codes()[1].startswith("HTTP 422")
    limits = partial(set_limits, partner_id=bolsa.partner_id, limits=RequestLimits(100, 3), now=clock.now)
    services.write(limits)
    lucho.reader.sends(TRYING, text="coso")
    assert lucho.codes()[1].startswith("HTTP 429")
    services.partner_keys.refresh()
    lucho.reader.opens("/desarrolladores/uso")
    assert "3 de 100 pedidos" in lucho.reader.words
    assert "2026-11-25 3 2 2 0" in lucho.reader.words


def test_what_is_another_partners_is_not_there(site: TestClient, bolsa: PartnerApp, lucho: Developer) -> None:
    other = developer_of(site, make_partner(site, name="Otra"), "ana")
    made = site.post(
        "/v1/webhooks", json={"url": "http://127.0.0.1:9/", "kinds": ["job.closed"]}, headers=bolsa.headers
    )
    webhook, key = f"{WEBHOOKS}/{made.json()['webhook_id']}", f"{KEYS}/{bolsa.key.split('_')[1]}"
    delivery = site.post(f"/v1/webhooks/{made.json()['webhook_id']}:test", headers=bolsa.headers).json()["delivery_id"]
    assert [lucho.reader.opens(path).status_code for path in (webhook, key)] == [200, 200]
    assert [other.reader.opens(path).status_code for path in (webhook, key)] == [404, 404]
    for act in (
        *(f"{webhook}/{act}" for act in ("probar", "secreto", "quitar", f"entregas/{delivery}/repetir")),
        *(f"{key}/{act}" for act in ("cambiar", "anular")),
    ):
        assert other.reader.sends(act, grace_hours="0").status_code == 404, act
    assert site.get("/v1/partner", headers=bolsa.headers).status_code == 200
    assert acts(site, other.account_id) == []


def test_who_acts_for_nobody_or_for_a_suspended_partner_is_told_so(
    site: TestClient, bolsa: PartnerApp, lucho: Developer, clock: Clock
) -> None:
    services = services_of(site)
    nobody = Reader(site, account_of(site, Role.DEVELOPER, "nadie@correo.pe"))
    assert {nobody.opens(path).status_code for path in ALL_PAGES} == {404}
    nobody.opens("/desarrolladores")
    assert "Tu cuenta todavía no actúa por ninguna aplicación" in nobody.words
    lucho.reader.opens("/desarrolladores")
    assert "Actúas por Bolsa Sur" in lucho.reader.words
    services.write(partial(set_status, partner_id=bolsa.partner_id, status=PartnerStatus.SUSPENDED, now=clock.now))
    assert {lucho.reader.opens(path).status_code for path in ALL_PAGES} == {403}
    services.write(partial(set_status, partner_id=bolsa.partner_id, status=PartnerStatus.ACTIVE, now=clock.now))
    assert {lucho.reader.opens(path).status_code for path in ALL_PAGES} == {200}
    services.write(partial(remove_developer, partner_id=bolsa.partner_id, account_id=lucho.account_id))
    assert {lucho.reader.opens(path).status_code for path in ALL_PAGES} == {404}


def test_a_password_alone_opens_none_of_it(site: TestClient, bolsa: PartnerApp) -> None:
    services = services_of(site)

    def work(connection: Any) -> tuple[str, NewSession]:
        new = NewAccount("sola@correo.pe", "no hash", frozenset({Role.DEVELOPER}))
        account_id = create_account(connection, services.cipher, new, services.now())
        add_developer(connection, bolsa.partner_id, account_id, services.now())
        session = NewSession()
        start_session(connection, account_id, services.now(), session)
        return account_id, session

    account_id, session = services.write(work)
    named, reader = AccessToken(account_id, session.session_id), Reader(site)
    reader.client.cookies.set(
        Cookie.SESSION, signed_page_token(services.cipher, named, services.now(), timedelta(days=1))
    )
    for path in ALL_PAGES:
        answer = reader.client.get(path)
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/mi-cuenta/seguridad")


def test_the_first_calls_that_everybody_reads_are_answered(
    tiny_bundles: Path, new_database_url: NewDatabaseUrl, tmp_path: Path
) -> None:
    with served_app(tmp_path, tiny_bundles, new_database_url(tmp_path)) as served:
        client = TestClient(served.app)
        partner = make_partner(client)
        page = Reader(client).opens("/desarrolladores").text
        shown = [unescape(found) for found in _CODE.findall(page)]
        assert shown[1:] == [first_call(language) for language in ("curl", "python", "typescript")]
        variables = {"CHAMBA_URL": served.url, "CHAMBA_KEY": partner.key}
        ran = subprocess.run(
            [sys.executable, "-c", shown[2]], capture_output=True, text=True, check=False, env=variables
        )
        assert ran.returncode == 0, ran.stderr
        assert re.fullmatch(r"[0-9a-f-]{36}", ran.stdout.splitlines()[-1])
        curl = shown[1].replace("$CHAMBA_KEY", partner.key).replace("$CHAMBA_URL", "http://127.0.0.1:8000")
        assert ask(client, shlex.split(curl)[1:]).json()["recommendation_id"]
