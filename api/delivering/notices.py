"""Tells people what happens, by mail: see `store/notices` for the words and who gets them."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection

from api.services.services import Services
from engine.explain import Locale
from store.notices.posting import Post
from store.notices.writing import Notice, Reader, Site, written
from store.people.mail import post_mail


def post_for(connection: Connection, services: Services) -> Post:
    """What posting notices takes, in the caller's transaction."""
    return Post(connection, services.cipher, Site(services.settings.public_address), services.now())


def post_to_address(post: Post, notice: Notice, address: str, locale: Locale, holds: timedelta) -> None:
    """Mail a notice to somebody who may have no account: to the address as it is stored, or would be."""
    mail = written(notice, Reader(address, locale), post.site)
    post_mail(post.connection, post.cipher, mail, post.now, holds=holds)
