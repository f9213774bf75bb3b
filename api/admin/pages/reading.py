"""What administrators' pages read of the API's own answers, and of addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

import orjson
from fastapi import Response
from pydantic import BaseModel

from api.admin.pages.audit_words import ACTS
from api.admin.pages.words import WORDS
from api.credentials.callers import Caller
from api.web.forms import SentForm
from api.web.frame import PageFrame
from api.web.proofs import proof_address
from engine.errors import InvalidInputError

Choice = TypeVar("Choice", bound=StrEnum)
LONGEST_TEXT = 200
# An id that is ours, as somebody copies it.
ROW_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def told(answer: Response | BaseModel) -> dict[str, Any]:
    """The document of an answer of the API."""
    if isinstance(answer, BaseModel):
        return answer.model_dump(mode="json")
    document: dict[str, Any] = orjson.loads(answer.body)
    return document


def one_of(kind: type[Choice], text: str) -> Choice | None:
    """What an address says of a choice; None for nothing, and for what is none."""
    return kind(text) if text in tuple(kind) else None


def account_named(form: SentForm, other_id: str) -> tuple[str, bool]:
    """The account that somebody names, and whether it is given something, not taken it away.

    `other_id`: an id, to whose length theirs is held. Raises InvalidInputError for what is no id of an account.
    """
    given = form.text("account_id")
    account_id = given or form.text("quitar")
    if len(account_id) != len(other_id):
        raise InvalidInputError("that is no account", fix="copy the code from its page", field="account_id")
    return account_id, bool(given)


def admin_page(frame: PageFrame, template: str, caller: Caller, **values: Any) -> Response:
    """A page of administrators, which names codes by words and knows whether a proof is to come before its forms."""
    return frame.page(template, **with_words(frame, caller), **values)


def with_words(frame: PageFrame, caller: Caller) -> Mapping[str, Any]:
    """What every template of administrators uses."""
    return (
        WORDS
        | {"audit_words": ACTS}
        | {"me": caller.account_id, "proof_at": proof_address(caller, frame.services, frame.request.url.path)}
    )
