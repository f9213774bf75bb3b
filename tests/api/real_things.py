"""Real things for generated requests to name: accounts, an organisation with a job, applications, cases, partners, …

Each is made when it is named for the first time, by the doors of the app itself where there is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import requests
from fastapi import FastAPI
from sqlalchemy import Connection

from api.access.callers import Scope
from api.access.passwords import Passwords
from api.access.tokens import AccessToken, signed_token
from api.services import Services
from store.hiring.employers import EmployerStatus, set_employer_status
from store.ids import new_id
from store.partners.keys import NewKey, create_key
from store.partners.partners import NewPartner, RequestLimits, create_partner
from store.people.accounts import NewAccount, Role, create_account
from store.people.confirmations import ConfirmationKind, ask_confirmation
from store.people.consents import ConsentPurpose, record_consent
from store.people.seeker_accounts import tie_seeker
from store.people.sessions import start_session
from tests.api.partners.parts import Clock

Bearer = dict[str, str]

PASSWORD = "lluvia en Huaraz"
HASHED = Passwords(19_456).hashed(PASSWORD)
PLENTY = RequestLimits(2**31 - 1, 2**31 - 1)
CONSENTS_OF = "2026-11"
PROFILE = {
    "text": "Diseñadora gráfica de redes sociales",
    "skills": ["Photoshop"],
    "languages": {"es": "native"},
    "availability": {
        "time_zone": "America/Lima",
        "windows": [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "19:00", "end": "23:00"}],
    },
}
JOB = {"title": "Diseñadora gráfica, de noche", "modality": "remote", "country": "PE"}
FALSE_JOB = JOB | {"description": "Para empezar deposita S/ 80 por tu kit de inicio."}
WEBHOOK = {"url": "http://127.0.0.1:9/hook", "kinds": ["job.closed", "seeker.erased"]}
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//ES\r\nBEGIN:VAVAILABILITY\r\nUID:1\r\nDTSTAMP:20261101T000000Z\r\n"
    "DTSTART;TZID=America/Lima:20261102T000000\r\nBEGIN:AVAILABLE\r\nUID:2\r\nDTSTAMP:20261101T000000Z\r\n"
    "DTSTART;TZID=America/Lima:20261102T190000\r\nDURATION:PT4H\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU\r\nEND:AVAILABLE\r\n"
    "END:VAVAILABILITY\r\nEND:VCALENDAR\r\n"
)


@dataclass(frozen=True)
class ServedApp:
    """An app that answers on this machine, and the clock that it goes by."""

    app: FastAPI
    url: str
    session: requests.Session
    clock: Clock

    @property
    def services(self) -> Services:
        """Those of the app."""
        services: Services = self.app.state.services
        return services

    def ask(self, method: str, path: str, headers: Bearer, body: object = None) -> Any:
        """The JSON of an answer, which has to be a success."""
        answer = self.session.request(method, self.url + path, headers=headers, json=body)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None


class RealThings:
    """Things of the same few people, made as they are asked for and kept from then on."""

    def __init__(self, served: ServedApp) -> None:
        self.served = served
        self._emails: dict[str, str] = {}

    def headers(self, account_id: str) -> Bearer:
        """Those of an account, with a token that is valid at this moment."""
        services = self.served.services
        token = signed_token(services.cipher, AccessToken(account_id, 0), services.now())
        return {"Authorization": f"Bearer {token}"}

    @cached_property
    def seeker(self) -> str:
        """An account whose profile employers may find."""
        account_id = self._account(Role.SEEKER)
        self._as(account_id, "PUT", "/v1/me/profile", PROFILE)
        return account_id

    @property
    def email_of_seeker(self) -> str:
        """Their address."""
        return self._emails[self.seeker]

    @cached_property
    def suspended(self) -> str:
        """The address of somebody whom an administrator suspended."""
        account_id, reason = self._account(Role.SEEKER), {"reason": "other"}
        self._as(self.administrator, "POST", f"/v1/admin/accounts/{account_id}/suspend", reason)
        return self._emails[account_id]

    @cached_property
    def employer(self) -> str:
        """An account."""
        return self._account(Role.EMPLOYER)

    @cached_property
    def administrator(self) -> str:
        """An account."""
        return self._account(Role.ADMINISTRATOR)

    @cached_property
    def analyst(self) -> str:
        """An account."""
        return self._account(Role.ANALYST)

    @cached_property
    def account_id(self) -> str:
        """Somebody whom administrators look at."""
        return self._account(Role.EMPLOYER)

    @cached_property
    def employer_id(self) -> str:
        """A verified organisation of `employer`."""
        made = self._as(self.employer, "POST", "/v1/employers", {"name": "Tienda Killa"})
        services, found = self.served.services, str(made["employer_id"])
        services.write(lambda each: set_employer_status(each, found, EmployerStatus.VERIFIED, services.now()))
        return found

    @cached_property
    def employers_job(self) -> str:
        """A job that the organisation posted."""
        return str(self._as(self.employer, "POST", f"/v1/employers/{self.employer_id}/jobs", JOB)["job_id"])

    @cached_property
    def template_id(self) -> str:
        """A template of the organisation."""
        body = {"name": "Entrevista", "body": "Hola, {name}: {job}"}
        made = self._as(self.employer, "POST", f"/v1/employers/{self.employer_id}/templates", body)
        return str(made["template_id"])

    @cached_property
    def employers_application(self) -> str:
        """An application for the organisation's job, with a message."""
        return self._application(self.employers_job)

    @cached_property
    def kept_job(self) -> str:
        """A job that the seeker saved, and dismissed."""
        self._as(self.seeker, "PUT", f"/v1/me/saved-jobs/{self.employers_job}")
        self._as(self.seeker, "PUT", f"/v1/me/dismissals/{self.employers_job}", {"reason": "hours"})
        return self.employers_job

    @cached_property
    def own_recommendation(self) -> str:
        """An answer that the seeker got."""
        return str(self._as(self.seeker, "POST", "/v1/me/recommendations", {})["recommendation_id"])

    @cached_property
    def case_id(self) -> str:
        """A posting that waits, with a note."""
        job = self._as(self.employer, "POST", f"/v1/employers/{self.employer_id}/jobs", FALSE_JOB)
        cases = self._as(self.administrator, "GET", "/v1/admin/cases?state=open&kind=posting&limit=100")["items"]
        (found,) = [case["case_id"] for case in cases if case["subject_id"] == job["job_id"]]
        self._as(self.administrator, "POST", f"/v1/admin/cases/{found}/notes", {"body": "La llamé"})
        return str(found)

    @cached_property
    def partner_id(self) -> str:
        """The partner."""
        services = self.served.services
        new = NewPartner(new_id(), PLENTY, "sistemas@bolsa.example")
        return services.write(partial(create_partner, cipher=services.cipher, new=new, now=services.now()))

    @cached_property
    def key(self) -> NewKey:
        """A key of the partner that opens everything."""
        services = self.served.services
        made = services.write(partial(create_key, partner_id=self.partner_id, scopes=tuple(Scope), now=services.now()))
        services.partner_keys.refresh()
        return made

    @property
    def partner(self) -> Bearer:
        """The headers of the partner."""
        return {"Authorization": f"Bearer {self.key.text}"}

    @cached_property
    def partners_job(self) -> str:
        """A job of the partner."""
        job_id = f"red-{new_id()}"
        self.served.ask("PUT", f"/v1/jobs/{job_id}", self.partner, JOB)
        return job_id

    @cached_property
    def partners_seeker(self) -> str:
        """A person of the partner."""
        seeker_id = f"rosa-{new_id()}"
        self.served.ask("PUT", f"/v1/seekers/{seeker_id}?is_findable=true", self.partner, PROFILE)
        return seeker_id

    @cached_property
    def partners_application(self) -> str:
        """An application for the partner's job."""
        return self._application(self.partners_job)

    @cached_property
    def partners_recommendation(self) -> str:
        """An answer that the partner's person got."""
        asked = {"seeker_id": self.partners_seeker}
        return str(self.served.ask("POST", "/v1/recommendations", self.partner, asked)["recommendation_id"])

    @cached_property
    def webhook_id(self) -> str:
        """A webhook of the partner, with a delivery that waits."""
        made = str(self.served.ask("POST", "/v1/webhooks", self.partner, WEBHOOK)["webhook_id"])
        self.served.ask("POST", f"/v1/webhooks/{made}:test", self.partner)
        return made

    @cached_property
    def receipt_id(self) -> str:
        """The receipt of somebody who was erased."""
        erased = self.served.ask("DELETE", f"/v1/seekers/{self.partners_seeker}", self.partner)
        return str(erased["receipt_id"])

    @cached_property
    def snapshot(self) -> str:
        """A version of what analysts ask of."""
        return str(self._as(self.analyst, "POST", "/v1/analytics/snapshots")["version"])

    @property
    def refresh_token(self) -> str:
        """A new one each time."""
        account_id, services = self.seeker, self.served.services
        return services.write(lambda each: start_session(each, account_id, services.now()).text)

    @cached_property
    def confirmation(self) -> tuple[str, str]:
        """A sign-up that waits for its code, and the code."""
        services = self.served.services
        wanted = {
            "email": f"{new_id()}@correo.pe",
            "password_hash": HASHED,
            "role": Role.SEEKER,
            "name": None,
            "locale": "es",
            "consents": [],
        }
        kind = ConfirmationKind.SIGN_UP
        return services.write(lambda each: ask_confirmation(each, services.cipher, kind, wanted, services.now()))

    def _account(self, role: Role) -> str:
        services, email = self.served.services, f"{new_id()}@correo.pe"

        def work(connection: Connection) -> str:
            now = services.now()
            new = NewAccount(email, HASHED, frozenset({role}))
            account_id = create_account(connection, services.cipher, new, now)
            if role is Role.SEEKER:
                tie_seeker(connection, account_id, now)
            for purpose in ConsentPurpose:
                record_consent(connection, account_id, purpose, CONSENTS_OF, is_given=True, now=now)
            return account_id

        account_id = services.write(work)
        self._emails[account_id] = email
        return account_id

    def _application(self, job_id: str) -> str:
        applied = self._as(self.seeker, "POST", "/v1/me/applications", {"job_id": job_id, "note": "Desde niña"})
        found = str(applied["application_id"])
        self._as(self.seeker, "POST", f"/v1/me/applications/{found}/messages", {"text": "¿Hay novedades?"})
        return found

    def _as(self, account_id: str, method: str, path: str, body: object = None) -> Any:
        return self.served.ask(method, path, self.headers(account_id), body)
