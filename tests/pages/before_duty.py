"""What others did before somebody comes on duty, by the API and in their names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from store.people.accounts import NewAccount, Role, create_account
from store.people.factors.totp import totp_code
from store.people.phones import write_phone
from tests.api.real_things import PASSWORD, PROFILE, RealThings, another_ruc, hashed_password
from tests.api.signed_in import add_app
from tests.pages.visits import Visit

SCAM_QUOTE = "Antes de empezar abona S/ 65 por el kit de hilos a nuestra cuenta"
AD: dict[str, Any] = {
    "modality": "remote",
    "country": "PE",
    "pay": {"amount": 12, "period": "hour", "currency": "PEN"},
}
# Of an app, a code is taken once: so long after it there is another.
NEXT_CODE_SECONDS = 31


@dataclass(frozen=True)
class Staff:
    """Somebody of Chamba or of a programme, who has a password and an app of codes."""

    real: RealThings
    account_id: str
    email: str
    secret: str

    def code(self) -> str:
        """What the app shows once the last code is over."""
        self.real.served.clock.move(seconds=NEXT_CODE_SECONDS)
        return totp_code(self.secret, self.real.services.now())


@dataclass(frozen=True)
class Workshop:
    """An organisation and its ad."""

    name: str
    ad: str
    job_id: str
    tax_id: str
    contact: str


@dataclass(frozen=True)
class Known:
    """Somebody of whom a mail address, a number and a DNI are known."""

    account_id: str
    email: str
    phone: str
    national_id: str


def staff(real: RealThings, email: str, role: Role) -> Staff:
    """Somebody with the password of everybody."""
    services, new = real.services, NewAccount(email, hashed_password(), frozenset({role}))
    make = partial(create_account, cipher=services.cipher, new=new, now=services.now())
    account_id = services.write(make)
    return Staff(real, account_id, email, add_app(services, account_id))


def false_ad(real: RealThings, name: str) -> Workshop:
    """An organisation registers and posts an ad that asks for money."""
    owner, tax_id, contact = real._account(Role.EMPLOYER), another_ruc(), "987 654 321"
    facts = {"name": f"Taller Inti {name}", "tax_id": tax_id, "contact": contact}
    employer_id = real._as(owner, "POST", "/v1/employers", facts)["employer_id"]
    title = f"Bordadora de mantas {name}"
    ad = AD | {"title": title, "description": f"Bordamos mantas en casa, por prenda. {SCAM_QUOTE}."}
    job_id = real._as(owner, "POST", f"/v1/employers/{employer_id}/jobs", ad)["job_id"]
    return Workshop(facts["name"], title, job_id, tax_id, contact)


def shown_ad(real: RealThings, title: str, name: str) -> Workshop:
    """A verified organisation posts an ad, which is shown."""
    owner, tax_id, contact = real._account(Role.EMPLOYER), another_ruc(), "956 111 222"
    facts = {"name": f"Fotos Killa {name}", "tax_id": tax_id, "contact": contact}
    employer_id = real._as(owner, "POST", "/v1/employers", facts)["employer_id"]
    (case,) = real._as(real.administrator, "GET", "/v1/admin/cases?kind=employer&state=open")["items"][-1:]
    decision = {"decision": "organisation_verified", "reason": "El RUC está activo"}
    real._as(real.administrator, "POST", f"/v1/admin/cases/{case['case_id']}/decision", decision)
    ad = AD | {"title": title, "description": "Ordenas fotos por color desde tu casa."}
    job_id = real._as(owner, "POST", f"/v1/employers/{employer_id}/jobs", ad)["job_id"]
    return Workshop(facts["name"], title, job_id, tax_id, contact)


def contested_answer(real: RealThings, words: str) -> str:
    """Somebody has a person look at the jobs that she was shown; her words."""
    asking = real._account(Role.SEEKER)
    real._as(asking, "PUT", "/v1/me/profile", PROFILE)
    answer = real._as(asking, "POST", "/v1/me/recommendations", {"limit": 3})
    at = f"/v1/me/recommendations/{answer['recommendation_id']}/review-request"
    real._as(asking, "POST", at, {"text": words})
    return words


def logs_in(visit: Visit, who: Staff, then: str) -> None:
    """From the first page, by password and the code of an app; the page with the heading `then` comes."""
    person, page = visit.person, visit.page
    person.goes("/")
    person.press(page.get_by_role("navigation").get_by_role("link", name="Entrar"), page.get_by_label("Contraseña"))
    person.writes("Celular o correo", who.email)
    person.writes("Contraseña", PASSWORD)
    person.presses("Entrar", "Segundo paso")
    person.write(page.get_by_label("Código", exact=True), who.code())
    person.presses("Entrar", then)


def known_person(real: RealThings) -> Known:
    """Somebody new, whose number and DNI are saved."""
    account_id, phone = real._account(Role.SEEKER), real.number
    services, national_id = real.services, f"4{phone[-7:]}"
    real._as(account_id, "PUT", "/v1/me/private-details", {"national_id": national_id})
    services.write(lambda each: write_phone(each, services.cipher, account_id, phone, services.now()))
    return Known(account_id, real._emails[account_id], phone, national_id)
