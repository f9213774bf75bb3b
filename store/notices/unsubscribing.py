"""Addresses that stop notices without a login: what they stop is in them, signed, so that nobody makes one up.

They hold for as long as the account does: a mail may be read years later.
"""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass

from engine.errors import NotFoundError
from store.encryption.field_cipher import FieldCipher
from store.notices.texts import OPTIONAL_GROUPS, NoticeGroup
from store.notices.writing import Site

PATH = "/v1/unsubscribe/{token}"
SIGNED = "notice_choices.unsubscribe_token"
BETWEEN = "."


@dataclass(frozen=True, slots=True)
class Unsubscription:
    """Whose notices of which group are to stop."""

    account_id: str
    group: NoticeGroup

    @property
    def _text(self) -> str:
        return BETWEEN.join((self.account_id, self.group))


def unsubscribe_url(cipher: FieldCipher, wanted: Unsubscription, site: Site) -> str | None:
    """The address that stops them; None where the site's is not set."""
    signature = base64.urlsafe_b64encode(cipher.index(SIGNED, wanted._text)).decode().rstrip("=")
    return site.link(PATH.format(token=f"{wanted._text}{BETWEEN}{signature}"))


def read_unsubscription(cipher: FieldCipher, token: str) -> Unsubscription:
    """What a token stops; raises NotFoundError for one that is none of ours."""
    text, _, signature = token.rpartition(BETWEEN)
    parts = text.split(BETWEEN)
    if len(parts) == 2 and parts[1] in OPTIONAL_GROUPS and signature.isascii():
        padded = signature + "=" * (-len(signature) % 4)
        for known in cipher.past_indexes(SIGNED, text):
            if hmac.compare_digest(base64.urlsafe_b64encode(known).decode(), padded):
                return Unsubscription(parts[0], NoticeGroup(parts[1]))
    raise NotFoundError("no such address", fix="open the one of the mail, whole", field="token")
