"""Headers of people who have just logged in, by all the factors that they have."""

from __future__ import annotations

from sqlalchemy import Connection

from api.credentials.tokens import AccessToken, signed_token
from api.services.services import Services
from store.people.factors.held import factors_of
from store.people.factors.totp import begin_totp, confirm_totp, totp_code
from store.people.open_sessions import NewSession
from store.people.sessions import start_session

Bearer = dict[str, str]


def signed_in(services: Services, account_id: str) -> Bearer:
    """The headers of an account in a new session, proved by a second factor if the account has one."""
    now = services.now()

    def work(connection: Connection) -> str:
        new = NewSession(is_two_factor=bool(factors_of(connection, account_id)))
        start_session(connection, account_id, now, new)
        return new.session_id

    token = AccessToken(account_id, services.write(work))
    return {"Authorization": f"Bearer {signed_token(services.cipher, token, now)}"}


def add_app(services: Services, account_id: str) -> str:
    """Give an account an authenticator app, confirmed by its code; the app's secret."""
    now, cipher = services.now(), services.cipher

    def work(connection: Connection) -> str:
        secret = begin_totp(connection, cipher, account_id, now)
        assert confirm_totp(connection, cipher, account_id, totp_code(secret, now), now)
        return secret

    return services.write(work)
