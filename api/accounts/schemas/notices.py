"""Which notices somebody gets by mail."""

from __future__ import annotations

from pydantic import ConfigDict, JsonValue

from api.schemas.fields import Document, Flag
from store.notices.texts import NoticeGroup

_ALWAYS: dict[str, JsonValue] = {
    "group": "service",
    "text": "Códigos, seguridad de tu cuenta, decisiones y respuestas a tus pedidos.",
    "is_wanted": True,
    "may_be_changed": False,
}
_ALERTS: dict[str, JsonValue] = {
    "group": "alerts",
    "text": "Trabajos nuevos para tus búsquedas guardadas",
    "is_wanted": False,
    "may_be_changed": True,
}


class NoticeChoice(Document):
    """One group of notices; those of `service` are always sent, as the law or the person's safety asks for them."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ALERTS]})

    group: NoticeGroup
    text: str
    is_wanted: bool
    may_be_changed: bool


class NoticeChoices(Document):
    """Every group of notices."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [_ALWAYS, _ALERTS]}]})

    items: list[NoticeChoice]


class NoticeChoicesRequest(Document):
    """True for what is to be mailed, false for what is not; what is left out stays as it is."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"alerts": False, "messages": True}]})

    applications: Flag | None = None
    messages: Flag | None = None
    new_applications: Flag | None = None
    jobs: Flag | None = None
    alerts: Flag | None = None

    def chosen(self) -> dict[NoticeGroup, bool]:
        """What is said."""
        return {NoticeGroup(name): value for name, value in self if value is not None}
