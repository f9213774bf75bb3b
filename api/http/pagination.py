"""Pages of a list: a cursor names the last item of a page, so that nothing is skipped when the list changes."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Annotated, Any, TypeVar

import orjson
from fastapi import Depends, Query
from pydantic import BaseModel

from engine.errors import InvalidInputError

MOST_ITEMS, USUAL_ITEMS, LONGEST_CURSOR = 100, 20, 400

Item = TypeVar("Item")
PageModel = TypeVar("PageModel", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Page:
    """Which items are asked for: at most `limit`, after the item whose key is `after` (None: from the first)."""

    limit: int
    after: tuple[str, ...] | None

    def after_id(self) -> str | None:
        """The key of lists whose key is one id; raises InvalidInputError for a cursor of another list."""
        (key,) = self.key(1) or (None,)
        return key

    def after_score(self) -> tuple[float, str] | None:
        """The key of lists whose key is a number and an id; raises InvalidInputError for a cursor of another list."""
        key = self.key(2)
        if key is None:
            return None
        try:
            score = float(key[0])
        except ValueError:
            raise bad_cursor() from None
        if not isfinite(score):
            raise bad_cursor()
        return score, key[1]

    def key(self, parts: int) -> tuple[str, ...] | None:
        """The key of `parts` texts; raises InvalidInputError for a cursor of another list."""
        if self.after is not None and len(self.after) != parts:
            raise bad_cursor()
        return self.after


def page(
    limit: Annotated[int, Query(ge=1, le=MOST_ITEMS, description="at most so many items")] = USUAL_ITEMS,
    cursor: Annotated[
        str | None, Query(max_length=LONGEST_CURSOR, description="`next_cursor` of the page before")
    ] = None,
) -> Page:
    """The page that a request asks for; raises InvalidInputError for a cursor that is none."""
    if cursor is None:
        return Page(limit, None)
    try:
        parts = orjson.loads(urlsafe_b64decode(cursor.encode("ascii") + b"=="))
    except (binascii.Error, ValueError):
        raise bad_cursor() from None
    if not isinstance(parts, list) or not all(isinstance(part, str) and "\0" not in part for part in parts):
        raise bad_cursor()
    return Page(limit, tuple(parts))


PageRequest = Annotated[Page, Depends(page)]


def page_document(
    found: Sequence[Item],
    page: Page,
    document: Callable[[Item], object],
    key: Callable[[Item], tuple[str, ...]],
) -> dict[str, Any]:
    """The JSON of a page, from one item more than it may hold where there are more."""
    shown = found[: page.limit]
    cursor = None
    if len(found) > page.limit:
        cursor = urlsafe_b64encode(orjson.dumps(key(shown[-1]))).decode().rstrip("=")
    return {"items": [document(item) for item in shown], "next_cursor": cursor}


def page_of_all(
    kind: type[PageModel],
    found: Sequence[Item],
    page: Page,
    documents: Callable[[Sequence[Item]], Sequence[BaseModel]],
    key: Callable[[Item], tuple[str, ...]],
) -> PageModel:
    """The same as a model of `kind`, where what is told of a page's items is read of all of them at once."""
    told = iter(documents(found[: page.limit]))
    return page_of(kind, found, page, lambda _: next(told), key)


def page_of(
    kind: type[PageModel],
    found: Sequence[Item],
    page: Page,
    document: Callable[[Item], BaseModel],
    key: Callable[[Item], tuple[str, ...]],
) -> PageModel:
    """The same as a model of `kind`."""
    return kind.model_validate(page_document(found, page, document, key))


def bad_cursor() -> InvalidInputError:
    """What whoever sends a cursor of another list is told."""
    return InvalidInputError(
        "that is no cursor of this list", expected="next_cursor of the page before, unchanged", field="cursor"
    )
