"""Real things for generated requests to name: accounts, an organisation with a job, applications, cases, a partner, …

Each is made when it is named for the first time, by the app's own endpoints where there is one, and cached from then
on.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property, partial
from itertools import count, cycle
from typing import Any

from sqlalchemy import Connection, update

from api.credentials.callers import Scope
from api.credentials.passwords import Passwords
from store.hiring.applications import get_application
from store.hiring.employers import EmployerFacts, EmployerStatus, create_employer, set_employer_status
from store.hiring.members import ask_to_act, requests_to
from store.hiring.owner_changes import give_role, join_organisation
from store.ids import new_id
from store.notices.texts import NoticeGroup
from store.notices.unsubscribing import Unsubscription, unsubscribe_url
from store.notices.writing import Site
from store.partners.deliveries import DELIVERIES, DeliveryState
from store.partners.keys import NewKey, create_key
from store.partners.partners import NewPartner, RequestLimits, create_partner
from store.people.accounts import STAFF, NewAccount, Role, create_account
from store.people.case_notes import add_note
from store.people.cases import DECISIONS, CaseKind, Decision, NewCase, open_case
from store.people.confirmations import ConfirmationKind, ask_confirmation
from store.people.consents import ConsentPurpose, record_consent
from store.people.open_sessions import NewSession
from store.people.partner_developers import add_developer
from store.people.phones import write_phone
from store.people.seeker_accounts import tie_seeker
from store.people.sessions import start_session
from tests.api.real_factors import RealFactors
from tests.api.real_programmes import RealProgrammes
from tests.api.served_app import LEAST_KIB, ServedApp
from tests.api.signed_in import add_app, signed_in

Bearer = dict[str, str]

PASSWORD = "lluvia en Huaraz"
PLENTY = RequestLimits(2**31 - 1, 2**31 - 1)
CONSENTS_OF = "2026-11"
NIGHTS = {"days": ["mon", "tue", "wed", "thu", "fri"], "start": "19:00", "end": "23:00"}
PROFILE: dict[str, Any] = {
    "text": "Diseñadora gráfica de redes sociales",
    "skills": ["Photoshop"],
    "languages": {"es": "native"},
    "availability": {"time_zone": "America/Lima", "windows": [NIGHTS]},
}
JOB: dict[str, Any] = {"title": "Diseñadora gráfica, de noche", "modality": "remote", "country": "PE"}
FALSE_JOB = JOB | {"description": "Para empezar deposita S/ 80 por tu kit de inicio."}
APPLICATION = {"text": "Desde niña", "with_cv": True}
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"
HARMLESS = {CaseKind.POSTING: Decision.JOB_SHOWN, CaseKind.EMPLOYER: Decision.ORGANISATION_VERIFIED}
RECEIVER = "http://127.0.0.1:9/hook"


@cache
def hashed_password() -> str:
    """The hash of everybody's password."""
    return Passwords(LEAST_KIB).hashed(PASSWORD)


_RUCS = count(10_000_000)


