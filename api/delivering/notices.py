"""Tells people what happens: see `store/notices` for the words, who gets them and by what way."""

from __future__ import annotations

from sqlalchemy import Connection

from api.services.services import Services
from store.notices.posting import Post
from store.notices.writing import Site


def post_for(connection: Connection, services: Services) -> Post:
    """What posting notices takes, in the caller's transaction."""
    return Post(connection, services.cipher, Site(services.settings.public_address), services.now())
