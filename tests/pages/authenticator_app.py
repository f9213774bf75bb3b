"""An authenticator app on somebody's phone, which goes by the clock of a served app."""

from __future__ import annotations

from dataclasses import dataclass

from store.people.factors.totp import STEP_SECONDS, totp_code
from tests.api.served_app import ServedApp
from tests.api.signed_in import add_app


@dataclass(frozen=True)
class AuthenticatorApp:
    """What an app shows for one secret."""

    served: ServedApp
    secret: str

    @classmethod
    def of(cls, served: ServedApp, account_id: str) -> AuthenticatorApp:
        """The app of an account that has none yet."""
        return cls(served, add_app(served.services, account_id))

    def next_code(self) -> str:
        """A code that was not used before: its owner waits for the next one."""
        self.served.clock.move(seconds=STEP_SECONDS)
        return totp_code(self.secret, self.served.clock.now)
