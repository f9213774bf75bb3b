"""Searches that a person keeps, and how often they are told of new jobs for them."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, JsonValue

from api.recommendations.schemas.requests import FilterDocument
from api.schemas.fields import EXAMPLE_ID, WHEN, Document
from store.alerts.times import Alert

_ASKED: dict[str, JsonValue] = {
    "name": "Redes sociales de noche",
    "query": "community manager",
    "filters": {"hours_types": ["part_time"]},
    "alert": "daily",
}


class SavedSearchRequest(Document):
    """A name, words as `/v1/me/search` takes them (null: what the profile says), filters, and how often to be told.

    Alerts keep to what the person can take in their hours.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_ASKED]})

    name: Annotated[str, Field(min_length=1, max_length=80)]
    query: Annotated[str, Field(min_length=2, max_length=400)] | None = None
    filters: FilterDocument = Field(default_factory=FilterDocument)
    alert: Alert = Alert.NONE


class SavedSearchDocument(Document):
    """A search that is kept; `next_alert_at`: when it is looked at next, from 7 to 21 in Lima; null: never."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"search_id": EXAMPLE_ID, **_ASKED, "next_alert_at": WHEN, "created_at": WHEN}]}
    )

    search_id: str
    name: str
    query: str | None
    filters: FilterDocument
    alert: Alert
    next_alert_at: str | None
    created_at: str


class SavedSearches(Document):
    """All searches that a person keeps, at most twenty."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": []}]})

    items: list[SavedSearchDocument]
