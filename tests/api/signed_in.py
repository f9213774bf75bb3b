"""Headers and cookies of people who have just logged in, by all the factors that they have."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection

from api.credentials.tokens import AccessToken, signed_page_token, signed_token
from api.services.services import Services
from store.people.factors.held import factors_of
from store.people.factors.totp import begin_totp, confirm_totp, totp_code
from store.people.open_sessions import NewSession
from store.people.sessions import start_session

Bearer = dict[str, str]


def signed_in(services: Services, account_id: str) -> Bearer:
    """The headers of an account in a new session, proved by a second factor if the account has one."""
    token = _new_session(services, account_id)
    return {"Authorization": f"Bearer {signed_token(services.cipher, token, services.now())}"}


def page_cookie(services: Services, account_id: str) -> str:
    """The cookie by which pages know an account in such a session, for a day."""
    token = _new_session(services, account_id)
    return signed_page_token(services.cipher, token, services.now(), timedelta(days=1))


def add_app(services: Services, account_id: str) -> str:
    """Give an account an authenticator app, confirmed by its code; the app's secret."""
    now, cipher = services.now(), services.cipher

    def work(connection: Connection) -> str:
        secret = begin_totp(connection, cipher, account_id, now)
        assert confirm_totp(connection, cipher, account_id, totp_code(secret, now), now)
        return secret

    return services.write(work)


def _new_session(services: Services, account_id: str) -> AccessToken:
    now = services.now()

    def work(connection: Connection) -> str:
        new = NewSession(is_two_factor=bool(factors_of(connection, account_id)))
        start_session(connection, account_id, now, new)
        return new.session_id

    return AccessToken(account_id, services.write(work))
