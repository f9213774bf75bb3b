"""Headers of people who have just logged in."""

from __future__ import annotations

from api.credentials.tokens import AccessToken, signed_token
from api.services.services import Services
from store.people.open_sessions import NewSession
from store.people.sessions import start_session

Bearer = dict[str, str]


def signed_in(services: Services, account_id: str) -> Bearer:
    """The headers of an account in a new session."""
    now, new = services.now(), NewSession()
    services.write(lambda connection: start_session(connection, account_id, now, new))
    token = AccessToken(account_id, new.session_id)
    return {"Authorization": f"Bearer {signed_token(services.cipher, token, now)}"}
