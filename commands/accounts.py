"""`chamba account` and `chamba partner`: the first administrator, lost factors, and partner apps with their keys.

chamba account create ana@municipalidad.example --role administrator
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from api.credentials.callers import Scope
from commands.options import DATA_DIR, DatabaseUrl, DataDir
from engine.artifacts import write_atomically
from store.people.accounts import Role

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from api.services.services import Services

account = typer.Typer(
    help="Accounts: make one, such as the first administrator's; remove lost factors.", no_args_is_help=True
)
partner = typer.Typer(help="Partner apps: add one with a key, list them.", no_args_is_help=True)
OWNER_ONLY = 0o600
LISTED = 1_000

Result = TypeVar("Result")


@account.command("create", epilog="Example: chamba account create ana@municipalidad.example --role administrator")
def create_one_account(
    email: Annotated[str, typer.Argument(help="The mail address to log in with.")],
    role: Annotated[Role, typer.Option(help="What the account is for.")] = Role.ADMINISTRATOR,
    password_stdin: Annotated[bool, typer.Option(help="Read the password from standard input.")] = False,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Make an account without a mailed code; asks for the password."""
    from api.configuration.settings import Settings
    from api.credentials.password_strength import require_good_password
    from api.credentials.passwords import Passwords
    from api.schemas.email_addresses import require_email
    from engine.errors import InvalidInputError
    from engine.explain import Locale
    from store.people.accounts import NewAccount, create_account

    if role is Role.SEEKER:
        raise InvalidInputError("a seeker signs up themselves, since they have to agree", expected="another --role")
    address = require_email(email)
    password = sys.stdin.readline().rstrip("\n") if password_stdin else _prompted_password()
    require_good_password(password, address, locale=Locale.EN)
    # Not in the transaction: nobody else could write while it is made.
    hashed = Passwords(Settings(data_dir=data_dir).password_memory_kib).hashed(password)

    def make(connection: Connection, services: Services) -> str:
        new = NewAccount(address, hashed, frozenset({role}))
        account_id = create_account(connection, services.cipher, new, services.now())
        _audit(connection, services, "account.signed_up", f"account:{account_id}", role)
        return account_id

    typer.echo(f"account {_written(data_dir, database_url, make)} ({role})")
    if role is Role.ADMINISTRATOR:
        typer.echo(
            "log in, then add an authenticator app (POST /v1/me/totp) or a passkey: without, nothing else is let"
        )


@account.command("drop-factors", epilog="Example: chamba account drop-factors ana@municipalidad.example")
def drop_second_factors(
    email: Annotated[str, typer.Argument(help="The mail address of the account.")],
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Remove the app, passkeys and recovery codes of somebody who lost all of them; make sure that it is them.

    Their sessions end, and they get a mail. An administrator adds a second factor at the next log-in.
    """
    from api.credentials.sessions import end_all_sessions
    from api.delivering.credential_notices import tell_owner
    from engine.errors import NotFoundError
    from store.people.accounts import find_account
    from store.people.factors.held import drop_factors

    def drop(connection: Connection, services: Services) -> str:
        account_id = find_account(connection, services.cipher, email)
        if account_id is None:
            raise NotFoundError("no account has that address", field="email")
        drop_factors(connection, account_id)
        end_all_sessions(connection, account_id, services.now())
        tell_owner(connection, account_id, "factors_dropped", services)
        _audit(connection, services, "account.factors_dropped", f"account:{account_id}")
        return account_id

    typer.echo(f"account {_written(data_dir, database_url, drop)} logs in by its password alone")


@partner.command("create", epilog="Example: chamba partner create bolsa-municipal --scope recommend --scope seekers")
def create_one_partner(
    name: Annotated[str, typer.Argument(help="What the app is called.")],
    scope: Annotated[list[Scope], typer.Option(help="What its key opens; repeat it. Without it: everything.")] = [],  # noqa: B006
    per_day: Annotated[int, typer.Option(min=1, help="Requests a day.")] = 1_000_000,
    per_minute: Annotated[int, typer.Option(min=1, help="Requests a minute.")] = 6_000,
    adopt_people: Annotated[bool, typer.Option(help="Stored people that are nobody's become this partner's.")] = False,
    key_file: Annotated[
        Path | None, typer.Option(help="Write the key here, for its owner alone, not to the screen.")
    ] = None,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Add a partner app and make its key, which is shown this once."""
    from store.partners.keys import create_key
    from store.partners.partners import NewPartner, RequestLimits, create_partner
    from store.people.profiles import adopt_profiles

    scopes, limits = scope or list(Scope), RequestLimits(per_day, per_minute)

    def make(connection: Connection, services: Services) -> tuple[str, str, int]:
        partner_id = create_partner(connection, services.cipher, NewPartner(name, limits), services.now())
        key = create_key(connection, partner_id, scopes, services.now())
        adopted = adopt_profiles(connection, partner_id) if adopt_people else 0
        _audit(connection, services, "partner.created", f"partner:{partner_id}", *scopes)
        return partner_id, key.text, adopted

    partner_id, key, adopted = _written(data_dir, database_url, make)
    typer.echo(f"partner {partner_id} ({name})" + (f", {adopted} people" if adopt_people else ""))
    if key_file is None:
        typer.echo(f"key, shown this once: {key}")
        return
    write_atomically(key_file, f"{key}\n".encode())
    key_file.chmod(OWNER_ONLY)
    typer.echo(f"key in {key_file}")


@partner.command("list", epilog="Example: chamba partner list")
def list_all_partners(data_dir: DataDir = DATA_DIR, database_url: DatabaseUrl = "") -> None:
    """Print every partner with its limits and how many keys are in force."""
    from store.partners.keys import list_keys
    from store.partners.partners import list_partners

    def lines(connection: Connection, services: Services) -> list[str]:
        now = services.now()
        return [
            f"{one.partner_id}  {one.name}  {one.status}  {one.limits.requests_per_day} a day, "
            f"{one.limits.requests_per_minute} a minute  "
            f"{sum(key.is_live(now) for key in list_keys(connection, one.partner_id))} keys"
            for one in list_partners(connection, None, LISTED)
        ]

    for line in _written(data_dir, database_url, lines) or ["no partner yet: chamba partner create NAME"]:
        typer.echo(line)


def _prompted_password() -> str:
    password: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password


def _written(data_dir: Path, database_url: str, work: Callable[[Connection, Services], Result]) -> Result:
    """What `work` returns in a transaction on the migrated database."""
    from api.configuration.settings import Settings
    from api.services.services import Services
    from store.database import migrate

    services = Services(Settings(data_dir=data_dir, database_url=database_url))
    try:
        migrate(services.database)
        return services.write(lambda connection: work(connection, services))
    finally:
        services.database.dispose()


def _audit(connection: Connection, services: Services, action: str, subject: str, *words: str) -> None:
    from store.audit import AuditAction, append_audit

    append_audit(
        connection,
        actor="operator",
        action=AuditAction(action),
        subject=subject,
        detail={"words": list(words)},
        now=services.now(),
    )
