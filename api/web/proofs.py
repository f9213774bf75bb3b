"""Proving again who one is before a form is filled in that needs it, so that nothing is typed in vain."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from api.credentials.callers import Caller
from api.services.services import Services

STEP_UP = "/confirmar"
# A form is read and filled in within this, or what was typed waits in the browser.
TIME_TO_DECIDE = timedelta(minutes=5)


def proof_address(caller: Caller, services: Services, path: str) -> str:
    """Where the caller proves again who they are, to go on at `path`; empty while the last proof holds a while."""
    if caller.session is None:
        return ""
    holds_until = caller.session.authenticated_at + timedelta(minutes=services.settings.step_up_minutes)
    least = min(TIME_TO_DECIDE, timedelta(minutes=services.settings.step_up_minutes) / 2)
    return "" if holds_until - services.now() >= least else f"{STEP_UP}?sigue={quote(path, safe='/')}"
