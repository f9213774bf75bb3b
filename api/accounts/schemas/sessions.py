"""Where somebody is logged in."""

from __future__ import annotations

from api.schemas.fields import EXAMPLE_ID, WHEN, Document, examples


class SessionDocument(Document):
    """A session that runs; `device` is what the program that logged in calls itself, null where that is not known."""

    session_id: str
    device: str | None
    begun_at: str
    last_used_at: str
    is_this_one: bool


class SessionsListed(Document):
    """The sessions that run, the last used first."""

    model_config = examples(
        {
            "items": [
                {
                    "session_id": EXAMPLE_ID,
                    "device": "Chrome, Android",
                    "begun_at": WHEN,
                    "last_used_at": WHEN,
                    "is_this_one": True,
                }
            ]
        }
    )

    items: list[SessionDocument]
