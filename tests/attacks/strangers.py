"""Everybody to whom an object is not, each real, and what the database holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from sqlalchemy import delete, select

from api.access.rules import Rule
from api.credentials.callers import Scope
from api.credentials.tokens import AccessToken, signed_token
from api.routes import api_routes
from api.routing.typed_routes import TypedRoute
from store.hiring.employers import MEMBERS
from store.hiring.owner_changes import join_organisation
from store.partners.keys import create_key
from store.people.accounts import Role
from store.people.open_sessions import NewSession
from store.people.sessions import end_session, start_session
from store.tables import Base
from tests.api.named_things import AUDIENCES
from tests.api.real_things import Bearer, RealThings

RULES: dict[str, Rule] = {
    f"{method} {route.path}": route.rule
    for route in api_routes()
    if isinstance(route, TypedRoute)
    for method in route.methods or ()
}
# Numbers of requests, whoever sent them, and of rows.
COUNTERS = frozenset({"attempts", "partner_usage", "partner_answers", "counters"})
# All that is private in what `RealThings` makes, and what is secret of everybody.
PRIVATE_WORDS = (
    *("@correo.pe", "Diseñadora gráfica de redes sociales", "Photoshop", "Desde niña", "¿Hay novedades?"),
    *("Entrevista", "Hola, {name}", "Tienda Inti", "La llamé", "Revísenlo", "sistemas@bolsa", "127.0.0.1:9/hook"),
    *("$argon2", "whsec_", "Celular de Rosa"),
)

Rows = Counter[tuple[str, str]]


def owner_of(name: str, real: RealThings) -> Bearer:
    """The headers of somebody who may."""
    path = name.partition(" ")[2]
    role = next((role for prefix, role in AUDIENCES.items() if path.startswith(prefix)), None)
    return real.partner if role is None else real.headers(getattr(real, role))


@dataclass(frozen=True)
class Stranger:
    """Somebody, with the roles and scopes that they have; `things` are theirs where they have some of every kind."""

    who: str
    headers: Bearer
    has: frozenset[Role | Scope] = frozenset()
    things: RealThings | None = None

    def is_let_in(self, name: str) -> bool:
        """Whether the rule of an operation lets them ask at all."""
        return not self.has.isdisjoint(RULES[name].allowed)


def strangers(name: str, real: RealThings, other: RealThings) -> Iterator[Stranger]:
    """Everybody who may not: `real` are the owner's things, `other` those of others of every kind."""
    yield Stranger("nobody", {})
    yield Stranger("an unknown key", {"Authorization": "Bearer chamba_ninguna_clave"})
    yield from _ended(name, real)
    for who, account_id, role in (
        ("another seeker", other.seeker, Role.SEEKER),
        ("another employer", other.employer, Role.EMPLOYER),
        ("an employer of no organisation", RealThings(real.served).employer, Role.EMPLOYER),
        ("a former member", _former_member(real), Role.EMPLOYER),
        ("another officer", other.officer, Role.OFFICER),
        ("an analyst", other.analyst, Role.ANALYST),
        ("an administrator", other.administrator, Role.ADMINISTRATOR),
    ):
        things = other if who.startswith("another") else None
        yield Stranger(who, real.headers(account_id), frozenset({role}), things)
    yield Stranger("another partner", other.partner, frozenset(Scope), other)
    yield _lesser_key(name, real)


def rows(real: RealThings) -> Rows:
    """Everything that the database holds, but counts; what waits to be logged is logged first."""
    real.services.journal.ship(wait=True)
    with real.services.database.connect() as connection:
        return Counter(
            (table.name, repr(row))
            for table in Base.metadata.sorted_tables
            if table.name not in COUNTERS
            for row in connection.execute(select(table))
        )


def _ended(name: str, real: RealThings) -> Iterator[Stranger]:
    """The owner's own tokens, of a session that was ended and of one that is over."""
    services, now = real.services, real.services.now()
    role = next((role for prefix, role in AUDIENCES.items() if name.partition(" ")[2].startswith(prefix)), "seeker")
    account_id, ended, over = getattr(real, role), NewSession(), NewSession()
    for new in (ended, over):
        services.write(partial(start_session, account_id=account_id, now=now, new=new))
    services.write(lambda connection: end_session(connection, ended.session_id, now))
    for who, new, at in (("an ended session", ended, now), ("yesterday's token", over, now - timedelta(days=1))):
        token = signed_token(services.cipher, AccessToken(account_id, new.session_id), at)
        yield Stranger(who, {"Authorization": f"Bearer {token}"})


def _former_member(real: RealThings) -> str:
    """Somebody who acted for the owner's organisation and does so no more."""
    account_id, employer_id = RealThings(real.served).employer, real.employer_id
    is_member = MEMBERS.c.account_id == account_id
    real.services.write(lambda each: join_organisation(each, employer_id, account_id, real.services.now()))
    real.services.write(lambda each: each.execute(delete(MEMBERS).where(is_member)))
    return account_id


def _lesser_key(name: str, real: RealThings) -> Stranger:
    """A key of the owner that opens all but this operation; where any key opens it, none."""
    scopes = tuple(scope for scope in Scope if scope not in RULES[name].allowed)
    if not scopes:
        return Stranger("an empty key", {"Authorization": "Bearer "})
    key = real.services.write(partial(create_key, partner_id=real.partner_id, scopes=scopes, now=real.services.now()))
    real.services.partner_keys.refresh()
    return Stranger("the partner, by a key of other scopes", {"Authorization": f"Bearer {key.text}"}, frozenset(scopes))
