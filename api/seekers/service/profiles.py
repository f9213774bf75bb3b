"""What the service of seekers does: profiles as they are saved, applications as their owners see them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import Connection

from api.services.services import Services
from api.services.vectors import seeker_vector
from engine.documents.seekers import seeker_document
from engine.encoder.texts import seeker_text
from engine.errors import ConflictError, NotFoundError
from engine.moderation.contacts.profiles import without_contacts
from engine.seekers import Availability, Seeker
from store.matching.row_reads import SeekerRead, read_seeker
from store.people.profiles import Encoded, put_account_profile
from store.people.seeker_accounts import seeker_of

ATTEMPTS = 5


def read_own_profile(connection: Connection, account_id: str) -> SeekerRead:
    """What a person saved of themselves; raises NotFoundError, in words for them, before the first time."""
    try:
        return read_seeker(connection, seeker_of(connection, account_id))
    except NotFoundError:
        raise no_profile() from None


def no_profile() -> NotFoundError:
    """What somebody is told who asks for what needs their profile, and has saved none."""
    return NotFoundError(
        "save your profile first", fix="tell what you can do, what you look for and when you are free", field="profile"
    )


def save_profile(account_id: str, seeker: Seeker, services: Services) -> dict[str, Any]:
    """Save what a person says of themselves, without the contacts in their words; its vector is computed now."""
    seeker_id = services.read(lambda connection: seeker_of(connection, account_id))
    stored = without_contacts(replace(seeker, seeker_id=seeker_id))
    encoded = _encoded(stored, services)
    services.write(lambda connection: put_account_profile(connection, encoded, account_id))
    is_masked = (stored.text, stored.skills) != (seeker.text, seeker.skills)
    return {"seeker_id": seeker_id, "profile": seeker_document(stored), "masked": is_masked}


def save_availability(account_id: str, availability: Availability | None, services: Services) -> dict[str, Any]:
    """Save a person's free hours; the rest of the profile stays. Raises NotFoundError before there is a profile."""
    for _ in range(ATTEMPTS):
        read = services.read(partial(read_own_profile, account_id=account_id))
        changed = replace(read.seeker, availability=availability)
        encoded = Encoded(changed, read.vector, read.model_id)
        if seeker_text(changed) != seeker_text(read.seeker):
            encoded = _encoded(changed, services)
        try:
            services.write(partial(_replace_profile, profile=encoded, account_id=account_id, known=read.content_hash))
        except ConflictError:  # it was saved on another device meanwhile
            continue
        return seeker_document(changed)
    raise ConflictError("the profile is being changed elsewhere", fix="try again")


def _replace_profile(connection: Connection, profile: Encoded, account_id: str, known: str) -> None:
    if read_seeker(connection, profile.seeker.seeker_id).content_hash != known:
        raise ConflictError("the profile has changed")
    put_account_profile(connection, profile, account_id)


def _encoded(seeker: Seeker, services: Services) -> Encoded:
    bundle = services.watch.current
    if bundle is None:
        return Encoded(seeker, None, None)
    return Encoded(seeker, seeker_vector(seeker, bundle, services), bundle.model_id)
