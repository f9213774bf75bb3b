"""What others did before somebody comes on duty, by the API and in their names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from store.people.accounts import NewAccount, Role, create_account
from store.people.phones import write_phone
from tests.api.real_things import PASSWORD, PROFILE, RealThings, another_ruc, hashed_password
from tests.pages.authenticator_app import AuthenticatorApp
from tests.pages.people_beside import PeopleBeside
from tests.pages.visits import Visit

# What the things of each way are called by: all are in one app.
PLACES = {"phone": "Sur", "desk": "Norte", "keys": "Centro"}
SCAM_QUOTE = "Antes de empezar abona S/ 65 por el kit de hilos a nuestra cuenta"
AD: dict[str, Any] = {
    "modality": "remote",
    "country": "PE",
    "pay": {"amount": 12, "period": "hour", "currency": "PEN"},
}


@dataclass(frozen=True)
class Staff:
    """Somebody of Chamba or of a programme, who has the password of everybody and an app of codes."""

    account_id: str
    email: str
    app: AuthenticatorApp


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
    """Somebody of a role."""
    services, new = real.services, NewAccount(email, hashed_password(), frozenset({role}))
    make = partial(create_account, cipher=services.cipher, new=new, now=services.now())
    account_id = services.write(make)
    return Staff(account_id, email, AuthenticatorApp.of(real.served, account_id))


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
    PeopleBeside(real).verifies(employer_id)
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
    person.write(page.get_by_label("Código", exact=True), who.app.next_code())
    person.presses("Entrar", then)


def known_person(real: RealThings) -> Known:
    """Somebody new, whose number and DNI are saved."""
    account_id, phone = real._account(Role.SEEKER), real.number
    services, national_id = real.services, f"4{phone[-7:]}"
    real._as(account_id, "PUT", "/v1/me/private-details", {"national_id": national_id})
    services.write(lambda each: write_phone(each, services.cipher, account_id, phone, services.now()))
    return Known(account_id, real._emails[account_id], phone, national_id)


def programme(real: RealThings, officer: Staff, name: str) -> str:
    """A programme that somebody runs, without rules yet; its id."""
    facts = {"name": name, "organisation": "Ministerio", "description": "Una computadora prestada por un año"}
    made = real._as(real.administrator, "POST", "/v1/admin/programmes", facts | {"appeal_to": "Mesa de partes"})
    programme_id = str(made["programme_id"])
    real._as(real.administrator, "PUT", f"/v1/admin/programmes/{programme_id}/officers/{officer.account_id}")
    return programme_id


def contested_screening(real: RealThings, programme_id: str, name: str, words: str) -> str:
    """Somebody who wrote a wrong year of birth is told that she may not enter, and contests it; her address."""
    asking = real._account(Role.SEEKER)
    real._as(asking, "PATCH", "/v1/me", {"name": name})
    real._as(asking, "PUT", "/v1/me/private-details", {"birth_date": "2012-05-01"})
    asked = f"/v1/me/programmes/{programme_id}/screenings"
    answer = real._as(asking, "POST", asked, {"shares_contact": True})
    assert answer["eligibility"] == "not_eligible"
    real._as(asking, "POST", f"/v1/me/screenings/{answer['screening_id']}/appeal", {"text": words})
    return real._emails[asking]