class RealThings:
    """Things of the same few people."""

    def __init__(self, served: ServedApp) -> None:
        self.served, self.services = served, served.services
        self._emails: dict[str, str] = {}
        self._numbers = count()
        self.confirmation_id = new_id()
        self.decision = Decision.JOB_STAYS

    def headers(self, account_id: str) -> Bearer:
        """Those of an account, in a session that begins at this moment."""
        return signed_in(self.services, account_id)

    @cached_property
    def seeker(self) -> str:
        """An account whose profile employers may find, with a CV file."""
        account_id = self._account(Role.SEEKER)
        self._as(account_id, "PUT", "/v1/me/profile", PROFILE)
        headers = self.headers(account_id) | {"Content-Type": "application/pdf"}
        assert self.served.session.put(f"{self.served.url}/v1/me/cv", data=PDF, headers=headers).ok
        return account_id

    @property
    def leaver(self) -> str:
        """Another account with a profile, a new one each time."""
        account_id = self._account(Role.SEEKER)
        self._as(account_id, "PUT", "/v1/me/profile", PROFILE)
        return account_id

    @property
    def phoned(self) -> str:
        """An account that has a number beside its address, another each time."""
        account_id, number = self._account(Role.SEEKER), self.number
        now, cipher = self.services.now(), self.services.cipher
        self.services.write(lambda connection: write_phone(connection, cipher, account_id, number, now))
        return account_id

    @property
    def number(self) -> str:
        """The number of a mobile, another each time."""
        return f"+51987{next(self._numbers):06d}"

    @property
    def email(self) -> str:
        """The seeker's address."""
        return self._emails[self.seeker]

    @cached_property
    def suspended_email(self) -> str:
        """The address of somebody whom an administrator suspended."""
        account_id, reason = self._account(Role.SEEKER), {"reason": "other"}
        self._as(self.administrator, "POST", f"/v1/admin/accounts/{account_id}/suspend", reason)
        return self._emails[account_id]

    @cached_property
    def employer(self) -> str:
        """An account."""
        return self._account(Role.EMPLOYER)

    @property
    def colleague_email(self) -> str:
        """The address of another employer's account, a new one each time."""
        return self._emails[self._account(Role.EMPLOYER)]

    @property
    def colleague(self) -> str:
        """Another account that acts for the organisation, a new one each time."""
        employer_id, account_id, now = self.employer_id, self._account(Role.EMPLOYER), self.services.now()
        self.services.write(lambda each: join_organisation(each, employer_id, account_id, now))
        return account_id

    @property
    def member_request_id(self) -> str:
        """What an organisation asks the employer, another each time."""
        now, asked = self.services.now(), self.employer
        asking = self._account(Role.EMPLOYER)

        def ask(connection: Connection) -> str:
            facts = EmployerFacts("Tienda Inti")
            employer_id = create_employer(connection, self.services.cipher, facts, asking, now)
            ask_to_act(connection, employer_id, asked, now)
            return requests_to(connection, asked, now)[-1].request_id

        return self.services.write(ask)

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

    @property
    def account_of_every_role(self) -> str:
        """An account that has all roles, a new one each time."""
        account_id, now = self._account(Role.SEEKER), self.services.now()
        for role in Role:
            self.services.write(partial(give_role, account_id=account_id, role=role, now=now))
        return account_id

    @cached_property
    def employer_id(self) -> str:
        """A verified organisation of the employer."""
        return self._verified_employer(self.employer)

    @cached_property
    def judged_employer_id(self) -> str:
        """An organisation that administrators suspend and restore."""
        return str(self._as(self.account_id, "POST", "/v1/employers", {"name": "Tienda Inti"})["employer_id"])

    @cached_property
    def registered_tax_id(self) -> str:
        """The RUC of an organisation."""
        tax_id = another_ruc()
        self._as(self.account_id, "POST", "/v1/employers", {"name": "Taller Inti", "tax_id": tax_id})
        return tax_id

    @property
    def suspended_employer_id(self) -> str:
        """A suspended organisation of the employer, a new one each time."""
        account_id, now = self.employer, self.services.now()

        def work(connection: Connection) -> str:
            employer_id = create_employer(connection, self.services.cipher, EmployerFacts("Inti"), account_id, now)
            set_employer_status(connection, employer_id, EmployerStatus.SUSPENDED, now)
            return employer_id

        return self.services.write(work)

    @property
    def unverified_employer_id(self) -> str:
        """An organisation that waits to be verified, a new one each time."""
        return str(
            self._as(self._account(Role.EMPLOYER), "POST", "/v1/employers", {"name": f"Tienda {new_id()}"})[
                "employer_id"
            ]
        )

    @cached_property
    def employers_job(self) -> str:
        """A job that the organisation posted."""
        return self.new_job

    @property
    def new_job(self) -> str:
        """A job that the organisation posted, a new one each time."""
        return str(self._as(self.employer, "POST", f"/v1/employers/{self.employer_id}/jobs", JOB)["job_id"])

    @property
    def taken_down_job(self) -> str:
        """A job that an administrator took down, a new one each time."""
        job_id, why = self.new_job, {"cause": "fraud", "reason": "No es suyo"}
        self._as(self.administrator, "POST", f"/v1/admin/jobs/{job_id}/take-down", why)
        return job_id

    @cached_property
    def template_id(self) -> str:
        """A template of the organisation."""
        body = {"name": "Entrevista", "text": "Hola, {name}: {job}"}
        made = self._as(self.employer, "POST", f"/v1/employers/{self.employer_id}/templates", body)
        return str(made["template_id"])

    @cached_property
    def employers_application(self) -> str:
        """An application for the organisation's job, with a message."""
        return self._application(self.employers_job)

    @property
    def found_seeker(self) -> str:
        """Somebody who may be found for the organisation's job, a new person each time."""
        return str(self._as(self.leaver, "GET", "/v1/me/profile")["seeker_id"])

    @property
    def invitation_id(self) -> str:
        """An invitation of the seeker that waits, of a new organisation each time: each may send few a day."""
        inviting, profile = self._account(Role.EMPLOYER), self._as(self.seeker, "GET", "/v1/me/profile")
        jobs = f"/v1/employers/{self._verified_employer(inviting)}/jobs"
        job_id = self._as(inviting, "POST", jobs, JOB)["job_id"]
        asked = {"seeker_id": profile["seeker_id"], "text": "Nos gustó lo que haces"}
        return str(self._as(inviting, "POST", f"{jobs}/{job_id}/invitations", asked)["invitation_id"])

    @cached_property
    def kept_job(self) -> str:
        """A job that the seeker saved, dismissed and reported."""
        self._as(self.seeker, "PUT", f"/v1/me/saved-jobs/{self.employers_job}")
        self._as(self.seeker, "PUT", f"/v1/me/dismissals/{self.employers_job}", {"reason": "looks_false"})
        return self.employers_job

    @cached_property
    def own_recommendation(self) -> str:
        """An answer that the seeker got."""
        return str(self._as(self.seeker, "POST", "/v1/me/recommendations", {})["recommendation_id"])

    @cached_property
    def _case_subjects(self) -> Iterator[tuple[CaseKind, str]]:
        return cycle(
            [
                (CaseKind.POSTING, self.employers_job),
                (CaseKind.EMPLOYER, self.judged_employer_id),
                (CaseKind.HUMAN_REVIEW, self.own_recommendation),
                (CaseKind.CORRECTION, self.seeker),
                (CaseKind.ELIGIBILITY, self.programmes.screening_id),
                (CaseKind.APPEAL, self.seeker),
                (CaseKind.REPORT, self.employers_job),
                (CaseKind.JOB_APPEAL, self.employers_job),
                (CaseKind.ORGANISATION_APPEAL, self.judged_employer_id),
            ]
        )

    @property
    def case_id(self) -> str:
        """An open case with a note, of the next kind each time."""
        return self._case(*next(self._case_subjects))

    @property
    def review_id(self) -> str:
        """An open case about an answer that the seeker got."""
        return self._case(CaseKind.HUMAN_REVIEW, self.own_recommendation)

    def _case(self, kind: CaseKind, subject_id: str) -> str:
        self.decision = HARMLESS.get(kind, DECISIONS[kind][1])
        cipher, now, author_id = self.services.cipher, self.services.now(), self.administrator
        new = NewCase(kind, subject_id, self.seeker, ["looks_false"], "Revísenlo")

        def work(connection: Connection) -> str:
            case_id = open_case(connection, cipher, new, now)
            add_note(connection, cipher, case_id, author_id, "La llamé", now)
            return case_id

        return self.services.write(work)

    @cached_property
    def programmes(self) -> RealProgrammes:
        """A programme, and who asks for it."""
        return RealProgrammes(self)

    @property
    def officer(self) -> str:
        """An account that acts for the programme."""
        return self.programmes.officer

    @cached_property
    def partner_id(self) -> str:
        """The partner."""
        return self._partner()

    @cached_property
    def judged_partner_id(self) -> str:
        """A partner that administrators suspend and restore."""
        return self._partner()

    @cached_property
    def key(self) -> NewKey:
        """A key of the partner that opens everything."""
        made = self.services.write(
            partial(create_key, partner_id=self.partner_id, scopes=tuple(Scope), now=self.services.now())
        )
        self.services.partner_keys.refresh()
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

    @property
    def profile_reference(self) -> str:
        """By which the partner erases a profile that it sent along, a new one each time."""
        reference = f"rosa-{new_id()}"
        asked = {"profile": {"text": "Tejo a mano"}, "profile_reference": reference}
        self.served.ask("POST", "/v1/recommendations", self.partner, asked)
        return reference

    @cached_property
    def webhook_id(self) -> str:
        """A webhook of the partner, with a delivery that waits."""
        asked = {"url": RECEIVER, "kinds": ["job.closed", "seeker.erased"]}
        made = str(self.served.ask("POST", "/v1/webhooks", self.partner, asked)["webhook_id"])
        self.served.ask("POST", f"/v1/webhooks/{made}:test", self.partner)
        return made

    @property
    def delivery_id(self) -> str:
        """A delivery of the webhook that was given up, a new one each time."""
        made = str(self.served.ask("POST", f"/v1/webhooks/{self.webhook_id}:test", self.partner)["delivery_id"])
        over = update(DELIVERIES).where(DELIVERIES.c.delivery_id == made).values(state=DeliveryState.FAILED)
        self.services.write(lambda connection: connection.execute(over).rowcount)
        return made

    @property
    def developer(self) -> str:
        """An account that acts for the partner, a new one each time."""
        partner_id, account_id, now = self.partner_id, self._account(Role.DEVELOPER), self.services.now()
        self.services.write(lambda each: add_developer(each, partner_id, account_id, now))
        return account_id

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
    def session_id(self) -> str:
        """A session of the seeker, a new one each time."""
        account_id, now, new = self.seeker, self.services.now(), NewSession()
        self.services.write(lambda each: start_session(each, account_id, now, new))
        return new.session_id

    @cached_property
    def factors(self) -> RealFactors:
        """The seeker's second factors, and accounts that are about to have some."""
        return RealFactors(self.services, self.seeker, lambda: self._account(Role.EMPLOYER))

    @property
    def refresh_token(self) -> str:
        """A new one each time."""
        account_id, now = self.seeker, self.services.now()
        return self.services.write(lambda each: start_session(each, account_id, now).text)

    @property
    def code(self) -> str:
        """The code of a sign-up that waits for it, a new one each time; `confirmation_id` names it from then on."""
        kind, cipher, now = ConfirmationKind.SIGN_UP, self.services.cipher, self.services.now()
        wanted: dict[str, Any] = {"email": f"{new_id()}@correo.pe", "password_hash": hashed_password()}
        wanted |= {"role": "seeker", "name": "Rosa", "locale": "es", "consents": []}
        self.confirmation_id, code = self.services.write(lambda each: ask_confirmation(each, cipher, kind, wanted, now))
        return code

    @cached_property
    def search_id(self) -> str:
        """A search that the seeker keeps."""
        asked = {"name": "De noche", "query": "diseño de redes", "alert": "daily"}
        return str(self._as(self.seeker, "POST", "/v1/me/searches", asked)["search_id"])

    @property
    def unsubscribe_token(self) -> str:
        """That of an address in the seeker's mails."""
        wanted = Unsubscription(self.seeker, NoticeGroup.MESSAGES)
        return str(unsubscribe_url(self.services.cipher, wanted, Site("https://chamba.pe"))).rpartition("/")[2]

    def version_of(self, application_id: str) -> int:
        """The version that an application has now."""
        return self.services.read(lambda connection: get_application(connection, application_id).version)

    def _account(self, role: Role) -> str:
        email, now = f"{new_id()}@correo.pe", self.services.now()

        def work(connection: Connection) -> str:
            new = NewAccount(email, hashed_password(), frozenset({role}))
            account_id = create_account(connection, self.services.cipher, new, now)
            if role is Role.SEEKER:
                tie_seeker(connection, account_id, now)
            for purpose in ConsentPurpose:
                record_consent(connection, account_id, purpose, CONSENTS_OF, is_given=True, now=now)
            return account_id

        account_id = self.services.write(work)
        if role in STAFF:  # who can do nothing without
            add_app(self.services, account_id)
        self._emails[account_id] = email
        return account_id

    def _verified_employer(self, account_id: str) -> str:
        made = str(self._as(account_id, "POST", "/v1/employers", {"name": "Tienda Killa"})["employer_id"])
        now = self.services.now()
        self.services.write(lambda each: set_employer_status(each, made, EmployerStatus.VERIFIED, now))
        return made

    def _partner(self) -> str:
        new = NewPartner(new_id(), PLENTY, "sistemas@bolsa.example")
        return self.services.write(
            partial(create_partner, cipher=self.services.cipher, new=new, now=self.services.now())
        )

    def _application(self, job_id: str) -> str:
        applied = self._as(self.seeker, "POST", "/v1/me/applications", APPLICATION | {"job_id": job_id})
        found = str(applied["application_id"])
        self._as(self.seeker, "POST", f"/v1/me/applications/{found}/messages", {"text": "¿Hay novedades?"})
        return found

    def _as(self, account_id: str, method: str, path: str, body: Any = None) -> Any:
        return self.served.ask(method, path, self.headers(account_id), body)


def another_ruc() -> str:
    """A RUC that no organisation has: tests of a module share an app."""
    digits = f"20{next(_RUCS):08d}"
    weighed = sum(int(digit) * weight for digit, weight in zip(digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True))
    return f"{digits}{(11 - weighed % 11) % 10}"
