"""The lock of somebody's device, which makes passkeys and opens by a finger: Chromium's own, with nothing to touch."""

from __future__ import annotations

from tests.pages.visits import Visit

# Of the device itself, where passkeys stay, and whose owner has just been recognised.
OPTIONS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def gives_a_lock(visit: Visit) -> str:
    """Give the browser such a lock; its id."""
    visit.session.send("WebAuthn.enable")
    made = visit.session.send("WebAuthn.addVirtualAuthenticator", {"options": OPTIONS})
    return str(made["authenticatorId"])


def recognises(visit: Visit, lock: str, *, is_owner: bool) -> None:
    """Whether the lock takes the finger that it is shown."""
    shown = {"authenticatorId": lock, "isUserVerified": is_owner}
    visit.session.send("WebAuthn.setUserVerified", shown)
